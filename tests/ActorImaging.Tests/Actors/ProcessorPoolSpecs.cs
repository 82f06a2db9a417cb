using ActorImaging.Actors;
using ActorImaging.Hosting;
using ActorImaging.Tasks;
using Akka.Actor;
using Akka.TestKit;

namespace ActorImaging.Tests.Actors;

/// <summary>Who is free, who is away and who comes back: with processors that do and say what a spec tells them.</summary>
public sealed class ProcessorPoolSpecs : SupervisorSpec
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan OverLimit = TimeSpan.FromSeconds(11);

    private readonly TestProbe _given;

    public ProcessorPoolSpecs() => _given = CreateTestProbe();

    [Fact]
    public async Task Should_try_a_task_again_whose_processor_started_anew_without_having_answered()
    {
        var supervisor = await CreateSupervisorOfSilentOnesAsync();
        await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        var first = await _given.ExpectMsgAsync<ProcessTask>();

        _given.LastSender.Tell(new ProcessorStarted(Guid.NewGuid()));

        var second = await _given.ExpectMsgAsync<ProcessTask>();
        Assert.Equal((first.Task, true), (second.Task, second.Assignment > first.Assignment));
    }

    [Fact]
    public async Task Should_not_take_a_start_that_is_told_twice_for_two()
    {
        var supervisor = await CreateSupervisorOfSilentOnesAsync();
        await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await _given.ExpectMsgAsync<ProcessTask>();
        var incarnation = new ProcessorStarted(Guid.NewGuid());
        _given.LastSender.Tell(incarnation);
        await _given.ExpectMsgAsync<ProcessTask>();

        _given.LastSender.Tell(incarnation);
        supervisor.Tell(incarnation, _given.LastSender);
        await StatusOfAsync(supervisor);

        await _given.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task Should_void_the_permit_of_what_is_answered_or_given_up()
    {
        TaskPermits? permits = null;
        var supervisor = CreateSupervisorOf(
            (report, issued) =>
            {
                Volatile.Write(ref permits, issued);
                return new SilentProcessor(report, _given);
            },
            Settings with { TaskTimeout = Limit });
        await AwaitStatusAsync(supervisor, status => status.ReadyProcessors == Processors);
        var batch = await StartBatchAsync(supervisor, CreateTasks(3), Distribution.WorkPulling);
        var (done, processor) = (await _given.ExpectMsgAsync<ProcessTask>(), _given.LastSender);
        var (failed, other) = (await _given.ExpectMsgAsync<ProcessTask>(), _given.LastSender);
        Assert.NotNull(permits!.Find(done.Assignment));
        Assert.NotNull(permits.Find(failed.Assignment));

        supervisor.Tell(new TaskProcessed(done, new TaskOutcome(TaskState.Succeeded, default, [])), processor);
        var hanging = await _given.ExpectMsgAsync<ProcessTask>();
        supervisor.Tell(new TaskFailed(failed, new TaskFailure(FailureKind.Corrupt, "is torn")), other);
        Assert.Equal(1, (await StatusOfAsync(supervisor)).OpenTasks);
        Assert.Equal([true, true, false], new[] { done, failed, hanging }.Select(given => permits.Find(given.Assignment) is null));

        Pass(supervisor, OverLimit);
        await ExpectEndAsync(batch);
        Assert.Null(permits.Find(hanging.Assignment));
    }

    [Fact]
    public async Task Should_count_no_processor_as_hanging_that_is_gone()
    {
        var supervisor = await CreateSupervisorOfSilentOnesAsync();
        var batch = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await _given.ExpectMsgAsync<ProcessTask>();
        Pass(supervisor, OverLimit);
        Assert.Equal(1, (await ExpectEndAsync(batch)).Summary.TimedOut);
        Assert.Equal(1, (await StatusOfAsync(supervisor)).AbandonedProcessors);

        Sys.Stop(_given.LastSender);

        await AwaitStatusAsync(supervisor, status => status is { ReadyProcessors: Processors, AbandonedProcessors: 0 });
    }

    [Fact]
    public async Task Should_fill_a_place_with_a_processor_that_came_back_and_was_not_needed()
    {
        var (supervisor, spare, others) = await CreateSupervisorWithSpareOnesAsync();

        others.ForEach(Sys.Stop);
        await AwaitGoneAsync(others);

        var begun = new HashSet<string>();
        OnBegun = happened => begun.Add(happened.Processor);
        await AwaitStatusAsync(supervisor, status => status.ReadyProcessors == Processors);
        await ExpectEndAsync(await StartBatchAsync(supervisor, CreateTasks(20), Distribution.RoundRobin));
        Assert.Equal(spare.Select(processor => processor.Path.Name).Order(), begun.Order());
    }

    [Fact]
    public async Task Should_fill_no_place_with_a_processor_that_came_back_and_is_gone()
    {
        var (supervisor, spare, others) = await CreateSupervisorWithSpareOnesAsync();
        spare.ForEach(Sys.Stop);
        await AwaitGoneAsync(spare);
        await StatusOfAsync(supervisor);

        others.ForEach(Sys.Stop);
        await AwaitGoneAsync(others);

        var batch = await StartBatchAsync(supervisor, CreateTasks(20), Distribution.RoundRobin);
        Assert.Equal(20, (await ExpectEndAsync(batch)).Summary.Succeeded);
    }

    [Fact]
    public async Task Should_give_up_after_failed_starts_in_a_row_only()
    {
        var starts = 0;
        var supervisor = CreateSupervisorOf((report, permits) => Interlocked.Increment(ref starts) is <= 8 or (> 10 and <= 16)
            ? throw new InvalidOperationException("not yet")
            : new ImageProcessorActor(report, Work.Process, permits));
        Work.CloseGate();
        var batch = await StartBatchAsync(supervisor, CreateTasks(5), Distribution.WorkPulling);
        await AwaitRunningWhileTimePassesAsync(supervisor);

        (await GetProcessorsAsync(supervisor)).ToList().ForEach(Sys.Stop);
        Work.OpenGate();
        await AwaitStatusWhileTimePassesAsync(supervisor, status => status.OpenTasks == 0);

        Assert.Equal(5, (await ExpectEndAsync(batch)).Summary.Succeeded);
    }

    [Fact]
    public async Task Should_wait_a_moment_after_a_start_that_failed()
    {
        var starts = 0;
        var supervisor = CreateSupervisorOf((_, _) =>
        {
            Interlocked.Increment(ref starts);
            throw new InvalidOperationException("not yet");
        });
        await AwaitAsync(() => Volatile.Read(ref starts) >= Processors);

        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200)); // while the clock stands still
        Assert.Equal(Processors, Volatile.Read(ref starts));

        Pass(supervisor, TimeSpan.FromMilliseconds(50));
        await AwaitAsync(() => Volatile.Read(ref starts) == 2 * Processors);
    }

    [Fact]
    public async Task Should_look_for_itself_after_processors_that_do_not_come()
    {
        Work.Hangs = task => task.Id.Number == 1;
        var supervisor = await CreateSupervisorAsync(Settings with { TaskTimeout = Limit });
        var hanging = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await AwaitRunningAsync(1);
        Pass(supervisor, OverLimit);
        await ExpectEndAsync(hanging);
        await AwaitStatusAsync(supervisor, status => status.ReadyProcessors == Processors);
        Sys.Stop(await GetRouterAsync(supervisor));
        await AwaitStatusAsync(supervisor, status => status.ReadyProcessors == 0);
        var batch = await StartBatchAsync(supervisor, [CreateTask(2), CreateTask(3)], Distribution.WorkPulling);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(300)); // whatever was due before has happened

        Time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(2, (await ExpectEndAsync(batch)).Summary.Succeeded);
    }

    [Fact]
    public async Task Should_take_heart_with_the_next_batch_after_it_gave_up()
    {
        var isBroken = true;
        var supervisor = CreateSupervisorOf((report, permits) => Volatile.Read(ref isBroken)
            ? throw new InvalidOperationException("native library missing")
            : new ImageProcessorActor(report, Work.Process, permits));
        await AwaitStatusWhileTimePassesAsync(supervisor, status => status.Fault is not null);

        Volatile.Write(ref isBroken, false);
        var batch = await StartBatchAsync(supervisor, CreateTasks(5), Distribution.WorkPulling);

        Assert.Equal(5, (await ExpectEndAsync(batch)).Summary.Succeeded);
    }

    [Fact]
    public async Task Should_follow_a_router_that_waits_for_a_processor_which_does_not_end_with_another_of_the_same_dispatcher()
    {
        Work.Hangs = task => task.Id.Number == 1;
        var supervisor = await CreateSupervisorAsync();
        await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await AwaitRunningAsync(1);

        Sys.Stop(await GetRouterAsync(supervisor));
        await AwaitStatusAsync(supervisor, status => status.ReadyProcessors == 1); // the other one hangs
        Pass(supervisor, TimeSpan.FromSeconds(6));

        await AwaitStatusAsync(supervisor, status => status.ReadyProcessors == Processors);
        var batch = await StartBatchAsync(supervisor, [CreateTask(2), CreateTask(3)], Distribution.WorkPulling);
        Assert.Equal(2, (await ExpectEndAsync(batch)).Summary.Succeeded);
        Assert.All(Work.Threads.Keys, thread => Assert.StartsWith("imaging-dispatcher_", thread.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_never_give_two_assignments_one_number_not_even_after_a_defect()
    {
        var supervisor = await CreateSupervisorOfSilentOnesAsync();
        await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        var first = await _given.ExpectMsgAsync<ProcessTask>();

        supervisor.Tell(new TaskProcessed(null!, null!));
        await ExpectEndAsync(first.Batch);
        await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);

        Assert.True((await _given.ExpectMsgAsync<ProcessTask>()).Assignment > first.Assignment);
    }

    private async Task<(IActorRef Supervisor, List<IActorRef> Spare, List<IActorRef> Others)> CreateSupervisorWithSpareOnesAsync()
    {
        Work.Hangs = task => task.Id.Number <= Processors;
        var supervisor = await CreateSupervisorAsync(Settings with { TaskTimeout = Limit });
        var spare = await GetProcessorsAsync(supervisor);
        var batch = await StartBatchAsync(supervisor, CreateTasks(Processors), Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);
        Pass(supervisor, OverLimit);
        await ExpectEndAsync(batch);
        var others = (await GetProcessorsAsync(supervisor)).Except(spare).ToList();
        Work.EndHanging();
        await AwaitStatusAsync(supervisor, status => status is { ReadyProcessors: Processors, AbandonedProcessors: 0 });
        Work.Hangs = _ => false;
        return (supervisor, [.. spare], others);
    }

    private async Task AwaitGoneAsync(List<IActorRef> actors)
    {
        foreach (var actor in actors)
        {
            await WatchAsync(actor);
        }

        for (var gone = 0; gone < actors.Count; gone++)
        {
            await FishForMessageAsync<Terminated>(_ => true);
        }
    }

    private Task AwaitRunningWhileTimePassesAsync(IActorRef supervisor) =>
        AwaitStatusWhileTimePassesAsync(supervisor, _ => Work.Running == Processors);

    private Task AwaitStatusWhileTimePassesAsync(IActorRef supervisor, Func<ImagingStatus, bool> isReached) => AwaitStatusAsync(supervisor, status =>
    {
        Pass(supervisor, TimeSpan.FromMilliseconds(60));
        return isReached(status);
    });

    private async Task<IActorRef> CreateSupervisorOfSilentOnesAsync()
    {
        var supervisor = CreateSupervisorOf((report, _) => new SilentProcessor(report, _given), Settings with { TaskTimeout = Limit });
        await AwaitStatusAsync(supervisor, status => status.ReadyProcessors == Processors);
        return supervisor;
    }

    private IActorRef CreateSupervisorOf(Func<IActorRef, TaskPermits, ActorBase> create, SupervisorSettings? settings = null) => Sys.ActorOf(
        Props.Create(() => new ImageSupervisorActor(
            settings ?? Settings, (report, permits) => Props.CreateBy(new Producer(create, report, permits)), Work.AsWork(Sources), Time)),
        ActorImagingHosting.SupervisorName);

    /// <summary>Shows what it is given, never answers, and starts anew when it is told to.</summary>
    private sealed class SilentProcessor : ReceiveActor
    {
        private readonly IActorRef _supervisor;

        public SilentProcessor(IActorRef supervisor, IActorRef given)
        {
            _supervisor = supervisor;
            Receive<ProcessTask>(task => given.Tell(task));
            Receive<ProcessorStarted>(started => supervisor.Tell(started));
        }

        protected override void PreStart() => _supervisor.Tell(new ProcessorStarted(Guid.NewGuid()));
    }

    private sealed class Producer(Func<IActorRef, TaskPermits, ActorBase> create, IActorRef report, TaskPermits permits) : IIndirectActorProducer
    {
        public Type ActorType => typeof(ActorBase);

        public ActorBase Produce() => create(report, permits);

        public void Release(ActorBase actor)
        {
            // Nothing to give back.
        }
    }
}
