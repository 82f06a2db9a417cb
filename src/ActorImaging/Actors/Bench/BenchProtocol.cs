using System.Collections.Immutable;
using ActorImaging.Tasks;

namespace ActorImaging.Actors.Bench;

/// <summary>Has the bench run a comparison; the sender is told every <see cref="BenchEvent"/> of it.</summary>
/// <param name="Bench">A name no run has had.</param>
/// <param name="Plan">What is compared.</param>
internal sealed record RunBench(Guid Bench, BenchPlan Plan);

/// <summary>Stops a comparison once the tasks in flight are done.</summary>
/// <param name="Bench">The run.</param>
internal sealed record CancelBench(Guid Bench);

/// <summary>What the bench is to compare.</summary>
/// <param name="Sources">The images.</param>
/// <param name="Variants">Each is a list of operations; a row does all of them on all images.</param>
/// <param name="WorkFolder">Where outputs go.</param>
/// <param name="Rounds">How often each row is measured.</param>
/// <param name="WithPerTask">Whether an actor and a thread for every task are measured, too.</param>
/// <param name="KeepOutputs">Whether outputs stay.</param>
internal sealed record BenchPlan(
    ImmutableArray<BenchSource> Sources,
    ImmutableArray<ImmutableArray<ImageOperation>> Variants,
    string WorkFolder,
    int Rounds,
    bool WithPerTask,
    bool KeepOutputs)
{
    /// <summary>Tasks of one row.</summary>
    public int TaskCount => Sources.Length * Variants.Length;
}

/// <summary>An image that is measured with.</summary>
/// <param name="Path">The file.</param>
/// <param name="Header">What it says of itself.</param>
/// <param name="ShrinkBy">By how much it may be decoded smaller, for all that is made of it (<see cref="SourceSettings.ShrinkBy"/>).</param>
internal sealed record BenchSource(string Path, ImageHeader Header, int ShrinkBy);

/// <summary>What the bench says while it runs and when it ends.</summary>
/// <param name="Bench">The run.</param>
internal abstract record BenchEvent(Guid Bench);

/// <summary>One more task is done.</summary>
/// <param name="Bench">The run.</param>
/// <param name="Row">What is measured now.</param>
/// <param name="Round">Which round, from 1; 0 is the warm-up.</param>
/// <param name="TasksDone">Tasks done in all rows and rounds so far.</param>
/// <param name="TasksTotal">Tasks of all rows and rounds.</param>
internal sealed record BenchProgressed(Guid Bench, string Row, int Round, int TasksDone, int TasksTotal) : BenchEvent(Bench);

/// <summary>Everything is measured.</summary>
/// <param name="Bench">The run.</param>
/// <param name="Report">The result.</param>
internal sealed record BenchFinished(Guid Bench, BenchReport Report) : BenchEvent(Bench);

/// <summary>The comparison ended without a result.</summary>
/// <param name="Bench">The run.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsCancelled">Whether somebody wanted it so.</param>
internal sealed record BenchStopped(Guid Bench, string Reason, bool IsCancelled) : BenchEvent(Bench);
