using System.Globalization;
using ActorImaging.Tasks;
using Spectre.Console;

namespace ActorImaging.Cli.Reporting;

/// <summary>The account of a batch as people read it.</summary>
internal static class ProcessText
{
    private const double BytesPerMegabyte = 1e6;

    /// <summary>Writes the count of each state, and every failure.</summary>
    public static void WriteSummary(
        IAnsiConsole console, BatchSummary summary, EarlierRuns before, ProcessProgress progress, IReadOnlyCollection<ImageTaskResult> failures, ResultCounts counts)
    {
        var usage = ProcessUsage.Now();
        foreach (var failure in failures)
        {
            console.MarkupLineInterpolated($"[red]{(failure.State == TaskState.TimedOut ? "timed out" : "failed")}[/] {failure.Failure!.Kind}: {Terminal.Printable(failure.Failure.Reason)}");
        }

        foreach (var warning in counts.Warnings())
        {
            console.MarkupLineInterpolated($"[yellow]warning[/]: {Terminal.Printable(warning)}");
        }

        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Submitted} {(summary.Submitted == 1 ? "task" : "tasks")}: {summary.Succeeded} succeeded, {summary.Failed} failed, {summary.TimedOut} timed out, {summary.Skipped} skipped, {summary.Cancelled} cancelled"));
        if (before.Done + before.Failed > 0)
        {
            console.WriteLine(Describe(before));
        }

        if (counts.AreAnyByMagick)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"by Magick.NET: {counts.DecodesByMagick} decoded, {counts.OperationsByMagick} operations, {counts.EncodesByMagick} encoded"));
        }

        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Elapsed.TotalSeconds:F1} s, {progress.TasksPerSecond:N1} tasks/s, {progress.MegapixelsPerSecond:N1} MP/s, CPU time {usage.Cpu.TotalSeconds:F1} s, peak memory {usage.PeakBytes / BytesPerMegabyte:N0} MB"));
    }

    /// <summary>What was left out.</summary>
    public static string Describe(EarlierRuns before) => string.Create(
        CultureInfo.InvariantCulture,
        $"left out, by the job log: {before.Done} done before, {before.Failed} failed before{(before.Failed > 0 ? " (--retry-failed tries them again)" : string.Empty)}");
}
