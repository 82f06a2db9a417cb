using ActorImaging.Actors;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Tests.Actors;

public sealed class SingleProcessorSpecs : SupervisorSpec
{
    public SingleProcessorSpecs()
        : base("actor-imaging.processors = 1")
    {
    }

    [Fact]
    public async Task Should_take_new_work_while_one_processor_hangs_and_none_while_two_do()
    {
        Work.Hangs = _ => true;
        var supervisor = await CreateSupervisorAsync(Settings with { TaskTimeout = TimeSpan.FromSeconds(10) });
        for (var hanging = 1; hanging <= 2; hanging++)
        {
            var batch = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
            await AwaitRunningAsync(hanging);
            Pass(supervisor, TimeSpan.FromSeconds(11));
            Assert.Equal(1, (await ExpectEndAsync(batch)).Summary.TimedOut);
        }

        var refused = await supervisor.Ask<BatchRefused>(new StartBatch(BatchId.Create()), TimeSpan.FromSeconds(5));
        Assert.Equal(RefusalCause.Impaired, refused.Cause);
    }
}
