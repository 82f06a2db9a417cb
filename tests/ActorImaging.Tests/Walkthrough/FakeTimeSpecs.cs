using ActorImaging.Actors;
using ActorImaging.Hosting;
using ActorImaging.Tests.Actors;
using Akka.Actor;
using Microsoft.Extensions.Time.Testing;

namespace ActorImaging.Tests.Walkthrough;

/// <summary>A minute that takes no time: the spec has the clock, and tells the supervisor to look at it.</summary>
public sealed class FakeTimeSpecs : SupervisorSpec
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Should_time_out_a_task_that_hangs_and_use_its_processor_again_once_it_returns()
    {
        Work.Hangs = task => task.Id.Number == 1;
        var settings = Settings with { TaskTimeout = TimeSpan.FromMinutes(1) };
        var supervisor = Sys.ActorOf(ImageSupervisorActor.Props(settings, Work.AsWork(Sources), _time), ActorImagingHosting.SupervisorName);
        var batch = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await AwaitRunningAsync(1);

        _time.Advance(TimeSpan.FromMinutes(2));
        supervisor.Tell(new ImageSupervisorActor.LookAtClock());
        var (summary, _) = await ExpectEndAsync(batch);

        Assert.Equal(1, summary.TimedOut);
        await AwaitStatusAsync(supervisor, status => status is { ReadyProcessors: Processors, AbandonedProcessors: 1 });
        Work.EndHanging();
        await AwaitStatusAsync(supervisor, status => status is { ReadyProcessors: Processors, AbandonedProcessors: 0 });
    }
}
