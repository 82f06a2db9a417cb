namespace ActorImaging.Cli.Planning;

/// <summary>How much there is to do.</summary>
/// <param name="Tasks">Tasks.</param>
/// <param name="SourceBytes">Bytes of the sources, once for each task.</param>
internal readonly record struct PlanSize(long Tasks, long SourceBytes);
