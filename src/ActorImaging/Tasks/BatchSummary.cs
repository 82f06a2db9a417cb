namespace ActorImaging.Tasks;

/// <summary>The one answer to a batch: how many of its tasks ended in which state.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Submitted">Tasks handed in.</param>
/// <param name="Succeeded">Tasks whose output is written.</param>
/// <param name="Failed">Tasks that could not be done.</param>
/// <param name="Cancelled">Tasks not started because the batch was cancelled.</param>
/// <param name="TimedOut">Tasks that ran past their time-out.</param>
/// <param name="Skipped">Tasks with nothing to do.</param>
/// <param name="Elapsed">From the start of the batch to the end of its last task.</param>
public sealed record BatchSummary(
    BatchId Batch, long Submitted, long Succeeded, long Failed, long Cancelled, long TimedOut, long Skipped, TimeSpan Elapsed)
{
    /// <summary>The identity that holds for every batch: each task submitted ended in exactly one state.</summary>
    public bool IsAccountedFor => Submitted == Succeeded + Failed + Cancelled + TimedOut + Skipped;
}
