using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Actors;

/// <summary>A batch that has not been answered: its part of the supervisor's state.</summary>
internal sealed class OpenBatch(BatchId id, Distribution distribution, TaskSchedule schedule, IActorRef observer, long startedTimestamp)
{
    public BatchId Id { get; } = id;

    public Distribution Distribution { get; } = distribution;

    public TaskSchedule Schedule { get; } = schedule;

    public BatchLedger Ledger { get; } = new(id);

    public IActorRef Observer { get; } = observer;

    public long StartedTimestamp { get; } = startedTimestamp;

    /// <summary>Whether all its tasks were handed in.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Whether tasks that are not started end as cancelled.</summary>
    public bool IsCancelled { get; set; }
}
