using ActorImaging.Actors;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Tests.Actors;

/// <summary>What may pass is tried again: after a while, by timers, or alone.</summary>
public sealed class RetrySpecs : SupervisorSpec
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(8);

    private static SupervisorSettings Patient { get; } = Settings with { RetryDelay = Delay };

    [Fact]
    public async Task Should_wait_longer_before_each_attempt_while_others_go_on()
    {
        Work.Fault = task => task.Id.Number == 1 ? new IOException("no space left") : null;
        var supervisor = await CreateSupervisorAsync(Patient);
        var batch = await StartBatchAsync(supervisor, CreateTasks(9), Distribution.WorkPulling);
        await AwaitStatusAsync(supervisor, status => status.OpenTasks == 1 && Work.Ended.Count == 9);
        await AwaitHeardAsync(supervisor);

        await ExpectAttemptsAsync(supervisor, after: Delay * 0.7, attempts: 1); // a quarter less is the least
        await ExpectAttemptsAsync(supervisor, after: Delay * 0.6, attempts: 2);
        await ExpectAttemptsAsync(supervisor, after: Delay * 1.4, attempts: 2);
        await ExpectAttemptsAsync(supervisor, after: Delay * 1.2, attempts: 3);

        var (summary, results) = await ExpectEndAsync(batch);
        Assert.Equal((8, 1), (summary.Succeeded, summary.Failed));
        Assert.Equal(3, results.Single(result => result.State == TaskState.Failed).Attempts);
    }

    [Fact]
    public async Task Should_end_a_task_that_waits_to_be_tried_again_when_its_batch_is_cancelled()
    {
        Work.Fault = _ => new IOException("busy");
        var supervisor = await CreateSupervisorAsync(Patient);
        var batch = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.RoundRobin);
        await AwaitAsync(() => Work.Ended.Count == 1);
        await AwaitHeardAsync(supervisor);

        supervisor.Tell(new CancelBatch(batch, TimeSpan.FromMinutes(1)));

        Assert.Equal(1, (await ExpectEndAsync(batch)).Summary.Cancelled);
    }

    [Theory]
    [InlineData(Distribution.WorkPulling)]
    [InlineData(Distribution.RoundRobin)]
    public async Task Should_try_again_alone_what_ran_out_of_memory_beside_others(Distribution distribution)
    {
        var (attempts, wasAlone) = (0, false);
        Work.Fault = task =>
        {
            if (task.Id.Number != 5)
            {
                return null;
            }

            wasAlone = Work.Running == 1;
            return Interlocked.Increment(ref attempts) == 1 ? new InsufficientMemoryException("too much at once") : null;
        };
        var batch = await StartBatchAsync(await CreateSupervisorAsync(), CreateTasks(40), distribution);

        var (summary, results) = await ExpectEndAsync(batch);

        Assert.Equal(40, summary.Succeeded);
        Assert.True(wasAlone);
        Assert.Equal(2, results.Single(result => result.Task.Id.Number == 5).Attempts);
    }

    [Fact]
    public async Task Should_begin_what_wants_to_be_alone_when_nobody_is_in_flight_and_nobody_beside_it()
    {
        var attempts = 0;
        Work.Hangs = task => task.Id.Number == 1 || (task.Id.Number == 5 && Volatile.Read(ref attempts) == 1);
        Work.Fault = task => task.Id.Number == 5 && Interlocked.Increment(ref attempts) == 1 ? new InsufficientMemoryException("too much at once") : null;
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, [CreateTask(1), CreateTask(5)], Distribution.RoundRobin); // each has a processor of its own
        await AwaitAsync(() => Work is { Ended.Count: 1, Running: 1 });
        await AwaitHeardAsync(supervisor, hanging: 1);
        var others = await StartBatchAsync(supervisor, CreateTasks(4), Distribution.WorkPulling);
        await StatusOfAsync(supervisor);
        Assert.Equal([1, 5], Work.Started.Select(task => task.Number).Order()); // one is in flight: neither the one alone is begun, nor others

        Work.EndHanging();
        await AwaitAsync(() => Work.Started.Count >= 3);
        Assert.Equal(5, Work.Started.ElementAt(2).Number);
        Assert.Equal(2, (await ExpectEndAsync(batch)).Summary.Succeeded);
        Assert.Equal(4, (await ExpectEndAsync(others)).Summary.Succeeded);
    }

    [Fact]
    public async Task Should_begin_nobody_beside_what_is_alone()
    {
        var attempts = 0;
        Work.Hangs = task => task.Id.Number == 5 && Volatile.Read(ref attempts) == 1;
        Work.Fault = task => task.Id.Number == 5 && Interlocked.Increment(ref attempts) == 1 ? new InsufficientMemoryException("too much at once") : null;
        var supervisor = await CreateSupervisorAsync();
        var alone = await StartBatchAsync(supervisor, [CreateTask(5)], Distribution.WorkPulling);
        await AwaitAsync(() => Work is { Started.Count: 2, Ended.Count: 1, Running: 1 });

        var others = await StartBatchAsync(supervisor, CreateTasks(4), Distribution.WorkPulling);
        await StatusOfAsync(supervisor);
        foreach (var processor in await GetProcessorsAsync(supervisor))
        {
            Assert.Equal(0, ((ActorRefWithCell)processor).Underlying.NumberOfMessages);
        }

        Assert.Equal(2, Work.Started.Count);
        Work.EndHanging();
        await ExpectEndAsync(alone);
        Assert.Equal(4, (await ExpectEndAsync(others)).Summary.Succeeded);
    }

    [Fact]
    public async Task Should_give_up_what_runs_out_of_memory_alone()
    {
        Work.Fault = task => task.Id.Number == 5 ? new InsufficientMemoryException("too large") : null;
        var batch = await StartBatchAsync(await CreateSupervisorAsync(Settings with { MaxAttempts = 10 }), CreateTasks(9), Distribution.WorkPulling);

        var (_, results) = await ExpectEndAsync(batch);

        var failed = results.Single(result => result.State == TaskState.Failed);
        Assert.Equal((FailureKind.OutOfMemory, 2), (failed.Failure!.Kind, failed.Attempts));
    }

    [Fact]
    public async Task Should_not_restart_a_processor_on_what_is_foreseen()
    {
        Work.Fault = _ => new CorruptSourceException("is torn");
        var supervisor = await CreateSupervisorAsync();
        var before = await GetProcessorsAsync(supervisor);
        var starts = CreateTestProbe();
        Sys.EventStream.Subscribe(starts, typeof(Akka.Event.Debug));

        var batch = await StartBatchAsync(supervisor, CreateTasks(10), Distribution.WorkPulling);
        await ExpectEndAsync(batch);

        Assert.Equal(before, await GetProcessorsAsync(supervisor));
        Assert.Equal(10, Work.Started.Count);
    }

    [Fact]
    public async Task Should_not_try_again_what_took_its_processor_down_after_its_batch_was_cancelled()
    {
        Work.CloseGate();
        Work.Fault = _ => new InvalidOperationException("defect");
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, CreateTasks(1), Distribution.WorkPulling);
        await AwaitRunningAsync(1);

        supervisor.Tell(new CancelBatch(batch, Timeout.InfiniteTimeSpan));
        await StatusOfAsync(supervisor);
        Work.OpenGate();

        var result = Assert.Single((await ExpectEndAsync(batch)).Results);
        Assert.Equal((TaskState.Cancelled, 1), (result.State, result.Attempts));
        Assert.Single(Work.Started);
    }

    [Theory]
    [InlineData(Distribution.WorkPulling)]
    [InlineData(Distribution.RoundRobin)]
    public async Task Should_keep_the_source_of_what_is_tried_again_at_once(Distribution distribution)
    {
        Work.Hangs = task => task.Id.Number == 2;
        var attempts = 0;
        Work.Fault = task =>
        {
            if (task.Id.Number == 1 || Interlocked.Increment(ref attempts) > 1)
            {
                return null;
            }

            Work.CloseGate(); // for the next attempt
            return new InvalidOperationException("defect");
        };
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, [.. CreateTasks(2).Select(task => task with { SourcePath = "in.png" })], distribution);
        await AwaitStatusAsync(supervisor, status => status.OpenTasks == 1 && Work.Running == 1);

        Work.EndHanging();
        await AwaitStatusAsync(supervisor, _ => Work.Started.Count == 3);

        Assert.Equal(1, Sources.Count);
        Work.OpenGate();
        Assert.Equal(2, (await ExpectEndAsync(batch)).Summary.Succeeded);
        Assert.Equal(0, Sources.Count);
    }

    private async Task ExpectAttemptsAsync(IActorRef supervisor, TimeSpan after, int attempts)
    {
        Pass(supervisor, after);
        await StatusOfAsync(supervisor); // it has looked at the clock, and has begun what was due
        await AwaitHeardAsync(supervisor);
        Assert.Equal(attempts, Work.Ended.Count(task => task.Number == 1));
    }
}
