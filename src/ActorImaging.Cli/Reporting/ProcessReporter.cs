using ActorImaging.Actors;
using ActorImaging.Cli.Planning;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Reporting;

/// <summary>Everything that <c>process</c> shows: progress on standard error, results on standard output.</summary>
internal sealed class ProcessReporter(PlanSize size, bool asJson, bool isQuiet)
{
    private readonly List<ImageTaskResult> _failures = [];
    private readonly ProcessProgress _progress = new(size);

    /// <summary>Tasks that failed or timed out so far.</summary>
    public int Failures => _failures.Count;

    /// <summary>Shows how far the batch is, and each result to programs.</summary>
    public Task<BatchSummary> WhileRunningAsync(Func<Action<BatchEvent>, Task<BatchSummary>> run) =>
        new ProgressDisplay(Terminal.Error, isQuiet).WhileAsync("starting", update => run(happened =>
        {
            if (happened is TaskEnded { Result: var result })
            {
                Note(result);
            }

            update("processing", _progress.Note(happened), _progress.DoneThousandths, ProcessProgress.Thousandths);
        }));

    /// <summary>The account of the batch, and every failure.</summary>
    public void End(BatchSummary summary)
    {
        if (asJson)
        {
            ProcessJson.WriteSummary(Console.Out, summary);
        }
        else
        {
            ProcessText.WriteSummary(Terminal.Out, summary, _progress, _failures);
        }
    }

    private void Note(ImageTaskResult result)
    {
        if (result.State is TaskState.Failed or TaskState.TimedOut)
        {
            _failures.Add(result);
        }

        if (asJson)
        {
            ProcessJson.WriteTask(Console.Out, result);
        }
    }
}
