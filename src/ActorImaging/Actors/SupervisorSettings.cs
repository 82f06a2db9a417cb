namespace ActorImaging.Actors;

/// <summary>What a supervisor goes by; the configuration's reference says what each value means and allows.</summary>
/// <param name="Distribution">How tasks reach processors, unless the batch says otherwise.</param>
/// <param name="WindowTasks">Tasks of one batch that may be handed in and not ended.</param>
/// <param name="MaxAttempts">How often one task is started before it fails for good.</param>
/// <param name="MemoryBudgetBytes">What decoded sources and the tasks in flight may take, by estimate.</param>
internal sealed record SupervisorSettings(Distribution Distribution, int WindowTasks, int MaxAttempts, long MemoryBudgetBytes)
{
    /// <summary>How long one attempt at a task may take.</summary>
    public TimeSpan TaskTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How long a task waits before it is tried again for the first time; twice as long each time after.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Batches that may be open at once.</summary>
    public int MaxBatches { get; init; } = 100_000;

    /// <summary>Tasks that all open batches together may have handed in and not ended.</summary>
    public int MaxOpenTasks { get; init; } = 10_000_000;
}
