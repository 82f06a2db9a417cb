namespace ActorImaging.Actors;

/// <summary>How a supervisor and its processors are at one moment.</summary>
/// <param name="Processors">Processors that there should be.</param>
/// <param name="ReadyProcessors">Those that are there, free or at work.</param>
/// <param name="AbandonedProcessors">
/// Processors that were given up on because a native call of theirs did not return in time, beside those. One that returns is used again.
/// </param>
/// <param name="OpenBatches">Batches that have not ended.</param>
/// <param name="OpenTasks">Tasks that are handed in and have not ended.</param>
/// <param name="OldestTask">How long the task has been in flight that was begun first; zero where there is none.</param>
/// <param name="IsStopping">Whether no more batches are taken because the system stops.</param>
/// <param name="Fault">Why no work is taken at present; null while it is.</param>
public sealed record ImagingStatus(
    int Processors, int ReadyProcessors, int AbandonedProcessors, int OpenBatches, int OpenTasks, TimeSpan OldestTask, bool IsStopping, string? Fault)
{
    /// <summary>Whether every processor is there, and batches are taken.</summary>
    public bool IsHealthy => Fault is null && !IsStopping && ReadyProcessors == Processors;
}
