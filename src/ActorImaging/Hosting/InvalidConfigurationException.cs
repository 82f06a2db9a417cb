namespace ActorImaging.Hosting;

/// <summary>The configuration can't be used. Carries every fault there is, so that all can be mended at once.</summary>
public sealed class InvalidConfigurationException : Exception
{
    /// <summary>Creates the exception without a fault.</summary>
    public InvalidConfigurationException()
        : this([])
    {
    }

    /// <summary>Creates the exception with one fault.</summary>
    /// <param name="message">The fault.</param>
    public InvalidConfigurationException(string message)
        : this([message])
    {
    }

    /// <summary>Creates the exception with one fault and its cause.</summary>
    /// <param name="message">The fault.</param>
    /// <param name="innerException">What led to it.</param>
    public InvalidConfigurationException(string message, Exception innerException)
        : base(message, innerException) => Faults = [message];

    /// <summary>Creates the exception with all faults.</summary>
    /// <param name="faults">A line each: the key, what was expected, what was received.</param>
    public InvalidConfigurationException(IReadOnlyList<string> faults)
        : base(string.Join(Environment.NewLine, faults)) => Faults = faults;

    /// <summary>A line for each fault.</summary>
    public IReadOnlyList<string> Faults { get; }
}
