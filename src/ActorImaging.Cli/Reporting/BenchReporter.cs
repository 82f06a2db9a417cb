using System.Collections.Immutable;
using ActorImaging.Actors.Bench;
using ActorImaging.Hosting;
using ActorImaging.Imaging;
using Spectre.Console;

namespace ActorImaging.Cli.Reporting;

/// <summary>Everything that <c>bench</c> shows: progress on standard error, the report on standard output.</summary>
internal sealed class BenchReporter(bool asJson, bool isQuiet)
{
    private readonly IAnsiConsole _out = Terminal.Out;
    private readonly ProgressDisplay _progress = new(Terminal.Error, isQuiet, TimeProvider.System);
    private BenchMachine? _machine;

    /// <summary>Whether somebody sees how far it is.</summary>
    public bool IsLive => _progress.IsLive;

    /// <summary>The first line: what is measured, on what, with which settings.</summary>
    public void Begin(ImagingConfiguration configuration, EngineDescription engine)
    {
        _machine = BenchMachine.Describe(configuration.Settings, engine);
        if (!asJson)
        {
            BenchText.WriteMachine(_out, _machine);
        }
    }

    /// <summary>Shows that source images are being made.</summary>
    public Task<ImmutableArray<string>> WhileGeneratingAsync(int count, IEnumerable<string> images, CancellationToken stopping) => _progress.WhileAsync(
        show => Task.Run(() => images.Select((path, index) =>
        {
            show(() => ProgressView.Of("making source images", index + 1, count));
            return path;
        }).ToImmutableArray()),
        stopping);

    /// <summary>What will be done.</summary>
    public void Plan(BenchPlan plan)
    {
        if (!asJson)
        {
            BenchText.WritePlan(_out, plan);
        }
    }

    /// <summary>Shows how far the comparison is.</summary>
    public Task<BenchEvent> WhileRunningAsync(Func<Action<BenchProgressed>, Task<BenchEvent>> run, CancellationToken stopping) => _progress.WhileAsync(
        show => run(progressed => show(() => ProgressView.Of(
            progressed.Round == 0 ? $"warm-up: {progressed.Row}" : FormattableString.Invariant($"round {progressed.Round}: {progressed.Row}"),
            progressed.TasksDone,
            progressed.TasksTotal))),
        stopping);

    /// <summary>The result.</summary>
    /// <returns>The exit code.</returns>
    public int End(BenchEvent ended, string? keptFolder)
    {
        if (ended is not BenchFinished { Report: var report })
        {
            var stopped = (BenchStopped)ended;
            Terminal.ErrorWriter.WriteLine(stopped.IsCancelled ? "The bench was cancelled." : $"error: {stopped.Reason}");
            return stopped.IsCancelled ? ExitCode.Cancelled : ExitCode.Failed;
        }

        if (asJson)
        {
            BenchJson.Write(Terminal.OutWriter, _machine!, report, keptFolder);
        }
        else
        {
            BenchText.WriteReport(_out, report, keptFolder);
        }

        return report.AreOutputsEqual ? ExitCode.Done : ExitCode.Failed;
    }
}
