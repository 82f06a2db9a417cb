using System.Collections.Immutable;
using ActorImaging.Tasks;

namespace ActorImaging.Actors;

/// <summary>Opens a batch; the sender becomes its observer and gets every <see cref="BatchEvent"/>. Answered by <see cref="BatchStarted"/>
/// or <see cref="BatchRefused"/>.</summary>
/// <param name="Batch">A name no batch has had.</param>
/// <param name="Distribution">How its tasks reach the processors; null for the configured way.</param>
internal sealed record StartBatch(BatchId Batch, Distribution? Distribution = null);

/// <summary>Hands in tasks of an open batch, no more at once than the window leaves room for.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Tasks">Tasks with ids that are new in this batch.</param>
internal sealed record AddTasks(BatchId Batch, ImmutableArray<ImageTask> Tasks);

/// <summary>Says that no more tasks come; the batch ends when those handed in have.</summary>
/// <param name="Batch">The batch.</param>
internal sealed record EndOfTasks(BatchId Batch);

/// <summary>Stops a batch: tasks not started end as cancelled, those in flight are finished. Tasks handed in later are cancelled too.</summary>
/// <param name="Batch">The batch.</param>
internal sealed record CancelBatch(BatchId Batch);

/// <summary>What the observer of a batch is told.</summary>
/// <param name="Batch">The batch.</param>
public abstract record BatchEvent(BatchId Batch);

/// <summary>The batch is open.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="WindowTasks">How many of its tasks may be handed in and not ended at any time: the observer keeps to it.</param>
internal sealed record BatchStarted(BatchId Batch, int WindowTasks) : BatchEvent(Batch);

/// <summary>The batch was not opened; there will be no further event.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Reason">Why.</param>
internal sealed record BatchRefused(BatchId Batch, string Reason) : BatchEvent(Batch);

/// <summary>A processor has begun a task.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Task">The task.</param>
/// <param name="Processor">The processor's name.</param>
public sealed record TaskBegun(BatchId Batch, ImageTask Task, string Processor) : BatchEvent(Batch);

/// <summary>A task reached its terminal state. Told once per task.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Result">How it ended.</param>
public sealed record TaskEnded(BatchId Batch, ImageTaskResult Result) : BatchEvent(Batch);

/// <summary>Every task of the batch has ended: the last event.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Summary">The account of it.</param>
internal sealed record BatchEnded(BatchId Batch, BatchSummary Summary) : BatchEvent(Batch);

/// <summary>Asks the supervisor to cancel all batches and to take no more; answered by <see cref="SupervisorDrained"/>.</summary>
internal sealed record DrainSupervisor;

/// <summary>No batch is open any more and no task is in flight.</summary>
internal sealed record SupervisorDrained;
