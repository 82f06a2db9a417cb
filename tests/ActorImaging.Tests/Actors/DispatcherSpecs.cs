using ActorImaging.Actors;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Tests.Actors;

public sealed class DispatcherSpecs : SupervisorSpec
{
    [Fact]
    public async Task Should_run_processors_on_threads_named_after_the_dispatcher_and_no_more_at_once_than_there_are()
    {
        Work.CloseGate();
        var batch = await StartBatchAsync(await CreateSupervisorAsync(), CreateTasks(50), Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);
        Work.OpenGate();
        await ExpectEndAsync(batch);

        Assert.Equal(Processors, Work.MostRunning);
        Assert.All(Work.Threads.Keys, thread => Assert.StartsWith("imaging-dispatcher_", thread.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_leave_other_actors_responsive_while_every_processor_is_busy()
    {
        Work.CloseGate();
        var batch = await StartBatchAsync(await CreateSupervisorAsync(), CreateTasks(50), Distribution.RoundRobin);
        await AwaitRunningAsync(Processors);
        var echo = Sys.ActorOf<EchoActor>();

        // The gate stays closed: an answer at all means that the processors' threads are not the ones that other actors need.
        Assert.Equal("ping", await echo.Ask<string>("ping", TimeSpan.FromSeconds(10)));

        Work.OpenGate();
        await ExpectEndAsync(batch);
    }

    private sealed class EchoActor : ReceiveActor
    {
        public EchoActor() => ReceiveAny(message => Sender.Tell(message));
    }
}
