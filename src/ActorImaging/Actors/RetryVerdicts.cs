using ActorImaging.Tasks;

namespace ActorImaging.Actors;

/// <summary>What is done about a task that was not done.</summary>
internal enum RetryVerdict
{
    /// <summary>It has failed.</summary>
    Never,

    /// <summary>It is tried again at once.</summary>
    AtOnce,

    /// <summary>It is tried again after a while, in which what is wrong may pass.</summary>
    Later,

    /// <summary>It is tried again when nobody else is in flight.</summary>
    Alone,
}

/// <summary>Which failures may pass, and how. Pure.</summary>
internal static class RetryVerdicts
{
    /// <summary>Judges a failure.</summary>
    /// <param name="failure">Why the task was not done.</param>
    /// <param name="attempts">How often it was begun.</param>
    /// <param name="maxAttempts">How often it may be.</param>
    /// <param name="wasAlone">Whether nobody was in flight beside it.</param>
    public static RetryVerdict Judge(TaskFailure failure, int attempts, int maxAttempts, bool wasAlone) => failure.Kind switch
    {
        _ when attempts >= maxAttempts => RetryVerdict.Never,
        FailureKind.Unexpected => RetryVerdict.AtOnce, // its processor is a fresh one
        FailureKind.OutOfMemory when !wasAlone => RetryVerdict.Alone,
        FailureKind.InputOutput => RetryVerdict.Later,
        _ => RetryVerdict.Never,
    };

    /// <summary>What is said of a failure that is final: what took processors down is quarantined.</summary>
    public static TaskFailure Final(TaskFailure failure, int attempts) => failure.Kind == FailureKind.Unexpected
        ? new TaskFailure(FailureKind.Quarantined, FormattableString.Invariant($"took down a processor {attempts} times: {failure.Reason}"))
        : failure;
}
