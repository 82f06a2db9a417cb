using ActorImaging.Imaging;
using Akka.Actor;

namespace ActorImaging.Actors;

/// <summary>What the pool knows of one processor.</summary>
internal sealed class Processor(IActorRef actor)
{
    public IActorRef Actor { get; } = actor;

    /// <summary>Its number among the processors; null while it has no place there: it was given up on, or is to spare.</summary>
    public int? Slot { get; set; }

    /// <summary>Which start of it was heard of last.</summary>
    public Guid Incarnation { get; set; }

    /// <summary>What it has been given and not answered, and the right to go on with that.</summary>
    public (ProcessTask Assigned, TaskPermit Permit)? InHand { get; set; }

    /// <summary>When what it has in hand was ended for whoever waited for it, by the supervisor's clock; null while somebody waits.</summary>
    public TimeSpan? GivenUpAt { get; set; }

    /// <summary>Whether it was given up on, because it did not answer in time.</summary>
    public bool IsAbandoned { get; set; }
}
