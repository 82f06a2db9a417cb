namespace ActorImaging.Imaging;

/// <summary>A source or an output is of a kind that is not handled.</summary>
public sealed class UnsupportedImageException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public UnsupportedImageException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What was wrong, with the numbers.</param>
    public UnsupportedImageException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What was wrong, with the numbers.</param>
    /// <param name="innerException">What led to it.</param>
    public UnsupportedImageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
