namespace ActorImaging.Imaging;

/// <summary>A source or a result is larger than a limit allows.</summary>
public sealed class ImageLimitException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public ImageLimitException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What was wrong, with the numbers.</param>
    public ImageLimitException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What was wrong, with the numbers.</param>
    /// <param name="innerException">What led to it.</param>
    public ImageLimitException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
