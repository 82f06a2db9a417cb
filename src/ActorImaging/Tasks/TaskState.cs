namespace ActorImaging.Tasks;

/// <summary>The terminal states of an image task; each task reaches exactly one.</summary>
public enum TaskState
{
    /// <summary>The output is written under its final name.</summary>
    Succeeded,

    /// <summary>It could not be done; the failure says why.</summary>
    Failed,

    /// <summary>The batch was cancelled before the task was started.</summary>
    Cancelled,

    /// <summary>It took longer than the time-out, counted from its start.</summary>
    TimedOut,

    /// <summary>There was nothing to do: its output is there already.</summary>
    Skipped,
}
