namespace ActorImaging.Imaging;

/// <summary>An image task ran past its time-out.</summary>
public sealed class ImageTaskTimeoutException : TimeoutException
{
    /// <summary>Creates the exception without a message.</summary>
    public ImageTaskTimeoutException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">How long the task took, and what was allowed.</param>
    public ImageTaskTimeoutException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">How long the task took, and what was allowed.</param>
    /// <param name="innerException">What led to it.</param>
    public ImageTaskTimeoutException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
