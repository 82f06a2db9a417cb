using ActorImaging.Actors;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Tests.Actors;

public sealed class ImageSupervisorActorSpecs : SupervisorSpec
{
    public static TheoryData<Distribution> Distributions { get; } = [Distribution.WorkPulling, Distribution.RoundRobin];

    [Theory]
    [MemberData(nameof(Distributions))]
    public async Task Should_end_every_task_once(Distribution distribution)
    {
        var batch = await StartBatchAsync(await CreateSupervisorAsync(), CreateTasks(100), distribution);

        var (summary, _) = await ExpectEndAsync(batch);

        Assert.Equal((100, 100), (summary.Submitted, summary.Succeeded));
        Assert.Equal(100, Work.Started.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public async Task Should_answer_a_batch_of_nothing(Distribution distribution)
    {
        var batch = await StartBatchAsync(await CreateSupervisorAsync(), [], distribution);

        var (summary, _) = await ExpectEndAsync(batch);

        Assert.Equal(0, summary.Submitted);
    }

    [Fact]
    public async Task Should_begin_the_longest_task_first_when_work_is_pulled()
    {
        Work.CloseGate();
        Work.Hangs = task => task.Id.Number == 1; // that leaves one processor, whose order is certain
        var supervisor = await CreateSupervisorAsync();
        var hold = await StartBatchAsync(supervisor, CreateTasks(Processors), Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);
        var batch = await StartBatchWhileBusyAsync(supervisor, [CreateTask(11), CreateTask(30), CreateTask(20)]);

        Work.OpenGate();
        await ExpectEndAsync(batch);
        Work.EndHanging();
        await ExpectEndAsync(hold);

        Assert.Equal([30, 20, 11], Work.Started.Select(task => task.Number).Where(number => number > Processors));
    }

    [Fact]
    public async Task Should_never_give_a_busy_processor_a_task_when_work_is_pulled()
    {
        Work.CloseGate();
        var batch = await StartBatchAsync(await CreateSupervisorAsync(), CreateTasks(20), Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);

        Assert.Equal(Processors, Work.Started.Count);
        foreach (var processor in await GetProcessorsAsync(await SupervisorAsync()))
        {
            Assert.Equal(0, ((ActorRefWithCell)processor).Underlying.NumberOfMessages);
        }

        Work.OpenGate();
        await ExpectEndAsync(batch);
    }

    [Fact]
    public async Task Should_deal_task_i_to_processor_i_mod_n_when_round_robin()
    {
        var begun = new Dictionary<TaskId, string>();
        Work.CloseGate();
        var batch = await StartBatchAsync(await CreateSupervisorAsync(), CreateTasks(20), Distribution.RoundRobin);
        await AwaitRunningAsync(Processors);
        Work.OpenGate();
        OnBegun = happened => begun.Add(happened.Task.Id, happened.Processor);

        await ExpectEndAsync(batch);

        Assert.Equal(20, begun.Count);
        Assert.All(begun.GroupBy(task => task.Key.Number % Processors), dealt => Assert.Single(dealt.Select(task => task.Value).Distinct()));
        Assert.Equal(Processors, begun.Values.Distinct().Count());
    }

    [Fact]
    public async Task Should_let_no_task_wait_in_a_mailbox()
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync();
        var dealt = await StartBatchAsync(supervisor, CreateTasks(20), Distribution.RoundRobin);
        var pulled = await StartBatchAsync(supervisor, CreateTasks(20), Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);

        foreach (var processor in await GetProcessorsAsync(supervisor))
        {
            Assert.Equal(0, ((ActorRefWithCell)processor).Underlying.NumberOfMessages);
        }

        Work.OpenGate();
        await ExpectEndAsync(dealt);
        await ExpectEndAsync(pulled);
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public async Task Should_finish_what_is_in_flight_and_cancel_the_rest(Distribution distribution)
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, CreateTasks(20), distribution);
        await AwaitRunningAsync(Processors);

        supervisor.Tell(new CancelBatch(batch, Timeout.InfiniteTimeSpan), TestActor);
        await supervisor.Ask<BatchRefused>(new StartBatch(batch), TimeSpan.FromSeconds(5)); // the cancel is handled by now
        Work.OpenGate();
        var (summary, results) = await ExpectEndAsync(batch);

        Assert.Equal((Processors, 20 - Processors), (summary.Succeeded, summary.Cancelled));
        Assert.Equal(Processors, Work.Started.Count);
        Assert.All(results, result => Assert.Equal(result.State == TaskState.Cancelled ? 0 : 1, result.Attempts));
    }

    [Fact]
    public async Task Should_cancel_the_batch_of_an_observer_that_is_gone()
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync();
        var observer = CreateTestProbe();
        var batch = BatchId.Create();
        supervisor.Tell(new StartBatch(batch), observer);
        supervisor.Tell(new AddTasks(batch, 0, CreateTasks(20)), observer);
        await AwaitRunningAsync(Processors);

        Sys.Stop(observer);
        await AwaitStatusAsync(supervisor, status => status.OpenTasks == Processors);
        Work.OpenGate();
        var next = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await ExpectEndAsync(next);

        Assert.Equal(Processors + 1, Work.Started.Count);
    }

    [Fact]
    public async Task Should_refuse_a_second_task_of_one_id_and_keep_the_first()
    {
        var batch = await StartBatchAsync(await CreateSupervisorAsync(), [CreateTask(1), CreateTask(1) with { SourcePath = "other.png" }], Distribution.WorkPulling);

        var (summary, results) = await ExpectEndAsync(batch);

        Assert.Equal((1, 1), (summary.Succeeded, summary.Failed));
        Assert.Equal(FailureKind.DuplicateId, Assert.Single(results, result => result.State == TaskState.Failed).Failure!.Kind);
    }

    [Fact]
    public async Task Should_ignore_answers_that_belong_to_an_earlier_batch_or_assignment()
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await AwaitRunningAsync(1);
        var stranger = CreateTestProbe();

        supervisor.Tell(new TaskProcessed(new ProcessTask(1, BatchId.Create(), CreateTask(1)), Stale), stranger);
        supervisor.Tell(new TaskProcessed(new ProcessTask(99, batch, CreateTask(1)), Stale), stranger);
        supervisor.Tell(new TaskCrashed(new ProcessTask(99, batch, CreateTask(1)), new TaskFailure(FailureKind.Corrupt, "stale")), stranger);
        await supervisor.Ask<BatchRefused>(new StartBatch(batch), TimeSpan.FromSeconds(5));
        await ExpectMsgAsync<TaskBegun>();
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));

        Work.OpenGate();
        var (summary, _) = await ExpectEndAsync(batch);
        Assert.Equal((1, 1), (summary.Submitted, summary.Succeeded));
    }

    [Fact]
    public async Task Should_drain_and_then_refuse()
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, CreateTasks(10), Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);
        var stopper = CreateTestProbe();

        supervisor.Tell(new DrainSupervisor(Timeout.InfiniteTimeSpan), stopper);
        await supervisor.Ask<BatchRefused>(new StartBatch(BatchId.Create()), TimeSpan.FromSeconds(5));
        await stopper.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        Work.OpenGate();

        await stopper.ExpectMsgAsync<SupervisorDrained>();
        await StatusOfAsync(supervisor);
        await stopper.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100)); // once
        var (summary, _) = await ExpectEndAsync(batch);
        Assert.Equal((Processors, 10 - Processors), (summary.Succeeded, summary.Cancelled));
    }

    [Fact]
    public async Task Should_answer_for_every_task_when_it_is_stopped_itself()
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, CreateTasks(10), Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);

        Sys.Stop(supervisor);
        Work.OpenGate();
        var (summary, results) = await ExpectEndAsync(batch);

        Assert.Equal(10, summary.Failed + summary.Succeeded);
        Assert.All(
            results.Where(result => result.State == TaskState.Failed),
            result => Assert.Equal(FailureKind.SupervisorStopped, result.Failure!.Kind));
    }

    private static TaskOutcome Stale { get; } = new(TaskState.Succeeded, default, []);

    private Task<IActorRef> SupervisorAsync() => Sys.ActorSelection("/user/imaging").ResolveOne(TimeSpan.FromSeconds(5));

    /// <summary>Opens a batch while the spec's own mailbox holds events of another.</summary>
    private async Task<BatchId> StartBatchWhileBusyAsync(IActorRef supervisor, System.Collections.Immutable.ImmutableArray<ImageTask> tasks)
    {
        var batch = BatchId.Create();
        supervisor.Tell(new StartBatch(batch, Distribution.WorkPulling), TestActor);
        supervisor.Tell(new AddTasks(batch, 0, tasks), TestActor);
        supervisor.Tell(new EndOfTasks(batch, tasks.Length), TestActor);
        await FishForMessageAsync(message => message is BatchStarted);
        return batch;
    }
}
