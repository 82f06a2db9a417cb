using System.Collections.Concurrent;
using ActorImaging.Tasks;

namespace ActorImaging.Hosting;

/// <summary>The batches that a client runs, and whether anybody is still there to hear of them. Thread-safe.</summary>
internal sealed class ClientRuns
{
    private readonly ConcurrentDictionary<BatchId, BatchRun> _runs = new();
    private volatile string? _gone;

    /// <summary>Enters a run; one that nobody would hear of ends at once.</summary>
    public void Add(BatchRun run)
    {
        _runs[run.Batch] = run;
        if (_gone is { } reason)
        {
            run.Break(new InvalidOperationException(reason));
        }
    }

    /// <summary>A run has ended.</summary>
    public void Remove(BatchRun run) => _runs.TryRemove(run.Batch, out _);

    /// <summary>The run of a batch; null when it has ended.</summary>
    public BatchRun? Find(BatchId batch) => _runs.GetValueOrDefault(batch);

    /// <summary>Has each run ask after its batch, where nothing was heard for so long.</summary>
    public void Check(TimeSpan quiet)
    {
        foreach (var run in _runs.Values)
        {
            run.Check(quiet);
        }
    }

    /// <summary>Ends all runs, and all that come.</summary>
    /// <param name="reason">Why.</param>
    public void End(string reason)
    {
        _gone = reason;
        foreach (var run in _runs.Values)
        {
            run.Break(new InvalidOperationException(reason));
        }
    }

    /// <summary>Ends when each run has been read to its end.</summary>
    public Task WhenEnded() => Task.WhenAll(_runs.Values.Select(run => run.Ended));
}
