using System.Collections.Immutable;

namespace ActorImaging.Tasks;

/// <summary>How one image task ended.</summary>
/// <param name="Task">The task.</param>
/// <param name="State">The one state it ended in.</param>
/// <param name="Attempts">How often it was started.</param>
/// <param name="Statistics">What it took; zeros unless it succeeded.</param>
/// <param name="Failure">Why it failed; null unless it failed or timed out.</param>
public sealed record ImageTaskResult(
    ImageTask Task, TaskState State, int Attempts, TaskStatistics Statistics = default, TaskFailure? Failure = null)
{
    /// <summary>The output, where the task returns it (<see cref="ImageTask.ReturnsContent"/>) and succeeded; empty otherwise.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>What was wrong with the source and passed over.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];
}
