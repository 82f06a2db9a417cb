using System.Collections.Immutable;
using ActorImaging.Actors;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Tests.Actors;

/// <summary>Time is a promise: what is over its time, or cancelled, ends for whoever waits, whatever its native code does.</summary>
public sealed class TaskTimeSpecs : SupervisorSpec
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WithinASecond = TimeSpan.FromSeconds(1);

    private static SupervisorSettings Limited { get; } = Settings with { TaskTimeout = Limit };

    public static TheoryData<Distribution> Distributions { get; } = [Distribution.WorkPulling, Distribution.RoundRobin];

    [Theory]
    [MemberData(nameof(Distributions))]
    public async Task Should_end_a_task_that_hangs_as_timed_out_and_do_the_others(Distribution distribution)
    {
        Work.Hangs = task => task.Id.Number == 1;
        var supervisor = await CreateSupervisorAsync(Limited);
        var batch = await StartBatchAsync(supervisor, CreateTasks(10), distribution);
        await AwaitStatusAsync(supervisor, status => status.OpenTasks == (distribution == Distribution.RoundRobin ? 5 : 1) && Work.Started.Contains(new TaskId(1)));

        Pass(supervisor, Limit + WithinASecond);
        var (summary, results) = await ExpectEndAsync(batch);

        Assert.Equal((9, 1), (summary.Succeeded, summary.TimedOut));
        var failure = results.Single(result => result.State == TaskState.TimedOut).Failure!;
        Assert.Contains("in-1.png", failure.Reason, StringComparison.Ordinal);
        Assert.Contains("actor-imaging.task-timeout", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_wait_for_a_task_that_is_within_its_time()
    {
        Work.Hangs = _ => true;
        var supervisor = await CreateSupervisorAsync(Limited);
        var batch = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await AwaitRunningAsync(1);

        Pass(supervisor, Limit);
        Assert.Equal(1, (await StatusOfAsync(supervisor)).OpenTasks);
        Work.EndHanging();

        Assert.Equal(1, (await ExpectEndAsync(batch)).Summary.Succeeded);
    }

    [Fact]
    public async Task Should_replace_a_processor_that_hangs_and_use_it_again_when_it_returns()
    {
        Work.Hangs = task => task.Id.Number <= Processors;
        var supervisor = await CreateSupervisorAsync(Limited);
        var batch = await StartBatchAsync(supervisor, CreateTasks(Processors), Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);

        Pass(supervisor, Limit + WithinASecond);
        Assert.Equal(Processors, (await ExpectEndAsync(batch)).Summary.TimedOut);
        await AwaitStatusAsync(supervisor, status => status is { ReadyProcessors: Processors, AbandonedProcessors: Processors, IsHealthy: false });
        Work.EndHanging();

        await AwaitStatusAsync(supervisor, status => status is { ReadyProcessors: Processors, AbandonedProcessors: 0, IsHealthy: true });
        var threads = Work.Threads.Count;
        Work.Hangs = _ => false;
        Work.CloseGate();
        var next = await StartBatchAsync(supervisor, CreateTasks(20), Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);
        Work.OpenGate();
        await ExpectEndAsync(next);
        Assert.InRange(Work.Threads.Count - threads, 0, Processors);
        Assert.Equal(Processors, Work.MostRunning);
    }

    [Fact]
    public async Task Should_take_no_new_work_when_too_many_processors_hang_and_take_it_again_when_they_return()
    {
        Work.Hangs = _ => true;
        var supervisor = await CreateSupervisorAsync(Limited);
        var batch = await StartBatchAsync(supervisor, CreateTasks(Processors), Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);
        Pass(supervisor, Limit + WithinASecond);
        await ExpectEndAsync(batch);

        var refused = await supervisor.Ask<BatchRefused>(new StartBatch(BatchId.Create()), TimeSpan.FromSeconds(5));
        Assert.Equal(RefusalCause.Impaired, refused.Cause);
        Assert.Contains("native calls that do not return", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(refused.Reason, (await StatusOfAsync(supervisor)).Fault);

        Work.EndHanging();
        await AwaitStatusAsync(supervisor, status => status.Fault is null);
        Assert.Equal(2, (await ExpectEndAsync(await StartBatchAsync(supervisor, CreateTasks(2), Distribution.WorkPulling))).Summary.Succeeded);
    }

    [Fact]
    public async Task Should_not_hear_what_comes_too_late()
    {
        Work.Hangs = _ => true;
        var supervisor = await CreateSupervisorAsync(Limited);
        var batch = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await AwaitRunningAsync(1);
        Pass(supervisor, Limit + WithinASecond);
        await ExpectEndAsync(batch);

        Work.EndHanging();
        await AwaitStatusAsync(supervisor, status => status.AbandonedProcessors == 0);

        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200));
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public async Task Should_end_a_cancelled_batch_after_its_grace_though_a_task_hangs(Distribution distribution)
    {
        Work.Hangs = _ => true;
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, CreateTasks(10), distribution);
        await AwaitRunningAsync(Processors);

        supervisor.Tell(new CancelBatch(batch, TimeSpan.FromMilliseconds(500)));
        Assert.Equal(Processors, (await StatusOfAsync(supervisor)).OpenTasks);
        Pass(supervisor, TimeSpan.FromMilliseconds(500));
        var (summary, results) = await ExpectEndAsync(batch);

        Assert.Equal(10, summary.Cancelled);
        Assert.Equal(Processors, results.Count(result => result.Attempts == 1));
    }

    [Fact]
    public async Task Should_keep_the_processor_of_a_cancelled_task_that_ends_soon_and_replace_it_when_it_does_not()
    {
        Work.Hangs = _ => true;
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await AwaitRunningAsync(1);
        Time.Advance(TimeSpan.FromMinutes(1)); // it is counted from the cancel, not from the start
        supervisor.Tell(new CancelBatch(batch, TimeSpan.Zero));
        Pass(supervisor, TimeSpan.Zero);
        await ExpectEndAsync(batch);

        Pass(supervisor, TimeSpan.FromMilliseconds(1999));
        Assert.Equal(0, (await StatusOfAsync(supervisor)).AbandonedProcessors);
        Pass(supervisor, TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, (await StatusOfAsync(supervisor)).AbandonedProcessors);
    }

    [Fact]
    public async Task Should_leave_a_task_that_is_over_its_time_a_moment_to_notice_that_itself()
    {
        Work.Hangs = _ => true;
        var supervisor = await CreateSupervisorAsync(Limited);
        var batch = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await AwaitRunningAsync(1);

        Pass(supervisor, Limit + TimeSpan.FromMilliseconds(299));
        var status = await StatusOfAsync(supervisor);
        Assert.Equal((1, 0), (status.OpenTasks, status.AbandonedProcessors));
        Work.EndHanging();

        Assert.Equal(1, (await ExpectEndAsync(batch)).Summary.TimedOut);
        Assert.Equal(0, (await StatusOfAsync(supervisor)).AbandonedProcessors);
    }

    [Fact]
    public async Task Should_let_a_task_finish_that_is_just_putting_its_output_in_place()
    {
        Work.Hangs = _ => true;
        Work.UsesUp = _ => true;
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await AwaitRunningAsync(1);

        supervisor.Tell(new CancelBatch(batch, TimeSpan.Zero));
        await StatusOfAsync(supervisor);
        Pass(supervisor, TimeSpan.FromMilliseconds(299));
        Assert.Equal(1, (await StatusOfAsync(supervisor)).OpenTasks);
        Work.EndHanging();

        Assert.Equal(1, (await ExpectEndAsync(batch)).Summary.Succeeded);
    }

    [Fact]
    public async Task Should_not_wait_for_ever_for_an_output_that_is_put_in_place()
    {
        Work.Hangs = _ => true;
        Work.UsesUp = _ => true;
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await AwaitRunningAsync(1);

        supervisor.Tell(new CancelBatch(batch, TimeSpan.Zero));
        await StatusOfAsync(supervisor);
        Pass(supervisor, TimeSpan.FromMilliseconds(300));

        Assert.Equal(1, (await ExpectEndAsync(batch)).Summary.Cancelled);
    }

    [Fact]
    public async Task Should_wait_a_moment_longer_for_a_task_over_its_time_that_is_just_putting_its_output_in_place()
    {
        Work.Hangs = _ => true;
        Work.UsesUp = _ => true;
        var supervisor = await CreateSupervisorAsync(Limited);
        var batch = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await AwaitRunningAsync(1);

        Pass(supervisor, Limit + TimeSpan.FromMilliseconds(599));
        Assert.Equal(1, (await StatusOfAsync(supervisor)).OpenTasks);
        Pass(supervisor, TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, (await ExpectEndAsync(batch)).Summary.TimedOut);
    }

    [Fact]
    public async Task Should_go_by_the_shortest_grace_that_was_ever_given()
    {
        Work.Hangs = _ => true;
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await AwaitRunningAsync(1);

        supervisor.Tell(new CancelBatch(batch, Timeout.InfiniteTimeSpan));
        supervisor.Tell(new CancelBatch(batch, WithinASecond));
        supervisor.Tell(new CancelBatch(batch, TimeSpan.FromHours(1)));
        supervisor.Tell(new CancelBatch(batch, Timeout.InfiniteTimeSpan));
        await StatusOfAsync(supervisor);
        Pass(supervisor, WithinASecond);

        Assert.Equal(1, (await ExpectEndAsync(batch)).Summary.Cancelled);
    }

    [Fact]
    public async Task Should_give_up_what_hangs_on_a_processor_that_was_given_up_on_before()
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync(Limited);
        var cancelled = await StartBatchAsync(supervisor, CreateTasks(Processors), Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);
        supervisor.Tell(new CancelBatch(cancelled, TimeSpan.Zero));
        Pass(supervisor, TimeSpan.Zero);
        await ExpectEndAsync(cancelled);
        Work.OpenGate();
        await AwaitRunningAsync(0);

        Work.Hangs = _ => true;
        var batch = await StartBatchAsync(supervisor, CreateTasks(Processors), Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);
        Pass(supervisor, Limit + WithinASecond);

        Assert.Equal(Processors, (await ExpectEndAsync(batch)).Summary.TimedOut);
    }

    [Fact]
    public async Task Should_end_its_batches_when_it_drains_though_a_task_hangs()
    {
        Work.Hangs = _ => true;
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, CreateTasks(10), Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);
        var stopper = CreateTestProbe();

        supervisor.Tell(new DrainSupervisor(TimeSpan.FromSeconds(3)), stopper);
        await stopper.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        Pass(supervisor, TimeSpan.FromSeconds(3));

        await stopper.ExpectMsgAsync<SupervisorDrained>();
        Assert.Equal(10, (await ExpectEndAsync(batch)).Summary.Cancelled);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Should_begin_anew_after_a_defect_without_waiting_for_a_processor_that_hangs(int defects)
    {
        Work.Hangs = task => task.Id.Number == 1;
        var supervisor = await CreateSupervisorAsync();
        var batch = BatchId.Create();
        supervisor.Tell(new StartBatch(batch), TestActor);
        await ExpectMsgAsync<BatchStarted>();
        supervisor.Tell(new AddTasks(batch, 0, CreateTasks(1)), TestActor);
        await AwaitRunningAsync(1);
        var router = await GetRouterAsync(supervisor);

        Sources.Take(new ImageSource("left behind.png", new SourceSettings()), tasks: 1, bytes: 1);
        for (var defect = 0; defect < defects; defect++)
        {
            supervisor.Tell(new TaskProcessed(null!, null!)); // what no processor sends; at the second one the first router is just being stopped
        }

        var (summary, _) = await ExpectEndAsync(batch);
        Assert.Equal(1, summary.Failed);
        Assert.True(Work.Permits[new TaskId(1)].IsWithdrawn);
        Assert.Equal(0, Sources.Count);

        ImmutableArray<ImageTask> others = [.. CreateTasks(20).Skip(1)];
        Assert.Equal(19, (await ExpectEndAsync(await StartBatchAsync(supervisor, others, Distribution.WorkPulling))).Summary.Succeeded);
        Assert.All(Work.Threads.Keys, thread => Assert.StartsWith("imaging-dispatcher_", thread.Name, StringComparison.Ordinal));

        await WatchAsync(router);
        Work.EndHanging();
        await ExpectTerminatedAsync(router, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Should_answer_whoever_waits_for_the_drain_when_a_defect_comes_between()
    {
        Work.Hangs = _ => true;
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await AwaitRunningAsync(1);
        var stopper = CreateTestProbe();
        supervisor.Tell(new DrainSupervisor(Timeout.InfiniteTimeSpan), stopper);

        supervisor.Tell(new TaskProcessed(null!, null!));

        await stopper.ExpectMsgAsync<SupervisorDrained>();
        Assert.Equal(1, (await ExpectEndAsync(batch)).Summary.Failed);
    }

    [Fact]
    public async Task Should_still_know_of_processors_that_hang_after_a_defect()
    {
        Work.Hangs = _ => true;
        var supervisor = await CreateSupervisorAsync(Limited);
        var batch = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await AwaitRunningAsync(1);
        Pass(supervisor, Limit + WithinASecond);
        await ExpectEndAsync(batch);

        supervisor.Tell(new TaskProcessed(null!, null!));

        await AwaitStatusAsync(supervisor, status => status is { ReadyProcessors: Processors, AbandonedProcessors: 1 });
        Work.EndHanging();
        await AwaitStatusAsync(supervisor, status => status is { ReadyProcessors: Processors, AbandonedProcessors: 0 });
    }
}
