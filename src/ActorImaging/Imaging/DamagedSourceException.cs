namespace ActorImaging.Imaging;

/// <summary>A source can be decoded in part only.</summary>
public sealed class DamagedSourceException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public DamagedSourceException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What was wrong, with the numbers.</param>
    public DamagedSourceException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What was wrong, with the numbers.</param>
    /// <param name="innerException">What led to it.</param>
    public DamagedSourceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
