using System.Diagnostics.CodeAnalysis;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Actors;

/// <summary>
/// The batches of a supervisor that have not ended, and whether one more is taken: they and their tasks are bounded. Part of the supervisor, used from
/// its message handlers alone.
/// </summary>
internal sealed class OpenBatches(IActorContext context, int maxBatches, int maxOpenTasks)
{
    /// <summary>What is said of how long to wait while nothing has ended yet.</summary>
    private static readonly TimeSpan FirstGuess = TimeSpan.FromSeconds(1);

    private readonly Dictionary<BatchId, OpenBatch> _batches = [];
    private readonly Dictionary<IActorRef, HashSet<OpenBatch>> _observed = [];
    private long _places;
    private long _endedTasks;

    /// <summary>How many there are.</summary>
    public int Count => _batches.Count;

    /// <summary>All of them, as they are now.</summary>
    public IReadOnlyCollection<OpenBatch> All => [.. _batches.Values];

    /// <summary>Tasks that are handed in and have not ended.</summary>
    public int OpenTasks => _batches.Values.Sum(batch => batch.Ledger.OpenCount);

    /// <summary>Whether no further batch is taken at present.</summary>
    public bool AreFull => _batches.Count >= maxBatches || _places >= maxOpenTasks;

    /// <summary>How many tasks a batch that wants so many may have handed in: places are kept for it.</summary>
    public int Grant(int wanted) => (int)Math.Min(wanted, maxOpenTasks - _places);

    /// <summary>When there may be room again: as soon as one batch of the common size has ended, at the pace so far.</summary>
    /// <param name="uptime">For how long tasks have been done.</param>
    public TimeSpan RetryAfter(TimeSpan uptime) => _endedTasks == 0 || _batches.Count == 0
        ? FirstGuess
        : TimeSpan.FromSeconds(Math.Clamp(uptime.TotalSeconds / _endedTasks * _places / _batches.Count, FirstGuess.TotalSeconds, TimeSpan.FromHours(1).TotalSeconds));

    public bool TryGet(BatchId id, [NotNullWhen(true)] out OpenBatch? batch) => _batches.TryGetValue(id, out batch);

    /// <summary>Takes a batch in, and watches its observer.</summary>
    public void Add(OpenBatch batch)
    {
        _batches.Add(batch.Id, batch);
        _places += batch.WindowTasks;
        if (!_observed.TryGetValue(batch.Observer, out var observed))
        {
            context.Watch(batch.Observer);
            _observed.Add(batch.Observer, observed = []);
        }

        observed.Add(batch);
    }

    /// <summary>A batch has ended. An observer of none is watched no more.</summary>
    public void Remove(OpenBatch batch, long tasks)
    {
        _batches.Remove(batch.Id);
        _places -= batch.WindowTasks;
        _endedTasks += tasks;
        if (_observed.TryGetValue(batch.Observer, out var observed) && observed.Remove(batch) && observed.Count == 0)
        {
            context.Unwatch(batch.Observer);
            _observed.Remove(batch.Observer);
        }
    }

    /// <summary>The batches of an observer.</summary>
    public IReadOnlyCollection<OpenBatch> ObservedBy(IActorRef observer) => _observed.TryGetValue(observer, out var batches) ? [.. batches] : [];
}
