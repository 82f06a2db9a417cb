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
        var supervisor = await CreateSupervisorAsync(Settings with { MaxBatches = 2 });
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
        var supervisor = await CreateSupervisorAsync(Settings with { MaxOpenTasks = 10, WindowTasks = 6 });

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
    public async Task Should_estimate_by_the_pace_so_far_when_there_will_be_room()
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync(Settings with { MaxBatches = 1, WindowTasks = 10 });
        var first = await StartBatchAsync(supervisor, CreateTasks(10), Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);
        Time.Advance(TimeSpan.FromSeconds(200));
        Work.OpenGate();
        await ExpectEndAsync(first);

        supervisor.Tell(new StartBatch(BatchId.Create()), TestActor);
        var refused = await supervisor.Ask<BatchRefused>(new StartBatch(BatchId.Create()), TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(200), refused.RetryAfter);
    }

    [Fact]
    public async Task Should_cancel_what_is_left_of_the_batches_of_an_observer_that_is_gone_when_one_has_ended()
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync();
        var observer = CreateTestProbe();
        var (ended, open) = (BatchId.Create(), BatchId.Create());
        supervisor.Tell(new StartBatch(ended), observer);
        supervisor.Tell(new StartBatch(open), observer);
        supervisor.Tell(new EndOfTasks(ended, 0), observer);
        Assert.Equal(1, (await StatusOfAsync(supervisor)).OpenBatches);

        Sys.Stop(observer);

        await AwaitStatusAsync(supervisor, status => status.OpenBatches == 0);
    }

    [Fact]
    public async Task Should_cancel_the_batch_of_an_observer_that_is_gone_whose_earlier_batch_has_ended()
    {
        var supervisor = await CreateSupervisorAsync();
        var observer = CreateTestProbe();
        var (earlier, open) = (BatchId.Create(), BatchId.Create());
        supervisor.Tell(new StartBatch(earlier), observer);
        supervisor.Tell(new EndOfTasks(earlier, 0), observer);
        supervisor.Tell(new StartBatch(open), observer);
        Assert.Equal(1, (await StatusOfAsync(supervisor)).OpenBatches);

        Sys.Stop(observer);

        await AwaitStatusAsync(supervisor, status => status.OpenBatches == 0);
    }

    [Fact]
    public async Task Should_take_no_task_after_the_last()
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);

        supervisor.Tell(new AddTasks(batch, 1, [CreateTask(2)]), TestActor);

        Assert.Equal(1, (await StatusOfAsync(supervisor)).OpenTasks);
        Work.OpenGate();
        Assert.Equal(1, (await ExpectEndAsync(batch)).Summary.Submitted);
    }

    [Fact]
    public async Task Should_begin_no_task_that_comes_after_its_batch_was_cancelled()
    {
        var supervisor = await CreateSupervisorAsync();
        var batch = BatchId.Create();
        supervisor.Tell(new StartBatch(batch), TestActor);
        await ExpectMsgAsync<BatchStarted>();

        supervisor.Tell(new CancelBatch(batch, TimeSpan.Zero), TestActor);
        supervisor.Tell(new AddTasks(batch, 0, CreateTasks(2)), TestActor);
        supervisor.Tell(new EndOfTasks(batch, 2), TestActor);

        Assert.Equal(2, (await ExpectEndAsync(batch)).Summary.Cancelled);
        Assert.Empty(Work.Started);
    }

    [Fact]
    public async Task Should_say_of_a_batch_that_it_does_not_know_that_it_does_not()
    {
        var supervisor = await CreateSupervisorAsync();

        await supervisor.Ask<BatchUnknown>(new CheckBatch(BatchId.Create(), 3), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Should_say_which_tasks_were_lost_when_it_is_asked_after_a_batch()
    {
        var supervisor = await CreateSupervisorAsync();
        var batch = BatchId.Create();
        supervisor.Tell(new StartBatch(batch), TestActor);
        await ExpectMsgAsync<BatchStarted>();

        supervisor.Tell(new CheckBatch(batch, Count: 3), TestActor);

        await ExpectMsgAsync(new TasksLost(batch, First: 0, Count: 3));
        await ExpectMsgAsync(new BatchChecked(batch, Arrived: 3, Open: 0));
    }

    [Fact]
    public async Task Should_say_which_tasks_were_lost_and_take_none_twice()
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync();
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
