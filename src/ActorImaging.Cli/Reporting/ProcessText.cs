using System.Globalization;
using ActorImaging.Cli.Planning;
using ActorImaging.Tasks;
using Spectre.Console;

namespace ActorImaging.Cli.Reporting;

/// <summary>The plan and the account of a batch as people read them.</summary>
internal static class ProcessText
{
    /// <summary>Writes each task on a line.</summary>
    /// <returns>The exit code.</returns>
    public static int WritePlan(TextWriter output, ProcessPlan plan)
    {
        foreach (var task in plan.Tasks())
        {
            output.WriteLine($"{task.SourcePath} -> {task.OutputPath} ({(task.Operations.IsEmpty ? "as it is" : task.OperationsText)})");
        }

        return ExitCode.Done;
    }

    /// <summary>Writes the count of each state, and every failure.</summary>
    public static void WriteSummary(
        IAnsiConsole console, BatchSummary summary, ProcessProgress progress, IReadOnlyCollection<ImageTaskResult> failures)
    {
        foreach (var failure in failures)
        {
            console.MarkupLineInterpolated($"[red]{(failure.State == TaskState.TimedOut ? "timed out" : "failed")}[/] {failure.Failure!.Kind}: {failure.Failure.Reason}");
        }

        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Submitted} tasks: {summary.Succeeded} succeeded, {summary.Failed} failed, {summary.TimedOut} timed out, {summary.Skipped} skipped, {summary.Cancelled} cancelled"));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Elapsed.TotalSeconds:F1} s, {progress.TasksPerSecond:F1} tasks/s, {progress.MegapixelsPerSecond:F1} MP/s"));
    }
}
