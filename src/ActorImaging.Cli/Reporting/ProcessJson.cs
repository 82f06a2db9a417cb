using System.Text.Json;
using System.Text.Json.Serialization;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Reporting;

/// <summary>Results as programs read them: an object a line, one for each task as it ends, then the summary.</summary>
internal static partial class ProcessJson
{
    /// <summary>The version of the names; it grows when one changes its meaning or goes.</summary>
    public const int SchemaVersion = 1;

    public static void WriteTask(TextWriter output, ImageTaskResult result) => output.WriteLine(JsonSerializer.Serialize(
        new TaskLine(
            SchemaVersion,
            "task",
            result.Task.Id.Number,
            result.Task.SourcePath,
            result.Task.OperationsText,
            result.Task.OutputPath,
            result.State,
            result.Attempts,
            result.Statistics.SourcePixels,
            result.Statistics.OutputBytes,
            result.Statistics.Elapsed.TotalMilliseconds,
            result.Failure?.Kind,
            result.Failure?.Reason,
            result.Warnings,
            result.Statistics.Steps.Decoder,
            result.Statistics.Steps.OperationsByMagick,
            result.Statistics.Steps.Encoder),
        ProcessJsonContext.Default.TaskLine));

    public static void WriteSummary(TextWriter output, BatchSummary summary, EarlierRuns before, ResultCounts counts, ProcessUsage usage) => output.WriteLine(JsonSerializer.Serialize(
        new SummaryLine(
            SchemaVersion,
            "summary",
            summary.Submitted,
            summary.Succeeded,
            summary.Failed,
            summary.TimedOut,
            summary.Skipped,
            summary.Cancelled,
            before.Done,
            before.Failed,
            summary.Elapsed.TotalMilliseconds,
            usage.Cpu.TotalMilliseconds,
            usage.PeakBytes,
            counts.DecodesByMagick,
            counts.OperationsByMagick,
            counts.EncodesByMagick),
        ProcessJsonContext.Default.SummaryLine));

    internal sealed record TaskLine(
        int Schema,
        string Type,
        long Id,
        string Source,
        string Operations,
        string Output,
        TaskState State,
        int Attempts,
        long SourcePixels,
        long OutputBytes,
        double ElapsedMilliseconds,
        FailureKind? FailureKind,
        string? FailureReason,
        IReadOnlyList<string> Warnings,
        string? Decoder,
        int OperationsByMagick,
        string? Encoder);

    internal sealed record SummaryLine(
        int Schema,
        string Type,
        long Submitted,
        long Succeeded,
        long Failed,
        long TimedOut,
        long Skipped,
        long Cancelled,
        long DoneBefore,
        long FailedBefore,
        double ElapsedMilliseconds,
        double CpuMilliseconds,
        long PeakBytes,
        long DecodesByMagick,
        long OperationsByMagick,
        long EncodesByMagick);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(TaskLine))]
    [JsonSerializable(typeof(SummaryLine))]
    private sealed partial class ProcessJsonContext : JsonSerializerContext;
}
