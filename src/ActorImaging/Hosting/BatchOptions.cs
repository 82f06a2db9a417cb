using ActorImaging.Actors;

namespace ActorImaging.Hosting;

/// <summary>How a batch is run.</summary>
public sealed record BatchOptions
{
    /// <summary>How tasks reach processors; null for the configured way.</summary>
    public Distribution? Distribution { get; init; }

    /// <summary>
    /// How long tasks in flight have to end once the batch is cancelled; then they end as cancelled, whatever their native code does, and no
    /// output of theirs is put in place. <see cref="Timeout.InfiniteTimeSpan"/> waits for them, up to <c>actor-imaging.task-timeout</c>.
    /// </summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How many tasks there are at the most, so that no more room is kept for them; null where that is not known.</summary>
    public int? MostTasks { get; init; }
}
