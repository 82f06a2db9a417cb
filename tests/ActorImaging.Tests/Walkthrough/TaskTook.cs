using ActorImaging.Actors;

namespace ActorImaging.Tests.Walkthrough;

/// <summary>How long the task was with its processor; said before the answer, whatever that is.</summary>
/// <param name="Assigned">The assignment.</param>
/// <param name="Elapsed">The time since its start, by the processor's clock.</param>
internal sealed record TaskTook(ProcessTask Assigned, TimeSpan Elapsed) : ProcessorAnswer(Assigned);
