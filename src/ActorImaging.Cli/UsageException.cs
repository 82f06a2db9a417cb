namespace ActorImaging.Cli;

/// <summary>The program was called in a way that it can't do; the message says what was expected, what came and what to do.</summary>
internal sealed class UsageException : Exception
{
    public UsageException()
    {
    }

    public UsageException(string message)
        : base(message)
    {
    }

    public UsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
