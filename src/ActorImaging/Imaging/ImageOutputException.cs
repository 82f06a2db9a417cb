namespace ActorImaging.Imaging;

/// <summary>An output file can't be written.</summary>
public sealed class ImageOutputException : IOException
{
    /// <summary>Creates the exception without a message.</summary>
    public ImageOutputException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The file and what was wrong.</param>
    public ImageOutputException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">The file and what was wrong.</param>
    /// <param name="innerException">What led to it.</param>
    public ImageOutputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
