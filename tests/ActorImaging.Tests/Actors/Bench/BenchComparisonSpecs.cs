using System.Collections.Immutable;
using ActorImaging.Actors;
using ActorImaging.Actors.Bench;
using ActorImaging.Tasks;

namespace ActorImaging.Tests.Actors.Bench;

public sealed class BenchComparisonSpecs
{
    private static readonly BenchRow One = new(1, "One actor", "one", 1, 1, Distribution.WorkPulling);
    private static readonly BenchRow Two = new(2, "2 actors", "many", 2, 2, Distribution.WorkPulling);

    [Theory]
    [InlineData(new double[] { 1, 1, 1, 1 }, 2, 2)] // all cores busy to the end
    [InlineData(new double[] { 3, 1 }, 2, 4.0 / 3)] // nothing splits the long one
    [InlineData(new double[] { 1, 1, 1 }, 8, 3)] // no more than there are tasks
    [InlineData(new double[] { 0, 0 }, 2, 1)]
    public void Should_bound_the_speed_up_by_cores_and_by_the_longest_task(double[] times, int processors, double ideal) =>
        Assert.Equal(ideal, BenchComparison.IdealSpeedUp(times, processors), precision: 9);

    [Theory]
    [InlineData(new double[] { 3, 1, 2 }, 2)]
    [InlineData(new double[] { 4, 1, 2, 3 }, 2.5)]
    [InlineData(new double[] { 7 }, 7)]
    public void Should_take_the_middle(double[] values, double median) => Assert.Equal(median, BenchComparison.Median(values));

    [Fact]
    public void Should_compare_medians_with_the_first_row()
    {
        var report = BenchComparison.Compare(
        [
            CreateRun(One, 100), CreateRun(One, 120), CreateRun(One, 500),
            CreateRun(Two, 60), CreateRun(Two, 40), CreateRun(Two, 80),
        ]);

        Assert.Equal((2, 3), (report.Rows.Length, report.Rounds));
        Assert.Equal((120, 60), (report.Rows[0].ElapsedMilliseconds, report.Rows[1].ElapsedMilliseconds));
        Assert.Equal((2, 1), (report.Rows[1].SpeedUp, report.Rows[1].Efficiency));
        Assert.Equal(2 / 0.06, report.Rows[1].TasksPerSecond, precision: 6);
        Assert.Equal(8 / 0.06, report.Rows[1].MegapixelsPerSecond, precision: 6);
        Assert.Equal(14, report.Rows[1].OutputBytes);
        Assert.True(report.AreOutputsEqual);
    }

    [Fact]
    public void Should_name_the_outputs_that_differ_in_any_run()
    {
        var report = BenchComparison.Compare([CreateRun(One, 1), CreateRun(Two, 1), CreateRun(One, 1), CreateRun(Two, 1, "a", "other")]);

        Assert.False(report.AreOutputsEqual);
        Assert.Equal("out-2.png", Assert.Single(report.DifferingOutputs));
    }

    private static BenchRun CreateRun(BenchRow row, double milliseconds, params string[] digests) => new(
        row,
        Round: 1,
        TimeSpan.FromMilliseconds(milliseconds),
        Cpu: TimeSpan.FromMilliseconds(milliseconds * row.Cores),
        PeakBytes: 5,
        IdleAtEnd: TimeSpan.FromMilliseconds(milliseconds / 10),
        [CreateResult(1, milliseconds / 2), CreateResult(2, milliseconds / 2)],
        digests.Length == 0 ? ["a", "b"] : [.. digests]);

    private static ImageTaskResult CreateResult(int id, double milliseconds) => new(
        new ImageTask(new TaskId(id), "in.png", ImmutableArray<ImageOperation>.Empty, $"out-{id}.png"),
        TaskState.Succeeded,
        Attempts: 1,
        new TaskStatistics(SourcePixels: 4_000_000, OutputBytes: 7, TimeSpan.FromMilliseconds(milliseconds)));
}
