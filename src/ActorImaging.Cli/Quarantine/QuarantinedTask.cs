using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Quarantine;

/// <summary>What is kept of a task that took processors down or ran past its time: enough to see it again elsewhere.</summary>
/// <param name="Source">The source, its whole path.</param>
/// <param name="Copy">The name of its copy beside this; null when it could not be copied.</param>
/// <param name="Operations">What was done, as the parser reads it.</param>
/// <param name="Settings">With which settings.</param>
/// <param name="Output">What was to be written.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="FailureKind">Why it failed.</param>
/// <param name="FailureReason">Why it failed, on a line.</param>
/// <param name="Command">The command line that does it again.</param>
/// <param name="Versions">What it was done with.</param>
internal sealed record QuarantinedTask(
    string Source,
    string? Copy,
    string Operations,
    string Settings,
    string Output,
    int Attempts,
    FailureKind FailureKind,
    string FailureReason,
    string Command,
    SystemVersions Versions)
{
    // Names are written as they are: this is no HTML
    private static readonly QuarantinedTaskJson Json = new(
        new JsonSerializerOptions(QuarantinedTaskJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The version of these names; it grows when one changes its meaning or goes.</summary>
    [JsonPropertyOrder(-1)]
    public int Schema { get; init; } = 1;

    /// <summary>It as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json.QuarantinedTask);
}

/// <summary>What a task was done with.</summary>
/// <param name="Program">The program's version.</param>
/// <param name="Engine">The engine.</param>
/// <param name="Libraries">Its libraries.</param>
/// <param name="Runtime">The runtime.</param>
/// <param name="OperatingSystem">The operating system.</param>
/// <param name="Cores">Cores of the machine.</param>
internal sealed record SystemVersions(string Program, string Engine, string Libraries, string Runtime, string OperatingSystem, int Cores);

/// <summary>How it becomes JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(QuarantinedTask))]
internal sealed partial class QuarantinedTaskJson : JsonSerializerContext;
