using System.Collections.Immutable;

namespace ActorImaging.Tasks;

/// <summary>What came of a task that did not fail.</summary>
/// <param name="State"><see cref="TaskState.Succeeded"/> or <see cref="TaskState.Skipped"/>.</param>
/// <param name="Statistics">What it took.</param>
/// <param name="Warnings">What was wrong with the source and passed over.</param>
internal sealed record TaskOutcome(TaskState State, TaskStatistics Statistics, ImmutableArray<string> Warnings)
{
    /// <summary>The output, where the task returns it; empty otherwise.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }
}
