using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Actors;

/// <summary>Has a processor do one task.</summary>
/// <param name="Assignment">Counts up over all assignments of a supervisor: an answer to an earlier one is known by it.</param>
/// <param name="Batch">The batch.</param>
/// <param name="Task">The task.</param>
internal sealed record ProcessTask(long Assignment, BatchId Batch, ImageTask Task);

/// <summary>A processor is there, new or restarted, and free.</summary>
/// <param name="Incarnation">A value that no other start has had: a second message of one start is known by it.</param>
internal sealed record ProcessorStarted(Guid Incarnation);

/// <summary>A processor could not be made.</summary>
/// <param name="Processor">The one that isn't there now.</param>
/// <param name="Reason">Why.</param>
internal sealed record ProcessorFailedToStart(IActorRef Processor, string Reason);

/// <summary>What a processor says of a task it was given.</summary>
/// <param name="Assigned">The assignment it answers to.</param>
internal abstract record ProcessorAnswer(ProcessTask Assigned);

/// <summary>The task is in flight: one attempt more.</summary>
/// <param name="Assigned">The assignment.</param>
internal sealed record TaskStarted(ProcessTask Assigned) : ProcessorAnswer(Assigned);

/// <summary>The task is done, and the processor is free.</summary>
/// <param name="Assigned">The assignment.</param>
/// <param name="Outcome">What came of it.</param>
internal sealed record TaskProcessed(ProcessTask Assigned, TaskOutcome Outcome) : ProcessorAnswer(Assigned);

/// <summary>The task failed in a way that is foreseen, and the processor is free.</summary>
/// <param name="Assigned">The assignment.</param>
/// <param name="Failure">Why.</param>
internal sealed record TaskFailed(ProcessTask Assigned, TaskFailure Failure) : ProcessorAnswer(Assigned);

/// <summary>The task threw what nobody foresaw, and the processor restarts because of it; it is free once it has started again.</summary>
/// <param name="Assigned">The assignment.</param>
/// <param name="Failure">Why.</param>
internal sealed record TaskCrashed(ProcessTask Assigned, TaskFailure Failure) : ProcessorAnswer(Assigned);
