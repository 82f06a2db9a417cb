using System.Collections.Immutable;
using ActorImaging.Tasks;

namespace ActorImaging.Actors;

/// <summary>Opens a batch; the sender becomes its observer and gets every <see cref="BatchEvent"/>. Answered by <see cref="BatchStarted"/>
/// or <see cref="BatchRefused"/>.</summary>
/// <param name="Batch">A name no batch has had.</param>
/// <param name="Distribution">How its tasks reach the processors; null for the configured way.</param>
/// <param name="MostTasks">The most tasks that it may want to have handed in and not ended; null for the configured window.</param>
internal sealed record StartBatch(BatchId Batch, Distribution? Distribution = null, int? MostTasks = null);

/// <summary>Hands in tasks of an open batch, no more at once than the window leaves room for.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Before">Tasks of the batch that were handed in before these: what was lost on the way, or comes twice, is known by it.</param>
/// <param name="Tasks">Tasks with ids that are new in this batch.</param>
internal sealed record AddTasks(BatchId Batch, long Before, ImmutableArray<ImageTask> Tasks);

/// <summary>Says that no more tasks come; the batch ends when those handed in have.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Count">Tasks that were handed in, all together.</param>
internal sealed record EndOfTasks(BatchId Batch, long Count);

/// <summary>
/// Says from time to time how many tasks were handed in so far. Answered by <see cref="BatchChecked"/>, or by <see cref="BatchUnknown"/> where it
/// has ended: so either side hears of what was lost on the way.
/// </summary>
/// <param name="Batch">The batch.</param>
/// <param name="Count">Tasks that were handed in, all together.</param>
internal sealed record CheckBatch(BatchId Batch, long Count);

/// <summary>Stops a batch: tasks not begun end as cancelled, and so do tasks handed in later.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Grace">How long those in flight have to end; then they are given up. Or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
internal sealed record CancelBatch(BatchId Batch, TimeSpan Grace);

/// <summary>What the observer of a batch is told.</summary>
/// <param name="Batch">The batch.</param>
public abstract record BatchEvent(BatchId Batch);

/// <summary>The batch is open.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="WindowTasks">How many of its tasks may be handed in and not ended at any time: the observer keeps to it.</param>
internal sealed record BatchStarted(BatchId Batch, int WindowTasks) : BatchEvent(Batch);

/// <summary>The batch was not opened; there will be no further event.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Cause">Why, for programs.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="RetryAfter">When it may be worth while to ask again, by how fast tasks end at present.</param>
internal sealed record BatchRefused(BatchId Batch, RefusalCause Cause, string Reason, TimeSpan RetryAfter) : BatchEvent(Batch);

/// <summary>A processor has begun a task.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Task">The task.</param>
/// <param name="Processor">The processor's name.</param>
public sealed record TaskBegun(BatchId Batch, ImageTask Task, string Processor) : BatchEvent(Batch);

/// <summary>A task reached its terminal state. Told once per task.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Result">How it ended.</param>
public sealed record TaskEnded(BatchId Batch, ImageTaskResult Result) : BatchEvent(Batch);

/// <summary>Tasks that were handed in have not arrived, and will not be done.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="First">The first that is lacking, counted from 0 in the order in which they were handed in.</param>
/// <param name="Count">How many.</param>
internal sealed record TasksLost(BatchId Batch, long First, long Count) : BatchEvent(Batch);

/// <summary>Every task of the batch has ended: the last event.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Summary">The account of it.</param>
/// <param name="Arrived">Tasks that are accounted for: what was handed in later, after the batch was ended from this side, was not begun.</param>
internal sealed record BatchEnded(BatchId Batch, BatchSummary Summary, long Arrived) : BatchEvent(Batch);

/// <summary>The batch is open, and known.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Arrived">Tasks that were handed in, and arrived or are lost.</param>
/// <param name="Open">Those of them that have not ended.</param>
internal sealed record BatchChecked(BatchId Batch, long Arrived, int Open) : BatchEvent(Batch);

/// <summary>There is no such batch: it has ended, whether or not the observer heard of that.</summary>
/// <param name="Batch">The batch.</param>
internal sealed record BatchUnknown(BatchId Batch) : BatchEvent(Batch);

/// <summary>
/// Has the supervisor begin no more tasks and take no more batches; answered by <see cref="SupervisorDrained"/> when no batch is open.
/// </summary>
/// <param name="Grace">How long tasks in flight have to end; then they are given up.</param>
internal sealed record DrainSupervisor(TimeSpan Grace);

/// <summary>No batch is open any more and nobody waits for a task.</summary>
internal sealed record SupervisorDrained;

/// <summary>Asks how the supervisor is; answered by <see cref="ImagingStatus"/>.</summary>
internal sealed record GetStatus;
