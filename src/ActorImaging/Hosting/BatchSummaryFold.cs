using System.Diagnostics;
using ActorImaging.Actors;
using ActorImaging.Tasks;

namespace ActorImaging.Hosting;

/// <summary>The account of a batch, made of its events.</summary>
internal sealed class BatchSummaryFold
{
    private readonly long[] _ended = new long[Enum.GetValues<TaskState>().Length];
    private BatchId _batch;
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Takes note of what happened.</summary>
    public void Note(BatchEvent happened)
    {
        _batch = happened.Batch;
        if (happened is TaskEnded { Result.State: var state })
        {
            _ended[(int)state]++;
        }
    }

    /// <summary>The account.</summary>
    public BatchSummary Close() => new(
        _batch,
        _ended.Sum(),
        Succeeded: _ended[(int)TaskState.Succeeded],
        Failed: _ended[(int)TaskState.Failed],
        Cancelled: _ended[(int)TaskState.Cancelled],
        TimedOut: _ended[(int)TaskState.TimedOut],
        Skipped: _ended[(int)TaskState.Skipped],
        Stopwatch.GetElapsedTime(_started));
}
