using ActorImaging.Actors;
using ActorImaging.Cli.Planning;
using ActorImaging.Cli.Reporting;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Tests.Reporting;

public sealed class ProcessProgressSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_count_pixels_and_not_files()
    {
        var (icon, photograph) = (CreateTask(1, bytes: 10, pixels: 1_000), CreateTask(2, bytes: 90, pixels: 9_000));
        var progress = new ProcessProgress(new PlanSize(Tasks: 2, SourceBytes: 100));
        Expect(progress, icon, photograph);

        var afterIcon = progress.Note(Ended(icon));
        var afterBoth = progress.Note(Ended(photograph));

        Assert.Equal((0.1, 1), (afterIcon.Share, afterBoth.Share));
        Assert.StartsWith("1 of 2 tasks, ", afterIcon.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_take_sources_that_nobody_has_looked_at_for_like_the_others()
    {
        var seen = CreateTask(1, bytes: 10, pixels: 1_000);
        var progress = new ProcessProgress(new PlanSize(Tasks: 5, SourceBytes: 50));
        Expect(progress, seen);

        Assert.Equal(0.2, progress.Note(Ended(seen)).Share, precision: 12);
    }

    [Fact]
    public void Should_leave_out_what_earlier_runs_did()
    {
        var (before, now) = (CreateTask(1, bytes: 10, pixels: 1_000), CreateTask(2, bytes: 10, pixels: 1_000));
        var progress = new ProcessProgress(new PlanSize(Tasks: 2, SourceBytes: 20));
        progress.See(before);
        Expect(progress, now);

        var view = progress.Note(Ended(now));

        Assert.Equal(1, view.Share);
        Assert.StartsWith("1 of 1 tasks, ", view.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_count_tasks_when_no_header_can_be_read()
    {
        var (first, second) = (CreateTask(1, bytes: 0, pixels: null), CreateTask(2, bytes: 0, pixels: null));
        var progress = new ProcessProgress(new PlanSize(Tasks: 2, SourceBytes: 0));
        Expect(progress, first, second);

        Assert.Equal(0.5, progress.Note(Ended(first)).Share);
    }

    [Fact]
    public void Should_say_what_each_processor_does_and_show_no_control_characters()
    {
        var task = CreateTask(1, bytes: 1, pixels: 1) with { SourcePath = "line\nend\u001b[2J.png", Operations = [new FlipOperation()] };
        var progress = new ProcessProgress(new PlanSize(1, 1));

        var during = progress.Note(new TaskBegun(default, task, "$a"));
        var after = progress.Note(Ended(task));

        Assert.Matches(@"^  1 +[0-9.]+ s  flip  line\uFFFDend\uFFFD\[2J\.png$", during.Lines.Single());
        Assert.Equal("  1  idle", after.Lines.Single());
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
