using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Jobs;

/// <summary>A line of a job log: how one task ended, and of what its source and its output were then.</summary>
/// <param name="Output">The output below the folder of <c>--out</c>, with slashes; the whole path when results replace their sources.</param>
/// <param name="Source">The source, its whole path.</param>
/// <param name="SourceBytes">Its length; null when it was not there.</param>
/// <param name="SourceModified">When it was changed last.</param>
/// <param name="Operations">What was done, as the parser reads it.</param>
/// <param name="Settings">With which settings.</param>
/// <param name="State">How it ended.</param>
internal sealed record JobRecord(
    string Output,
    string Source,
    long? SourceBytes,
    DateTime? SourceModified,
    string Operations,
    string Settings,
    TaskState State)
{
    /// <summary>The version of these names; it grows when one changes its meaning or goes.</summary>
    public const int SchemaVersion = 1;

    // Names are written as they are: a log is no HTML
    private static readonly JobRecordJson Json = new(
        new JsonSerializerOptions(JobRecordJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The version of the names; every line begins with it.</summary>
    [JsonPropertyOrder(-1)]
    public int Schema { get; init; } = SchemaVersion;

    /// <summary>XXH128 of the source's content in hexadecimal; null without an output, and when the source changed meanwhile.</summary>
    public string? SourceDigest { get; init; }

    /// <summary>Bytes of the output.</summary>
    public long? OutputBytes { get; init; }

    /// <summary>When the output was written.</summary>
    public DateTime? OutputModified { get; init; }

    /// <summary>XXH128 of its content in hexadecimal.</summary>
    public string? OutputDigest { get; init; }

    /// <summary>
    /// The name that the output had beside its final one when this was written: a run that was killed right then left it under that name.
    /// </summary>
    public string? Partial { get; init; }

    /// <summary>By which policy it was skipped, where it was.</summary>
    public OverwritePolicy? Overwrite { get; init; }

    /// <summary>Why it failed.</summary>
    public FailureKind? FailureKind { get; init; }

    /// <summary>Why it failed, on a line.</summary>
    public string? FailureReason { get; init; }

    /// <summary>When it ended.</summary>
    public DateTime Ended { get; init; }

    /// <summary>The record on a line.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, Json.JobRecord);

    /// <summary>Reads a line; null when it is none that this version knows.</summary>
    public static JobRecord? FromLine(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, Json.JobRecord) is { Schema: SchemaVersion, Output: not null, Source: not null } record ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>How records become JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JobRecord))]
internal sealed partial class JobRecordJson : JsonSerializerContext;
