namespace ActorImaging.Actors;

/// <summary>How the tasks of a batch reach the processors.</summary>
public enum Distribution
{
    /// <summary>A processor that is free gets the next task, longest first: no processor waits while there is work.</summary>
    WorkPulling,

    /// <summary>Each task is dealt to a processor in order, as a round-robin router does: simple, and uneven when tasks are.</summary>
    RoundRobin,
}
