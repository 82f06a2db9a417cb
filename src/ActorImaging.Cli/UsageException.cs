namespace ActorImaging.Cli;

/// <summary>The program was called in a way that it can't do; each fault says what was expected, what came and what to do.</summary>
internal sealed class UsageException : Exception
{
    public UsageException()
        : this([])
    {
    }

    public UsageException(string message)
        : this([message])
    {
    }

    public UsageException(string message, Exception innerException)
        : base(message, innerException) => Faults = [message];

    public UsageException(IReadOnlyList<string> faults)
        : base(string.Join(Environment.NewLine, faults)) => Faults = faults;

    /// <summary>A line for each fault.</summary>
    public IReadOnlyList<string> Faults { get; }
}
