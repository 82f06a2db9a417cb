namespace ActorImaging.Actors;

/// <summary>What a supervisor goes by; the configuration's reference says what each value means and allows.</summary>
/// <param name="Distribution">How tasks reach processors, unless the batch says otherwise.</param>
/// <param name="WindowTasks">Tasks of one batch that may be handed in and not ended.</param>
/// <param name="MaxAttempts">How often one task is started before it fails for good.</param>
/// <param name="MemoryBudgetBytes">What decoded sources and the tasks in flight may take, by estimate.</param>
internal sealed record SupervisorSettings(Distribution Distribution, int WindowTasks, int MaxAttempts, long MemoryBudgetBytes);
