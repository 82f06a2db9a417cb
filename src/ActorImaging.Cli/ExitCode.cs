namespace ActorImaging.Cli;

/// <summary>What the program says to whoever started it.</summary>
internal static class ExitCode
{
    /// <summary>Everything was done.</summary>
    public const int Done = 0;

    /// <summary>Some tasks failed, the outputs of a bench differ, or not everything could be reported.</summary>
    public const int Failed = 1;

    /// <summary>The arguments, the configuration or what the program finds around it can't be used; nothing was begun.</summary>
    public const int Usage = 2;

    /// <summary>Somebody stopped it: 128 and SIGINT's number, as shells count.</summary>
    public const int Cancelled = 130;
}
