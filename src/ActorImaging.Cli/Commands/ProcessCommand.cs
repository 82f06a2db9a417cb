using System.CommandLine;
using ActorImaging.Actors;
using ActorImaging.Cli.Jobs;
using ActorImaging.Cli.Planning;
using ActorImaging.Cli.Quarantine;
using ActorImaging.Cli.Reporting;
using ActorImaging.Hosting;
using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Commands;

/// <summary><c>actor-imaging process</c>: anyone's own images, done and accounted for.</summary>
internal static class ProcessCommand
{
    public static Command Create(StopSignals stop)
    {
        var command = new Command("process", "Processes images: files, folders, patterns or lists of them.");
        ProcessOptions.AddTo(command);
        CommonOptions.AddTo(command);
        command.SetAction(parsed => RunAsync(parsed, stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, StopSignals stop)
    {
        using var options = ProcessOptions.Read(parsed);
        var configuration = CommonOptions.LoadConfiguration(parsed);
        var size = options.Plan.Check();
        foreach (var notice in options.Plan.Inputs.Notices)
        {
            await Terminal.ErrorWriter.WriteLineAsync($"warning: {notice}");
        }

        using var job = ProcessJob.Open(options.Job, options.OutputFolder, configuration.Settings.Engine, options.IsDryRun);
        stop.Begin();
        var work = configuration.CreateWork(job is null ? null : job.EnterOutput);
        var preparation = new TaskPreparation(configuration.Settings.Limits, options.Plan.Variants, configuration.Settings.ShrinkOnLoad);
        var tasks = options.Plan.Tasks().Select(preparation.Prepare);
        var asJson = parsed.GetValue(CommonOptions.Json);
        if (options.IsDryRun)
        {
            var shown = tasks.TakeWhile(_ => !stop.Token.IsCancellationRequested);
            DryRunReport.Write(Terminal.OutWriter, options.Settings, job?.Remaining(shown, stop.Token) ?? shown, job, asJson);
            return stop.Token.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Done;
        }

        var report = new ProcessReporter(size, job, asJson, parsed.GetValue(CommonOptions.Quiet));
        stop.ShowBy(report.IsLive);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var planned = tasks.Select(report.See);
        var remaining = (job?.Remaining(planned, enough.Token) ?? planned).Select(report.Expect);

        var quarantine = options.QuarantineFolder is { } kept ? new QuarantineFolder(kept, work.Engine.Description, CommonOptions.ConfigurationArguments(parsed)) : null;
        await using var host = await ImagingHost.StartAsync(configuration, work);
        var run = (Action<BatchEvent> show) => host.Imaging.RunBatchAsync(
            remaining,
            async happened =>
            {
                show(happened);
                if (happened is TaskEnded { Result: var result })
                {
                    job?.Enter(result);
                    quarantine?.Note(result);
                    if (report.Failures >= options.MaxFailures || job?.Fault is not null)
                    {
                        await enough.CancelAsync();
                    }
                }
            },
            new BatchOptions { CancelGrace = Timeout.InfiniteTimeSpan }, // what is in flight is finished
            enough.Token);
        var summary = await report.WhileRunningAsync(run, stop.Token);
        job?.Complete();
        return report.End(summary, stop.Token.IsCancellationRequested, options.Plan.Inputs.AreIncomplete, quarantine?.Fault);
    }
}
