using System.Collections.Immutable;

namespace ActorImaging.Actors.Bench;

/// <summary>What a comparison found.</summary>
/// <param name="TaskCount">Tasks of each row.</param>
/// <param name="Megapixels">Source pixels of all tasks of a row, in millions.</param>
/// <param name="Rounds">How often each row was measured.</param>
/// <param name="Rows">The rows, one actor first.</param>
/// <param name="DifferingOutputs">Tasks whose output was not the same bytes in every run; empty when all were equal.</param>
internal sealed record BenchReport(
    int TaskCount, double Megapixels, int Rounds, ImmutableArray<BenchRowReport> Rows, ImmutableArray<string> DifferingOutputs)
{
    /// <summary>Whether every run of every row wrote the same bytes.</summary>
    public bool AreOutputsEqual => DifferingOutputs.IsEmpty;
}

/// <summary>What one row took.</summary>
/// <param name="Row">The row.</param>
/// <param name="ElapsedMilliseconds">Wall time, the median of the rounds.</param>
/// <param name="TasksPerSecond">Tasks by that time.</param>
/// <param name="MegapixelsPerSecond">Source pixels by that time, in millions.</param>
/// <param name="CpuMilliseconds">Processor time of the whole process, the median of the rounds.</param>
/// <param name="PeakBytes">The largest working set of the whole process seen in any round.</param>
/// <param name="DecodesPerSource">How often each source was decoded in a run.</param>
/// <param name="IdleAtEndMilliseconds">How long processors had nothing to do while others did the last tasks, on average; the median of the rounds.</param>
/// <param name="OutputBytes">Bytes that all tasks of a run wrote.</param>
/// <param name="SpeedUp">Times as fast as the first row.</param>
/// <param name="Efficiency">Speed-up by processors: 1 is the most that cores can give.</param>
/// <param name="IdealSpeedUp">The most that any schedule could reach with these tasks on so many processors, by the first row's times.</param>
internal sealed record BenchRowReport(
    BenchRow Row,
    double ElapsedMilliseconds,
    double TasksPerSecond,
    double MegapixelsPerSecond,
    double CpuMilliseconds,
    long PeakBytes,
    double DecodesPerSource,
    double IdleAtEndMilliseconds,
    long OutputBytes,
    double SpeedUp,
    double Efficiency,
    double IdealSpeedUp);
