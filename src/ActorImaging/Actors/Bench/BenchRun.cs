using System.Collections.Immutable;
using ActorImaging.Tasks;

namespace ActorImaging.Actors.Bench;

/// <summary>One measurement of one row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Round">The round; 0 is the warm-up.</param>
/// <param name="Elapsed">Wall time of the batch.</param>
/// <param name="Cpu">Processor time of the process meanwhile.</param>
/// <param name="PeakBytes">The largest working set seen meanwhile.</param>
/// <param name="IdleAtEnd">How long processors had nothing to do while others did the last tasks, on average.</param>
/// <param name="Results">How each task ended, by id.</param>
/// <param name="Digests">A digest of each output, by id.</param>
internal sealed record BenchRun(
    BenchRow Row,
    int Round,
    TimeSpan Elapsed,
    TimeSpan Cpu,
    long PeakBytes,
    TimeSpan IdleAtEnd,
    ImmutableArray<ImageTaskResult> Results,
    ImmutableArray<string> Digests);
