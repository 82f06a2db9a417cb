namespace ActorImaging.Cli.Planning;

/// <summary>How much there is to do.</summary>
/// <param name="Tasks">Tasks.</param>
/// <param name="SourceBytes">Bytes of the sources, once for each task.</param>
internal readonly record struct PlanSize(long Tasks, long SourceBytes)
{
    /// <summary>The same and one task more.</summary>
    /// <param name="source">The file that it reads; one that is missing is the task's to say.</param>
    public PlanSize With(FileInfo source) => new(Tasks + 1, SourceBytes + (source.Exists ? source.Length : 0));
}
