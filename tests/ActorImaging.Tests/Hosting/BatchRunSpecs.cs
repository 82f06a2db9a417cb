using System.Diagnostics;
using System.Runtime.CompilerServices;
using ActorImaging.Actors;
using ActorImaging.Hosting;
using ActorImaging.Tasks;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorImaging.Tests.Hosting;

/// <summary>The client's side of a batch, with a supervisor that says what a spec has it say.</summary>
public sealed class BatchRunSpecs : TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly TestProbe _listener;
    private readonly List<ImageTaskResult> _results = [];

    public BatchRunSpecs()
        : base("akka.loglevel = OFF") => _listener = CreateTestProbe();

    [Fact]
    public async Task Should_end_tasks_as_lost_whose_results_did_not_come()
    {
        await using var run = CreateRun();
        var reading = await StartAsync(run, CreateTasks(3));

        run.Hear(Ended(run, 2));
        run.Hear(new BatchChecked(run.Batch, Arrived: 3, Open: 1)); // one is not done: nothing is known of the others
        run.Hear(new BatchChecked(run.Batch, Arrived: 2, Open: 0));
        run.Hear(new BatchChecked(run.Batch, Arrived: 2, Open: 0));
        run.Hear(Ended(run, 3));
        run.Hear(new BatchEnded(run.Batch, default!, Arrived: 3));
        await reading.WaitAsync(Soon);

        Assert.Equal([(2, null), (1, FailureKind.Lost), (3, null)], Told());
    }

    [Fact]
    public async Task Should_end_the_tasks_as_lost_that_the_supervisor_lacks_and_no_others()
    {
        await using var run = CreateRun();
        var reading = await StartAsync(run, CreateTasks(4));

        run.Hear(new TasksLost(run.Batch, First: 1, Count: 2));
        run.Hear(Ended(run, 4));
        run.Hear(Ended(run, 1));
        run.Hear(new BatchEnded(run.Batch, default!, Arrived: 4));
        await reading.WaitAsync(Soon);

        Assert.Equal([(2, FailureKind.Lost), (3, FailureKind.Lost), (4, null), (1, null)], Told());
    }

    [Fact]
    public async Task Should_tell_each_result_once()
    {
        await using var run = CreateRun();
        var reading = await StartAsync(run, CreateTasks(1));

        run.Hear(Ended(run, 1));
        run.Hear(Ended(run, 1));
        run.Hear(new BatchEnded(run.Batch, default!, Arrived: 1));
        await reading.WaitAsync(Soon);

        Assert.Equal([(1, null)], Told());
    }

    [Fact]
    public async Task Should_tell_of_a_second_task_of_one_id_that_it_was_refused()
    {
        await using var run = CreateRun();
        var reading = await StartAsync(run, [.. CreateTasks(1), .. CreateTasks(1)]);

        run.Hear(Ended(run, 1));
        run.Hear(new TaskEnded(run.Batch, new ImageTaskResult(CreateTasks(1)[0], TaskState.Failed, 0, Failure: new TaskFailure(FailureKind.DuplicateId, "is there"))));
        run.Hear(new BatchEnded(run.Batch, default!, Arrived: 2));
        await reading.WaitAsync(Soon);

        Assert.Equal([(1, null), (1, FailureKind.DuplicateId)], Told());
    }

    [Fact]
    public async Task Should_end_every_task_of_a_batch_that_the_supervisor_does_not_know()
    {
        await using var run = CreateRun();
        var reading = await StartAsync(run, CreateTasks(2));

        run.Hear(new BatchUnknown(run.Batch));
        await reading.WaitAsync(Soon);

        Assert.Equal([(1, FailureKind.Lost), (2, FailureKind.Lost)], Told());
    }

    [Fact]
    public async Task Should_call_tasks_cancelled_that_came_after_the_batch_had_ended_and_lost_whose_results_are()
    {
        await using var run = CreateRun();
        var reading = await StartAsync(run, CreateTasks(3));

        run.Hear(new BatchEnded(run.Batch, default!, Arrived: 1));
        await reading.WaitAsync(Soon);

        Assert.Equal([(2, null), (3, null), (1, FailureKind.Lost)], Told());
        Assert.Equal([TaskState.Cancelled, TaskState.Cancelled, TaskState.Failed], _results.Select(result => result.State));
    }

    [Fact]
    public async Task Should_ask_after_a_quiet_batch_and_say_once_more_that_no_task_comes()
    {
        await using var run = CreateRun();
        var reading = await StartAsync(run, CreateTasks(2));

        run.Check(quiet: TimeSpan.Zero);

        Assert.Equal(2, (await ExpectMsgAsync<EndOfTasks>()).Count);
        Assert.Equal(2, (await ExpectMsgAsync<CheckBatch>()).Count);
        Assert.Equal(_listener, LastSender);
        run.Hear(new BatchUnknown(run.Batch));
        await reading.WaitAsync(Soon);
    }

    [Fact]
    public async Task Should_not_ask_after_a_batch_that_was_just_heard_of()
    {
        await using var run = CreateRun();
        var reading = await StartAsync(run, CreateTasks(1));

        run.Check(quiet: TimeSpan.FromHours(1));

        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        run.Hear(new BatchUnknown(run.Batch));
        await reading.WaitAsync(Soon);
    }

    [Fact]
    public async Task Should_not_ask_after_a_batch_that_was_heard_of_since_it_was_quiet()
    {
        await using var run = CreateRun();
        var reading = await StartAsync(run, CreateTasks(2));
        var started = Stopwatch.GetTimestamp();
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(400));
        var quiet = Stopwatch.GetElapsedTime(started);

        run.Hear(Ended(run, 1));
        run.Check(quiet);

        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        run.Hear(new BatchUnknown(run.Batch));
        await reading.WaitAsync(Soon);
    }

    [Fact]
    public async Task Should_not_wait_for_ever_for_a_supervisor_that_says_nothing()
    {
        await using var run = new BatchRun(TestActor, _listener, new BatchOptions(), patience: TimeSpan.Zero);
        var reading = await StartAsync(run, CreateTasks(1));

        run.Check(quiet: TimeSpan.Zero);

        var fault = await Assert.ThrowsAsync<TimeoutException>(() => reading.WaitAsync(Soon));
        Assert.Contains("actor-imaging.answer-timeout", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_cancel_its_batch_when_whoever_reads_has_left()
    {
        var grace = TimeSpan.FromSeconds(7);
        var run = new BatchRun(TestActor, _listener, new BatchOptions { CancelGrace = grace }, Soon);
        await StartAsync(run, CreateTasks(1));

        await run.DisposeAsync();

        Assert.Equal(new CancelBatch(run.Batch, grace), await ExpectMsgAsync<CancelBatch>());
        Assert.True(run.Ended.IsCompleted);
        run.Break(new InvalidOperationException("nobody reads"));
    }

    [Fact]
    public async Task Should_give_the_sequence_of_tasks_a_moment_to_end_when_whoever_reads_has_left()
    {
        var (isWaiting, gate, hasEnded) = (new TaskCompletionSource(), new TaskCompletionSource(), false);
        var run = CreateRun();
        await using var reading = run.EventsAsync(Sequence(), CancellationToken.None).GetAsyncEnumerator();
        var first = reading.MoveNextAsync().AsTask();
        await ExpectMsgAsync<StartBatch>();
        run.Hear(new BatchStarted(run.Batch, WindowTasks: 8));
        await isWaiting.Task.WaitAsync(Soon);

        var leaving = run.DisposeAsync().AsTask();
        Assert.False(leaving.IsCompleted);
        gate.SetResult();

        await leaving.WaitAsync(Soon);
        Assert.True(hasEnded);
        run.Hear(new BatchEnded(run.Batch, default!, Arrived: 0));
        Assert.False(await first.WaitAsync(Soon));

        async IAsyncEnumerable<ImageTask> Sequence([EnumeratorCancellation] CancellationToken cancellation = default)
        {
            try
            {
                isWaiting.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            finally
            {
                await gate.Task;
                hasEnded = true;
            }

            yield break;
        }
    }

    [Fact]
    public async Task Should_end_its_runs_and_those_that_come_when_the_supervisor_stops()
    {
        var (runs, supervisor) = (new ClientRuns(), CreateTestProbe());
        Sys.ActorOf(Props.Create<BatchListener>(supervisor, runs, Soon));
        await ExpectBrokenAsync(runs, () => Sys.Stop(supervisor));
    }

    [Fact]
    public async Task Should_end_its_runs_and_those_that_come_when_the_system_stops()
    {
        var runs = new ClientRuns();
        var listener = Sys.ActorOf(Props.Create<BatchListener>(CreateTestProbe(), runs, Soon));
        await ExpectBrokenAsync(runs, () => Sys.Stop(listener));
    }

    [Fact]
    public async Task Should_ask_after_a_quiet_batch_well_before_patience_is_lost()
    {
        var patience = TimeSpan.FromSeconds(1);
        var runs = new ClientRuns();
        await using var run = CreateRun();
        runs.Add(run);
        var reading = await StartAsync(run, CreateTasks(1));

        Sys.ActorOf(Props.Create<BatchListener>(CreateTestProbe(), runs, patience));

        await FishForMessageAsync<CheckBatch>(_ => true, max: 3 * patience);
        run.Hear(new BatchUnknown(run.Batch));
        await reading.WaitAsync(Soon);
    }

    [Fact]
    public async Task Should_not_ask_after_a_batch_that_has_not_started()
    {
        await using var run = CreateRun();
        var reading = ReadAsync(run, CreateTasks(1));
        await ExpectMsgAsync<StartBatch>();

        run.Check(quiet: TimeSpan.Zero);

        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100)); // the answer would be that nobody knows it
        run.Hear(new BatchStarted(run.Batch, WindowTasks: 8));
        run.Hear(new BatchUnknown(run.Batch));
        await reading.WaitAsync(Soon);
    }

    private async Task ExpectBrokenAsync(ClientRuns runs, Action stop)
    {
        await using var run = CreateRun();
        runs.Add(run);
        var reading = await StartAsync(run, CreateTasks(1));

        stop();

        await Assert.ThrowsAsync<InvalidOperationException>(() => reading.WaitAsync(Soon));
        await using var late = CreateRun();
        runs.Add(late);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ReadAsync(late, []).WaitAsync(Soon));
    }

    private BatchRun CreateRun() => new(TestActor, _listener, new BatchOptions(), Soon);

    /// <summary>Starts a batch; all its tasks are handed in by then.</summary>
    private async Task<Task> StartAsync(BatchRun run, List<ImageTask> tasks)
    {
        var reading = ReadAsync(run, tasks);
        await ExpectMsgAsync<StartBatch>();
        run.Hear(new BatchStarted(run.Batch, WindowTasks: 8));
        await FishForMessageAsync<EndOfTasks>(end => end.Count == tasks.Count);
        return reading;
    }

    private async Task ReadAsync(BatchRun run, List<ImageTask> tasks)
    {
        await foreach (var happened in run.EventsAsync(tasks.ToAsyncEnumerable(), CancellationToken.None))
        {
            _results.Add(Assert.IsType<TaskEnded>(happened).Result);
        }
    }

    private IEnumerable<(long, FailureKind?)> Told() => _results.Select(result => (result.Task.Id.Number, result.Failure?.Kind));

    private static TaskEnded Ended(BatchRun run, int id) => new(run.Batch, new ImageTaskResult(CreateTasks(id)[^1], TaskState.Succeeded, Attempts: 1));

    private static List<ImageTask> CreateTasks(int count) =>
        [.. Enumerable.Range(1, count).Select(id => new ImageTask(new TaskId(id), "in.png", [], "out.png"))];
}
