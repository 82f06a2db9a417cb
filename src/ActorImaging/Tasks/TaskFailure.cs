namespace ActorImaging.Tasks;

/// <summary>Why a task failed, as data.</summary>
/// <param name="Kind">The kind, which decides whether the task is tried again.</param>
/// <param name="Reason">One line that names the thing and what was wrong with it.</param>
public sealed record TaskFailure(FailureKind Kind, string Reason);
