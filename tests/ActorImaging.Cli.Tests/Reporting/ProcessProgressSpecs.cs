using ActorImaging.Actors;
using ActorImaging.Cli.Planning;
using ActorImaging.Cli.Reporting;
using ActorImaging.Tasks;
using Microsoft.Extensions.Time.Testing;

namespace ActorImaging.Cli.Tests.Reporting;

public sealed class ProcessProgressSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_count_pixels_and_not_files()
    {
        var (icon, photograph) = (CreateTask(1, bytes: 10, pixels: 1_000), CreateTask(2, bytes: 90, pixels: 9_000));
        var progress = new ProcessProgress(new PlanSize(Tasks: 2, SourceBytes: 100), _time);
        Expect(progress, icon, photograph);

        var afterIcon = After(progress, Ended(icon));
        var afterBoth = After(progress, Ended(photograph));

        Assert.Equal((0.1, 1), (afterIcon.Share, afterBoth.Share));
        Assert.StartsWith("1 of 2 tasks, ", afterIcon.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_take_sources_that_nobody_has_looked_at_for_like_the_others()
    {
        var seen = CreateTask(1, bytes: 10, pixels: 1_000);
        var progress = new ProcessProgress(new PlanSize(Tasks: 5, SourceBytes: 50), _time);
        Expect(progress, seen);

        Assert.Equal(0.2, After(progress, Ended(seen)).Share, precision: 12);
    }

    [Fact]
    public void Should_leave_out_what_earlier_runs_did()
    {
        var (before, now) = (CreateTask(1, bytes: 10, pixels: 1_000), CreateTask(2, bytes: 10, pixels: 1_000));
        var progress = new ProcessProgress(new PlanSize(Tasks: 2, SourceBytes: 20), _time);
        progress.See(before);
        Expect(progress, now);

        var view = After(progress, Ended(now));

        Assert.Equal(1, view.Share);
        Assert.StartsWith("1 of 1 tasks, ", view.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_count_tasks_when_no_header_can_be_read()
    {
        var (first, second) = (CreateTask(1, bytes: 0, pixels: null), CreateTask(2, bytes: 0, pixels: null));
        var progress = new ProcessProgress(new PlanSize(Tasks: 2, SourceBytes: 0), _time);
        Expect(progress, first, second);

        Assert.Equal(0.5, After(progress, Ended(first)).Share);
    }

    [Fact]
    public void Should_say_what_each_processor_does_and_show_no_control_characters()
    {
        var task = CreateTask(1, bytes: 1, pixels: 1) with { SourcePath = "line\nend\u001b[2J.png", Operations = [new FlipOperation()] };
        var progress = new ProcessProgress(new PlanSize(1, 1), _time);

        var during = After(progress, new TaskBegun(default, task, "$a"));
        var after = After(progress, Ended(task));

        Assert.Matches(@"^  1 +[0-9.]+ s  flip  line\uFFFDend\uFFFD\[2J\.png$", during.Lines.Single());
        Assert.Equal("  1  idle", after.Lines.Single());
    }

    [Fact]
    public void Should_say_for_how_long_a_processor_is_at_it_while_nothing_happens()
    {
        var progress = new ProcessProgress(new PlanSize(1, 1), _time);
        progress.Note(new TaskBegun(default, CreateTask(1, bytes: 1, pixels: 1) with { SourcePath = "a.png", Operations = [new FlipOperation()] }, "$a"));

        var begun = progress.Look().Lines.Single();
        _time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(("  1    0.0 s  flip  a.png", "  1   61.0 s  flip  a.png"), (begun, progress.Look().Lines.Single()));
    }

    private static ProgressView After(ProcessProgress progress, BatchEvent happened)
    {
        progress.Note(happened);
        return progress.Look();
    }

    private static void Expect(ProcessProgress progress, params ImageTask[] tasks)
    {
        foreach (var task in tasks)
        {
            progress.See(task);
            progress.Expect(task);
        }
    }

    private static TaskEnded Ended(ImageTask task) => new(default, new ImageTaskResult(task, TaskState.Succeeded, Attempts: 1));

    private ImageTask CreateTask(long id, int bytes, long? pixels)
    {
        File.WriteAllBytes(_folder.File($"{id}.png"), new byte[bytes]);
        return new ImageTask(new TaskId(id), _folder.File($"{id}.png"), [], "out.png") { Header = pixels is { } known ? new ImageHeader(ImageFormat.Png, new PixelSize((int)known, 1), 1) : null };
    }
}
