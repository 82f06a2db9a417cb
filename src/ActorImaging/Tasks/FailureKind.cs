namespace ActorImaging.Tasks;

/// <summary>Why a task failed, as far as it matters to what is done next.</summary>
public enum FailureKind
{
    /// <summary>The source does not exist.</summary>
    SourceMissing,

    /// <summary>The bytes of the source are not a whole image.</summary>
    Corrupt,

    /// <summary>The format, or something in it, is not one that the engine handles.</summary>
    Unsupported,

    /// <summary>The source or the result is larger than a limit allows.</summary>
    OverLimit,

    /// <summary>Memory ran out; the same task may succeed when fewer run beside it.</summary>
    OutOfMemory,

    /// <summary>Reading or writing failed; the same task may succeed later.</summary>
    InputOutput,

    /// <summary>The task ran past its time-out.</summary>
    TimedOut,

    /// <summary>The task took a processor down with it as often as is allowed.</summary>
    Quarantined,

    /// <summary>No processor could be started to do it.</summary>
    NoProcessor,

    /// <summary>Another open task of the batch has the same id.</summary>
    DuplicateId,

    /// <summary>The supervisor stopped, or had a defect, while the task was open.</summary>
    SupervisorStopped,

    /// <summary>Something that is not foreseen: a defect in an engine, most likely.</summary>
    Unexpected,

    /// <summary>It did not reach the supervisor, or its result did not come back.</summary>
    Lost,

    /// <summary>The attempt was given up by whoever waited for it.</summary>
    Withdrawn,
}
