using ActorImaging.Cli.Jobs;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Tests.Jobs;

/// <summary>What counts as failed before: the source that was tried, and no other.</summary>
public sealed class ProcessJobSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ProcessJobSpecs() => Picture.Write(Source);

    private string Source => _folder.File("in/a.png");

    private ImageTask Task => new(new TaskId(1), Source, [], _folder.File("out/a.png"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_try_again_what_failed_while_its_source_was_away()
    {
        Run(meanwhile: () => File.Move(Source, _folder.File("away")), FailureKind.SourceMissing);
        File.Move(_folder.File("away"), Source);

        Assert.Single(Remaining());
    }

    [Fact]
    public void Should_try_again_what_failed_while_its_source_was_another()
    {
        var time = File.GetLastWriteTimeUtc(Source);
        var content = File.ReadAllBytes(Source);
        Run(meanwhile: () => File.WriteAllText(Source, "half of it"), FailureKind.Corrupt);
        File.WriteAllBytes(Source, content);
        File.SetLastWriteTimeUtc(Source, time);

        Assert.Single(Remaining());
    }

    [Fact]
    public void Should_leave_out_what_failed_as_it_still_is()
    {
        Run(meanwhile: () => { }, FailureKind.Corrupt);

        Assert.Empty(Remaining());
    }

    private void Run(Action meanwhile, FailureKind kind)
    {
        using var job = Open(resumes: false);
        var task = job.Remaining([Task], CancellationToken.None).Single();
        meanwhile();
        job.Enter(new ImageTaskResult(task, TaskState.Failed, Attempts: 1) { Failure = new TaskFailure(kind, "at fault") });
    }

    private ImageTask[] Remaining()
    {
        using var job = Open(resumes: true);
        return [.. job.Remaining([Task], CancellationToken.None)];
    }

    private ProcessJob Open(bool resumes) =>
        ProcessJob.Open(new JobOptions(_folder.File("log"), resumes, RetriesFailed: false, TrustsTimes: false), _folder.File("out"), "accelerated", isDryRun: false)!;
}
