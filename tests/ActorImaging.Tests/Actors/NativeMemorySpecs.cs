using System.Collections.Immutable;
using ActorImaging.Actors;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging;
using Akka.Actor;

namespace ActorImaging.Tests.Actors;

/// <summary>Real pixels, shared by the tasks of a source: none stay, however those end.</summary>
public sealed class NativeMemorySpecs : SupervisorSpec
{
    private readonly TemporaryFolder _folder = new();
    private readonly ImageEngine _engine = TestEngine.Accelerated();
    private readonly long _before = PixelBuffer.LiveBytes;

    [Fact]
    public async Task Should_be_given_back_when_every_task_is_done()
    {
        var (_, batch) = await StartAsync();
        Work.OpenGate();

        Assert.Equal(6, (await ExpectEndAsync(batch)).Summary.Succeeded);
        Assert.Equal(_before, PixelBuffer.LiveBytes);
    }

    [Fact]
    public async Task Should_be_given_back_when_tasks_restart_their_processors()
    {
        Work.Fault = _ => new InvalidDataException("unexpected");
        var (_, batch) = await StartAsync();
        Work.OpenGate();

        Assert.Equal(6, (await ExpectEndAsync(batch)).Summary.Failed);
        Assert.Equal(_before, PixelBuffer.LiveBytes);
    }

    [Fact]
    public async Task Should_be_given_back_when_the_batch_is_cancelled()
    {
        var (supervisor, batch) = await StartAsync();
        supervisor.Tell(new CancelBatch(batch, Timeout.InfiniteTimeSpan));
        Work.OpenGate();

        await ExpectEndAsync(batch);
        Assert.Equal(_before, PixelBuffer.LiveBytes);
    }

    [Fact]
    public async Task Should_be_given_back_when_a_processor_dies()
    {
        var (supervisor, batch) = await StartAsync();
        Sys.Stop((await GetProcessorsAsync(supervisor))[0]);
        Work.OpenGate();

        Assert.Equal(6, (await ExpectEndAsync(batch)).Summary.Succeeded);
        Assert.Equal(_before, PixelBuffer.LiveBytes);
    }

    [Fact]
    public async Task Should_be_given_back_when_the_supervisor_stops()
    {
        var (supervisor, batch) = await StartAsync();
        Sys.Stop(supervisor);
        Work.OpenGate();

        await ExpectEndAsync(batch);
        Assert.Equal(_before, PixelBuffer.LiveBytes);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }

    /// <summary>Six tasks of one source, of which as many as there are processors hold pixels at the gate.</summary>
    private async Task<(IActorRef Supervisor, BatchId Batch)> StartAsync()
    {
        var source = PictureKinds.Write("rgb", _folder.Path);
        ImmutableArray<ImageTask> tasks = [.. CreateTasks(6).Select(task => task with { SourcePath = source })];
        Work.CloseGate();
        var supervisor = Sys.ActorOf(ImageSupervisorActor.Props(Settings, new ImagingWork(_engine, ProcessWithPixels, Sources), TimeProvider.System), "imaging");
        var batch = await StartBatchAsync(supervisor, tasks, Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);
        Assert.True(PixelBuffer.LiveBytes > _before);
        return (supervisor, batch);
    }

    private TaskOutcome ProcessWithPixels(ImageTask task, TaskPermit permit)
    {
        using var image = Sources.Open(
            task.ImageSource, permit, () => _engine.Decode(task.SourcePath, task.Source), out _);
        image.Apply(new FlipOperation());
        image.Apply(new FlopOperation()); // for this the first kernel's result is made
        return Work.Process(task, permit);
    }
}
