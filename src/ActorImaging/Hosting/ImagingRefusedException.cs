using ActorImaging.Actors;

namespace ActorImaging.Hosting;

/// <summary>A batch or task was not taken. Nothing of it was done.</summary>
public sealed class ImagingRefusedException : InvalidOperationException
{
    /// <summary>Creates one without a message.</summary>
    public ImagingRefusedException()
    {
    }

    /// <summary>Creates one.</summary>
    /// <param name="message">Why.</param>
    public ImagingRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one.</summary>
    /// <param name="message">Why.</param>
    /// <param name="innerException">What led to it.</param>
    public ImagingRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates one.</summary>
    /// <param name="cause">Why, for programs.</param>
    /// <param name="message">Why, for people.</param>
    /// <param name="retryAfter">When it may be worth while to ask again.</param>
    public ImagingRefusedException(RefusalCause cause, string message, TimeSpan retryAfter)
        : base(message)
    {
        Cause = cause;
        RetryAfter = retryAfter;
    }

    /// <summary>Why. An HTTP host makes 429 of <see cref="RefusalCause.Busy"/> and 503 of the others.</summary>
    public RefusalCause Cause { get; }

    /// <summary>When it may be worth while to ask again, by how fast tasks end at present; what a Retry-After header says.</summary>
    public TimeSpan RetryAfter { get; }
}
