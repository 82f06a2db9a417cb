namespace ActorImaging.Cli.Reporting;

/// <summary>Tasks of a batch that were left out, since nothing has changed after earlier runs.</summary>
/// <param name="Done">Those that were done.</param>
/// <param name="Failed">Those that failed.</param>
internal readonly record struct EarlierRuns(long Done, long Failed);
