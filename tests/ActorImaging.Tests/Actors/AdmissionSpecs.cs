using ActorImaging.Actors;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Tests.Actors;

/// <summary>Batches and their tasks are bounded; one too many is told so at once.</summary>
public sealed class AdmissionSpecs : SupervisorSpec
{
    [Fact]
    public async Task Should_refuse_a_batch_too_many_with_an_estimate_and_take_it_later()
    {
        Work.CloseGate();
        var supervisor = CreateSupervisor(Settings with { MaxBatches = 2 });
        var first = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        var second = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);

        var refused = await supervisor.Ask<BatchRefused>(new StartBatch(BatchId.Create()), TimeSpan.FromSeconds(5));
        Assert.Equal(RefusalCause.Busy, refused.Cause);
        Assert.InRange(refused.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Assert.Contains("actor-imaging.max-batches", refused.Reason, StringComparison.Ordinal);

        Work.OpenGate();
        await ExpectEndAsync(first);
        await ExpectEndAsync(second);
        await ExpectEndAsync(await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling));
    }

    [Fact]
    public async Task Should_keep_places_for_the_tasks_of_a_batch_and_no_more_than_there_are()
    {
        var supervisor = CreateSupervisor(Settings with { MaxOpenTasks = 10, WindowTasks = 6 });

        Assert.Equal(6, await WindowOfAsync(mostTasks: null));
        Assert.Equal(1, await WindowOfAsync(mostTasks: 1));
        Assert.Equal(3, await WindowOfAsync(mostTasks: null));
        Assert.Equal(RefusalCause.Busy, (await supervisor.Ask<BatchRefused>(new StartBatch(BatchId.Create(), MostTasks: 1), TimeSpan.FromSeconds(5))).Cause);

        async Task<int> WindowOfAsync(int? mostTasks)
        {
            supervisor.Tell(new StartBatch(BatchId.Create(), MostTasks: mostTasks), TestActor);
            return (await ExpectMsgAsync<BatchStarted>()).WindowTasks;
        }
    }

    [Fact]
    public async Task Should_say_of_a_batch_that_it_does_not_know_that_it_does_not()
    {
        var supervisor = CreateSupervisor();

        await supervisor.Ask<BatchUnknown>(new CheckBatch(BatchId.Create(), 3), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Should_say_which_tasks_were_lost_and_take_none_twice()
    {
        Work.CloseGate();
        var supervisor = CreateSupervisor();
        var batch = BatchId.Create();
        supervisor.Tell(new StartBatch(batch), TestActor);
        await ExpectMsgAsync<BatchStarted>();

        supervisor.Tell(new AddTasks(batch, Before: 3, CreateTasks(2)), TestActor);
        supervisor.Tell(new AddTasks(batch, Before: 3, CreateTasks(2)), TestActor);
        supervisor.Tell(new EndOfTasks(batch, Count: 7), TestActor);

        var lost = new[] { await FishForMessageAsync<TasksLost>(_ => true), await FishForMessageAsync<TasksLost>(_ => true) };
        Work.OpenGate();
        var ended = await FishForMessageAsync<BatchEnded>(_ => true);
        Assert.Equal([(0L, 3L), (5L, 2L)], lost.Select(tasks => (tasks.First, tasks.Count)));
        Assert.Equal((2, 2, 7), (ended.Summary.Submitted, ended.Summary.Succeeded, ended.Arrived));
    }
}
