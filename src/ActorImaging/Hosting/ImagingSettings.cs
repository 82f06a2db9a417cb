using ActorImaging.Actors;
using ActorImaging.Imaging;
using ActorImaging.Imaging.Magick;
using ActorImaging.Tasks;

namespace ActorImaging.Hosting;

/// <summary>
/// The settings under <c>actor-imaging</c>, checked. The reference configuration says what each means; the defaults here are its
/// defaults, and a spec holds the two together.
/// </summary>
public sealed record ImagingSettings
{
    /// <summary>The most processors there may be.</summary>
    public const int MaxProcessors = 1024;

    /// <summary>The word that chooses the engine.</summary>
    public string Engine { get; init; } = ImageEngine.AcceleratedName;

    /// <summary>How many processors there are; one a core by default.</summary>
    public int Processors { get; init; } = Environment.ProcessorCount;

    /// <summary>How tasks reach processors.</summary>
    public Distribution Distribution { get; init; } = Distribution.WorkPulling;

    /// <summary>Tasks of one batch that may be handed in and not ended.</summary>
    public int WindowTasks { get; init; } = 1024;

    /// <summary>How often one task is started before it fails for good.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>How long a task waits before it is tried again for the first time after reading or writing failed.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many batches may be open at once.</summary>
    public int MaxBatches { get; init; } = 10_000;

    /// <summary>How many tasks all batches together may have handed in and not ended.</summary>
    public int MaxOpenTasks { get; init; } = 1_000_000;

    /// <summary>What decoded sources and the tasks in flight may take, by estimate; half of the memory that there is by default.</summary>
    public long MemoryBudgetBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>How far JPEGs are decoded smaller than they are, where every task of theirs makes them smaller first.</summary>
    public ShrinkOnLoad ShrinkOnLoad { get; init; } = ShrinkOnLoad.On;

    /// <summary>How long one task may take, or <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public TimeSpan TaskTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the supervisor may take to answer.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How Magick.NET encodes PNG.</summary>
    public MagickPngEncoding MagickPng { get; init; } = MagickPngEncoding.Default;

    /// <summary>What sources and results may be at most.</summary>
    public ImageLimits Limits { get; init; } = new();

    /// <summary>What the supervisor is told of these.</summary>
    internal SupervisorSettings Supervisor => new(Distribution, WindowTasks, MaxAttempts, MemoryBudgetBytes)
    {
        TaskTimeout = TaskTimeout,
        RetryDelay = RetryDelay,
        MaxBatches = MaxBatches,
        MaxOpenTasks = MaxOpenTasks,
    };
}
