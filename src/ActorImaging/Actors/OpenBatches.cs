using System.Diagnostics.CodeAnalysis;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Actors;

/// <summary>
/// The batches of a supervisor that have not ended, and whether one more is taken: they and their tasks are bounded. Part of the supervisor, used from
/// its message handlers alone.
/// </summary>
internal sealed class OpenBatches(IActorContext context, int maxBatches, int maxOpenTasks, SupervisorClock clock)
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

    /// <summary>Why a batch can't be taken; null when it can.</summary>
    public (RefusalCause Cause, string Reason)? WhyRefused(BatchId id) => _batches.ContainsKey(id) ? (RefusalCause.Duplicate, $"there is a batch {id} already")
        : _batches.Count >= maxBatches || _places >= maxOpenTasks ? (RefusalCause.Busy, FormattableString.Invariant(
            $"{_batches.Count} batches are open, and no more are taken (actor-imaging.max-batches, max-open-tasks)"))
        : null;

    /// <summary>How many tasks a batch that wants so many may have handed in: places are kept for it.</summary>
    public int Grant(int wanted) => (int)Math.Min(wanted, maxOpenTasks - _places);

    /// <summary>When there may be room again: as soon as one batch of the common size has ended, at the pace so far.</summary>
    public TimeSpan RetryAfter() => _endedTasks == 0 || _batches.Count == 0
        ? FirstGuess
        : TimeSpan.FromSeconds(Math.Clamp(clock.Now.TotalSeconds / _endedTasks * _places / _batches.Count, FirstGuess.TotalSeconds, TimeSpan.FromHours(1).TotalSeconds));

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

    /// <summary>The batches of an observer.</summary>
    public IReadOnlyCollection<OpenBatch> ObservedBy(IActorRef observer) => _observed.TryGetValue(observer, out var batches) ? [.. batches] : [];

    /// <summary>Cancels a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="grace">How long its tasks in flight have to end; or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    public void Cancel(OpenBatch batch, TimeSpan grace)
    {
        batch.Cancel(grace == Timeout.InfiniteTimeSpan ? null : clock.Now + grace);
        CloseIfEnded(batch);
    }

    /// <summary>Cancels batches to which nothing more is handed in.</summary>
    public void EndAll(IEnumerable<OpenBatch> batches, TimeSpan grace)
    {
        foreach (var batch in batches)
        {
            batch.NoteAllHandedIn();
            Cancel(batch, grace);
        }
    }

    /// <summary>Ends every task of every batch.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="isLast">Whether nothing more is taken of them either.</param>
    public void FailAll(TaskFailure failure, bool isLast)
    {
        foreach (var batch in All)
        {
            batch.Fail(failure);
            if (isLast)
            {
                batch.NoteAllHandedIn();
            }

            CloseIfEnded(batch);
        }
    }

    /// <summary>Answers a batch whose last task has ended.</summary>
    public void CloseIfEnded(OpenBatch batch)
    {
        if (batch.HasEnded && _batches.Remove(batch.Id))
        {
            var summary = batch.Ledger.Close(clock.Now - batch.StartedAt);
            _places -= batch.WindowTasks;
            _endedTasks += summary.Submitted;
            LookAway(batch);
            batch.Observer.Tell(new BatchEnded(batch.Id, summary, batch.Arrived));
        }
    }

    /// <summary>An observer of no batch is watched no more.</summary>
    private void LookAway(OpenBatch batch)
    {
        if (_observed.TryGetValue(batch.Observer, out var observed) && observed.Remove(batch) && observed.Count == 0)
        {
            context.Unwatch(batch.Observer);
            _observed.Remove(batch.Observer);
        }
    }
}
