using ActorImaging.Actors;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Tests.Actors;

/// <summary>Where there are fewer threads than processors, a task may be given to one that can't begin it yet.</summary>
public sealed class FewThreadsSpecs : SupervisorSpec
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public FewThreadsSpecs()
        : base("imaging-dispatcher { type = ForkJoinDispatcher, dedicated-thread-pool.thread-count = 1 }")
    {
    }

    [Fact]
    public async Task Should_never_begin_what_was_given_up_before()
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, CreateTasks(Processors), Distribution.WorkPulling);
        await AwaitRunningAsync(1);
        supervisor.Tell(new CancelBatch(batch, TimeSpan.Zero));
        Pass(supervisor, TimeSpan.Zero);
        Assert.Equal(Processors, (await ExpectEndAsync(batch)).Summary.Cancelled);

        Work.OpenGate();
        var next = await StartBatchAsync(supervisor, [CreateTask(11), CreateTask(12), CreateTask(13)], Distribution.RoundRobin);
        await ExpectEndAsync(next);

        Assert.Single(Work.Started, task => task.Number <= Processors);
    }

    [Fact]
    public async Task Should_say_that_no_thread_was_free_for_a_task_that_never_began()
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync(Settings with { TaskTimeout = Limit });
        var batch = await StartBatchAsync(supervisor, CreateTasks(Processors), Distribution.WorkPulling);
        await AwaitRunningAsync(1);

        Pass(supervisor, Limit + TimeSpan.FromSeconds(1));
        var (summary, results) = await ExpectEndAsync(batch);

        Assert.Equal(Processors, summary.TimedOut);
        Assert.Contains("while no thread was free for it", results.Single(result => result.Attempts == 0).Failure!.Reason, StringComparison.Ordinal);
        Assert.Contains("is still in a native call", results.Single(result => result.Attempts == 1).Failure!.Reason, StringComparison.Ordinal);
    }
}
