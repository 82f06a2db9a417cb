using ActorImaging.Actors;
using ActorImaging.Cli.Jobs;
using ActorImaging.Cli.Planning;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Reporting;

/// <summary>Everything that <c>process</c> shows: progress on standard error, results on standard output.</summary>
/// <param name="size">How much there is to do.</param>
/// <param name="job">What earlier runs did; null where nothing is remembered.</param>
/// <param name="asJson">Whether results are for programs.</param>
/// <param name="isQuiet">Whether no progress is shown.</param>
internal sealed class ProcessReporter(PlanSize size, ProcessJob? job, bool asJson, bool isQuiet)
{
    private readonly List<ImageTaskResult> _failures = [];
    private readonly ResultCounts _counts = new();
    private readonly ProcessProgress _progress = new(size, TimeProvider.System);
    private readonly ProgressDisplay _display = new(Terminal.Error, isQuiet, TimeProvider.System);

    /// <summary>Whether somebody sees how far it is.</summary>
    public bool IsLive => _display.IsLive;

    /// <summary>Tasks that failed or timed out so far.</summary>
    public int Failures => _failures.Count;

    /// <summary>Counts a task of the plan, to be done or not.</summary>
    public ImageTask See(ImageTask task)
    {
        _progress.See(task);
        return task;
    }

    /// <summary>Counts a task that is about to be handed in.</summary>
    public ImageTask Expect(ImageTask task)
    {
        _progress.Expect(task);
        return task;
    }

    /// <summary>Shows how far the batch is, and each result to programs.</summary>
    public Task<BatchSummary> WhileRunningAsync(Func<Action<BatchEvent>, Task<BatchSummary>> run, CancellationToken stopping) => _display.WhileAsync(
        show => run(happened =>
        {
            if (happened is TaskEnded { Result: var result })
            {
                Note(result);
            }

            _progress.Note(happened);
            show(_progress.Look);
        }),
        stopping);

    /// <summary>The account of the batch, and every failure.</summary>
    /// <param name="summary">The account.</param>
    /// <param name="isStopped">Whether somebody stopped it.</param>
    /// <param name="lacksInputs">Whether some of what was asked for could not be looked into.</param>
    /// <param name="quarantineFault">Why something could not be kept for another look; null when all was.</param>
    /// <returns>The exit code.</returns>
    public int End(BatchSummary summary, bool isStopped, bool lacksInputs, string? quarantineFault)
    {
        var before = new EarlierRuns(job?.DoneBefore ?? 0, job?.FailedBefore ?? 0);
        if (asJson)
        {
            ProcessJson.WriteSummary(Terminal.OutWriter, summary, before, _counts, ProcessUsage.Now());
        }
        else
        {
            ProcessText.WriteSummary(Terminal.Out, summary, before, _progress, _failures, _counts);
        }

        if (job?.Notice is { } notice)
        {
            Terminal.ErrorWriter.WriteLine($"warning: {notice}");
        }

        foreach (var fault in new[] { job?.Fault, quarantineFault }.OfType<string>())
        {
            Terminal.ErrorWriter.WriteLine($"error: {fault}");
        }

        var hasFailed = summary.Failed + summary.TimedOut + before.Failed > 0 || job?.Fault is not null || quarantineFault is not null || lacksInputs;
        return isStopped ? ExitCode.Cancelled : hasFailed ? ExitCode.Failed : ExitCode.Done;
    }

    private void Note(ImageTaskResult result)
    {
        _counts.Note(result);
        if (result.State is TaskState.Failed or TaskState.TimedOut)
        {
            _failures.Add(result);
        }

        if (asJson)
        {
            ProcessJson.WriteTask(Terminal.OutWriter, result);
        }
    }
}
