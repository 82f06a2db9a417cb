using System.Collections.Immutable;
using ActorImaging.Tasks;

namespace ActorImaging.Actors.Bench;

/// <summary>Makes a report of measurements. Pure.</summary>
internal static class BenchComparison
{
    private const double PixelsPerMegapixel = 1e6;

    /// <summary>Compares the rows.</summary>
    /// <param name="runs">Every measured run, the warm-up's left out.</param>
    public static BenchReport Compare(IReadOnlyCollection<BenchRun> runs)
    {
        var byRow = runs.GroupBy(run => run.Row).OrderBy(row => row.Key.Number).Select(row => row.ToArray()).ToArray();
        var baseline = byRow[0];
        var taskTimes = MedianTaskTimes(baseline);
        var baselineMilliseconds = MedianMilliseconds(baseline);
        return new BenchReport(
            taskTimes.Length,
            Megapixels(baseline[0]),
            baseline.Length,
            [.. byRow.Select(row => Report(row, baselineMilliseconds, taskTimes))],
            DifferingOutputs(runs));
    }

    /// <summary>The most that tasks of these times can be sped up by on so many processors: none is split, and none waits for another.</summary>
    public static double IdealSpeedUp(IReadOnlyCollection<double> taskTimes, int processors)
    {
        var total = taskTimes.Sum();
        return total == 0 ? 1 : total / Math.Max(total / processors, taskTimes.Max());
    }

    /// <summary>The middle value; the mean of the middle two when there is an even number.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static BenchRowReport Report(BenchRun[] row, double baselineMilliseconds, double[] taskTimes)
    {
        var milliseconds = MedianMilliseconds(row);
        var speedUp = baselineMilliseconds / milliseconds;
        var cores = row[0].Row.Cores;
        return new BenchRowReport(
            row[0].Row,
            milliseconds,
            TasksPerSecond: taskTimes.Length / milliseconds * 1000,
            MegapixelsPerSecond: Megapixels(row[0]) / milliseconds * 1000,
            CpuMilliseconds: Median(row.Select(run => run.Cpu.TotalMilliseconds)),
            PeakBytes: row.Max(run => run.PeakBytes),
            DecodesPerSource: Median(row.Select(DecodesPerSource)),
            IdleAtEndMilliseconds: Median(row.Select(run => run.IdleAtEnd.TotalMilliseconds)),
            OutputBytes: row[0].Results.Sum(result => result.Statistics.OutputBytes),
            speedUp,
            Efficiency: speedUp / cores,
            IdealSpeedUp(taskTimes, cores));
    }

    private static double MedianMilliseconds(BenchRun[] row) => Median(row.Select(run => run.Elapsed.TotalMilliseconds));

    private static double[] MedianTaskTimes(BenchRun[] row) =>
        [.. row[0].Results.Select((_, task) => Median(row.Select(run => run.Results[task].Statistics.Elapsed.TotalMilliseconds)))];

    private static double DecodesPerSource(BenchRun run) =>
        (double)run.Results.Count(result => result.Statistics.HasDecoded) / run.Results.DistinctBy(result => result.Task.SourcePath).Count();

    private static double Megapixels(BenchRun run) => run.Results.Sum(result => result.Statistics.SourcePixels) / PixelsPerMegapixel;

    private static ImmutableArray<string> DifferingOutputs(IReadOnlyCollection<BenchRun> runs)
    {
        var first = runs.First();
        return
        [
            .. first.Results
                .Where((_, task) => runs.Any(run => run.Digests[task] != first.Digests[task]))
                .Select(result => Path.GetFileName(result.Task.OutputPath)),
        ];
    }
}
