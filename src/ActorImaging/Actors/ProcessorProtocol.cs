using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Actors;

/// <summary>Has a processor do one task.</summary>
/// <param name="Assignment">Counts up over all assignments of a supervisor: an answer to an earlier one is known by it.</param>
/// <param name="Batch">The batch.</param>
/// <param name="Task">The task.</param>
internal sealed record ProcessTask(long Assignment, BatchId Batch, ImageTask Task);

/// <summary>Has a processor answer the tasks of a cancelled batch with <see cref="TaskDropped"/>. Overtakes tasks that wait in its mailbox.</summary>
/// <param name="Batch">The batch.</param>
internal sealed record DropBatch(BatchId Batch);

/// <summary>A processor is there, new or restarted, and free.</summary>
internal sealed record ProcessorStarted;

/// <summary>A processor could not be made.</summary>
/// <param name="Processor">The one that isn't there now.</param>
/// <param name="Reason">Why.</param>
internal sealed record ProcessorFailedToStart(IActorRef Processor, string Reason);

/// <summary>What a processor says of a task it was given.</summary>
/// <param name="Assigned">The assignment it answers to.</param>
internal abstract record ProcessorAnswer(ProcessTask Assigned);

/// <summary>The task is in flight.</summary>
/// <param name="Assigned">The assignment.</param>
internal sealed record TaskStarted(ProcessTask Assigned) : ProcessorAnswer(Assigned);

/// <summary>The task is done.</summary>
/// <param name="Assigned">The assignment.</param>
/// <param name="Outcome">What came of it.</param>
internal sealed record TaskProcessed(ProcessTask Assigned, TaskOutcome Outcome) : ProcessorAnswer(Assigned);

/// <summary>The task was not begun, because its batch is cancelled.</summary>
/// <param name="Assigned">The assignment.</param>
internal sealed record TaskDropped(ProcessTask Assigned) : ProcessorAnswer(Assigned);

/// <summary>The task threw, and the processor restarts because of it.</summary>
/// <param name="Assigned">The assignment.</param>
/// <param name="Failure">Why.</param>
internal sealed record TaskCrashed(ProcessTask Assigned, TaskFailure Failure) : ProcessorAnswer(Assigned);
