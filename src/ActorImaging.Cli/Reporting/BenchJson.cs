using System.Text.Json;
using System.Text.Json.Serialization;
using ActorImaging.Actors.Bench;

namespace ActorImaging.Cli.Reporting;

/// <summary>The report of a comparison as programs read it. The number of the schema grows when a name changes its meaning or goes.</summary>
internal static partial class BenchJson
{
    private const int SchemaVersion = 1;

    public static void Write(TextWriter output, BenchMachine machine, BenchReport report, string? keptFolder) =>
        output.WriteLine(JsonSerializer.Serialize(
            new Document(SchemaVersion, machine, report, keptFolder), BenchJsonContext.Default.Document));

    internal sealed record Document(int Schema, BenchMachine Machine, BenchReport Report, string? KeptFolder);

    [JsonSourceGenerationOptions(
        WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(Document))]
    private sealed partial class BenchJsonContext : JsonSerializerContext;
}
