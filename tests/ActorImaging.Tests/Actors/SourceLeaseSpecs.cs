using System.Collections.Immutable;
using ActorImaging.Actors;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Tests.Actors;

/// <summary>A source is leased while tasks of it are begun or wait, and let go however they end.</summary>
public sealed class SourceLeaseSpecs : SupervisorSpec
{
    private static ImmutableArray<ImageTask> SixTasksOfOneSource { get; } = [.. CreateTasks(6).Select(task => task with { SourcePath = "in.png" })];

    [Theory]
    [InlineData(Distribution.WorkPulling)]
    [InlineData(Distribution.RoundRobin)]
    public async Task Should_lease_a_source_until_its_last_task_has_ended(Distribution distribution)
    {
        Work.CloseGate();
        var batch = await StartBatchAsync(await CreateSupervisorAsync(), SixTasksOfOneSource, distribution);
        await AwaitRunningAsync(Processors);
        Assert.Equal(1, Sources.Count);

        Work.OpenGate();
        await ExpectEndAsync(batch);

        Assert.Equal(0, Sources.Count);
    }

    [Theory]
    [InlineData(Distribution.WorkPulling)]
    [InlineData(Distribution.RoundRobin)]
    public async Task Should_let_go_a_source_whose_tasks_fail(Distribution distribution)
    {
        Work.Fault = _ => new InvalidDataException("unexpected"); // restarts the processor, is tried again, and fails for good
        var batch = await StartBatchAsync(await CreateSupervisorAsync(), SixTasksOfOneSource, distribution);

        var (summary, _) = await ExpectEndAsync(batch);

        Assert.Equal((6, 0), (summary.Failed, Sources.Count));
    }

    [Theory]
    [InlineData(Distribution.WorkPulling)]
    [InlineData(Distribution.RoundRobin)]
    public async Task Should_let_go_a_source_whose_batch_is_cancelled(Distribution distribution)
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, SixTasksOfOneSource, distribution);
        await AwaitRunningAsync(Processors);

        supervisor.Tell(new CancelBatch(batch, Timeout.InfiniteTimeSpan));
        Work.OpenGate();
        await ExpectEndAsync(batch);

        Assert.Equal(0, Sources.Count);
    }

    [Fact]
    public async Task Should_let_go_a_source_whose_processor_dies()
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, SixTasksOfOneSource, Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);

        Sys.Stop((await GetProcessorsAsync(supervisor))[0]);
        Work.OpenGate();
        var (summary, _) = await ExpectEndAsync(batch);

        Assert.Equal((6, 0), (summary.Succeeded, Sources.Count));
    }

    [Fact]
    public async Task Should_let_go_every_source_when_the_supervisor_stops()
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync();
        var batch = await StartBatchAsync(supervisor, SixTasksOfOneSource, Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);

        Sys.Stop(supervisor);
        Work.OpenGate(); // a supervisor ends after its processors
        await ExpectEndAsync(batch);

        Assert.Equal(0, Sources.Count);
    }

    [Fact]
    public async Task Should_begin_no_more_than_there_is_memory_for()
    {
        Work.EstimateMemory = task => (Source: 60, Working: 0);
        var supervisor = await CreateSupervisorAsync(Settings with { MemoryBudgetBytes = 100 });
        var batch = await StartBatchAsync(supervisor, CreateTasks(20), Distribution.WorkPulling);

        await ExpectEndAsync(batch);

        Assert.Equal(1, Work.MostRunning);
    }

    [Fact]
    public async Task Should_share_the_memory_between_batches()
    {
        Work.EstimateMemory = task => (Source: 60, Working: 0);
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync(Settings with { MemoryBudgetBytes = 100 });
        var first = await StartBatchAsync(supervisor, CreateTasks(3), Distribution.WorkPulling);
        var second = await StartBatchAsync(supervisor, [.. CreateTasks(3).Select(task => task with { SourcePath = $"other-{task.SourcePath}" })], Distribution.WorkPulling);
        await AwaitRunningAsync(1);

        Work.OpenGate();
        await ExpectEndAsync(first);
        await ExpectEndAsync(second);

        Assert.Equal(1, Work.MostRunning);
    }
}
