using System.CommandLine;
using ActorImaging.Actors;
using ActorImaging.Cli.Reporting;
using ActorImaging.Hosting;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Commands;

/// <summary><c>actor-imaging process</c>: anyone's own images, done and accounted for.</summary>
internal static class ProcessCommand
{
    public static Command Create()
    {
        var command = new Command("process", "Processes images: files, folders, patterns or lists of them.");
        ProcessOptions.AddTo(command);
        CommonOptions.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        var options = ProcessOptions.Read(parsed);
        var configuration = CommonOptions.LoadConfiguration(parsed);
        var size = options.Plan.Check();
        if (options.IsDryRun)
        {
            return ProcessText.WritePlan(Console.Out, options.Plan);
        }

        using var stop = new StopSignals(beforeExit: () => { });
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var report = new ProcessReporter(size, parsed.GetValue(CommonOptions.Json), parsed.GetValue(CommonOptions.Quiet));
        await using var host = await ImagingHost.StartAsync(configuration, ImagingWork.Of(configuration.Settings));
        var summary = await report.WhileRunningAsync(onEvent => host.Imaging.RunBatchAsync(
            options.Plan.Tasks(),
            async happened =>
            {
                onEvent(happened);
                if (happened is TaskEnded && report.Failures >= options.MaxFailures)
                {
                    await enough.CancelAsync();
                }
            },
            cancellation: enough.Token));
        report.End(summary);
        return ExitCodeOf(summary, stop.Token);
    }

    private static int ExitCodeOf(BatchSummary summary, CancellationToken stopped) =>
        stopped.IsCancellationRequested ? ExitCode.Cancelled
        : summary.Failed + summary.TimedOut > 0 ? ExitCode.Failed
        : ExitCode.Done;
}
