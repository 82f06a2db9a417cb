namespace ActorImaging.Tasks;

/// <summary>An operation was asked for in a way that it can't be done; the message says what was expected and what came.</summary>
public sealed class InvalidImageOperationException : ArgumentException
{
    /// <summary>Creates the exception without a message.</summary>
    public InvalidImageOperationException()
    {
    }

    /// <summary>Creates the exception with a message of the caller's own.</summary>
    /// <param name="message">The whole message.</param>
    public InvalidImageOperationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message of the caller's own and its cause.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="innerException">What led to it.</param>
    public InvalidImageOperationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The one form of every message about an operation.</summary>
    /// <param name="operation">The operation's name.</param>
    /// <param name="expected">What would have been right, with an example.</param>
    /// <param name="received">What came instead.</param>
    internal static InvalidImageOperationException Expected(string operation, string expected, string received) =>
        new($"{operation}: expected {expected}, but received '{received}'");
}
