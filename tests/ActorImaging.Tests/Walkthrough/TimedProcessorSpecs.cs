using ActorImaging.Actors;
using ActorImaging.Hosting;
using ActorImaging.Tasks;
using ActorImaging.Tests.Actors;
using Akka.Actor;
using Akka.TestKit;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Xunit.Sdk;

namespace ActorImaging.Tests.Walkthrough;

/// <summary>The walk of docs/testing.md: one law, held against the processor as it is, a first change, and the change that keeps it.</summary>
public sealed class TimedProcessorSpecs : SupervisorSpec
{
    private static readonly Fate Succeeds = new(null, nameof(TaskProcessed));
    private static readonly Fate Fails = new(new IOException("busy"), nameof(TaskFailed));
    private static readonly Fate Crashes = new(new InvalidOperationException("a defect"), nameof(TaskCrashed));
    private static readonly Gen<Fate> AnyFate = Gen.OneOf(Gen.Const(Succeeds), Gen.Const(Fails), Gen.Const(Crashes));
    private static readonly TimeSpan AWhile = TimeSpan.FromSeconds(3);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Should_fail_the_law_as_it_is()
    {
        var red = await Assert.ThrowsAsync<EqualException>(() => ShouldSayHowLongAsync(AsItIs, Succeeds, AWhile));

        Assert.Equal(TestingDocument.MessageOf(nameof(Should_fail_the_law_as_it_is)), red.Message.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Should_fail_the_law_by_a_crash_after_the_first_change()
    {
        await ShouldSayHowLongAsync(AfterTheFirstChange, Succeeds, AWhile);
        await ShouldSayHowLongAsync(AfterTheFirstChange, Fails, AWhile);

        var red = await Assert.ThrowsAsync<EqualException>(() => ShouldSayHowLongAsync(AfterTheFirstChange, Crashes, AWhile));

        Assert.Equal(TestingDocument.MessageOf(nameof(Should_fail_the_law_by_a_crash_after_the_first_change)), red.Message.ReplaceLineEndings("\n"));
    }

    [Fact]
    public Task Should_say_how_long_a_task_took_whatever_becomes_of_it() =>
        Gen.Select(AnyFate, Gen.Int[0, 100_000]).SampleAsync(
            (fate, milliseconds) => ShouldSayHowLongAsync(AfterTheChange, fate, TimeSpan.FromMilliseconds(milliseconds)),
            iter: 50,
            threads: 1); // the spec has one clock and one gate

    [Fact]
    public async Task Should_say_nothing_of_a_task_that_was_withdrawn_before_it_was_begun()
    {
        var (processor, supervisor, _) = await StartProcessorAsync(AfterTheChange);

        processor.Tell(CreateAssignment()); // without a permit

        Assert.Equal([nameof(TaskFailed)], await HearAsync(supervisor, []));
    }

    [Fact]
    public async Task Should_do_a_batch_for_a_supervisor_that_does_not_know_the_message()
    {
        Work.Fault = task => task.Id.Number == 2 ? Crashes.Fault : null;
        var supervisor = Sys.ActorOf(
            Props.Create(() => new ImageSupervisorActor(Settings, AfterTheChange, Work.AsWork(Sources), _time)), ActorImagingHosting.SupervisorName);
        var batch = await StartBatchAsync(supervisor, CreateTasks(20), Distribution.WorkPulling);

        var (summary, _) = await ExpectEndAsync(batch);

        Assert.Equal((19, 1), (summary.Succeeded, summary.Failed));
    }

    /// <summary>The law: whoever has begun a task says how long it took, and then what became of it.</summary>
    private async Task ShouldSayHowLongAsync(Func<IActorRef, TaskPermits, Props> describe, Fate fate, TimeSpan duration)
    {
        var (processor, supervisor, permits) = await StartProcessorAsync(describe);
        var assigned = CreateAssignment(permits.Issue().Assignment);
        Work.Fault = _ => fate.Fault;
        Work.CloseGate();

        processor.Tell(assigned);
        await AwaitRunningAsync(1);
        _time.Advance(duration);
        Work.OpenGate();

        var took = new List<TimeSpan>();
        Assert.Equal([nameof(TaskStarted), nameof(TaskTook), fate.Answer], await HearAsync(supervisor, took));
        Assert.Equal([duration], took);
        Sys.Stop(processor); // it has a thread of its own
    }

    private async Task<(IActorRef Processor, TestProbe Supervisor, TaskPermits Permits)> StartProcessorAsync(Func<IActorRef, TaskPermits, Props> describe)
    {
        var supervisor = CreateTestProbe();
        var permits = new TaskPermits(_time, Timeout.InfiniteTimeSpan);
        var processor = Sys.ActorOf(describe(supervisor, permits).WithDispatcher("imaging-dispatcher")); // a gate may block it
        await supervisor.ExpectMsgAsync<ProcessorStarted>();
        return (processor, supervisor, permits);
    }

    /// <summary>The names of what a processor says, up to its answer.</summary>
    private static async Task<string[]> HearAsync(TestProbe supervisor, List<TimeSpan> took)
    {
        var heard = new List<ProcessorAnswer>();
        while (heard.LastOrDefault() is not (TaskProcessed or TaskFailed or TaskCrashed))
        {
            heard.Add(await supervisor.ExpectMsgAsync<ProcessorAnswer>());
        }

        took.AddRange(heard.OfType<TaskTook>().Select(message => message.Elapsed));
        return [.. heard.Select(message => message.GetType().Name)];
    }

    private static ProcessTask CreateAssignment(long assignment = 1) => new(assignment, BatchId.Create(), CreateTask(1));

    private Props AsItIs(IActorRef supervisor, TaskPermits permits) =>
        Props.Create(() => new ImageProcessorActor(supervisor, Work.Process, permits));

    private Props AfterTheFirstChange(IActorRef supervisor, TaskPermits permits) =>
        Props.Create(() => new FirstTimedProcessorActor(supervisor, Work.Process, permits));

    private Props AfterTheChange(IActorRef supervisor, TaskPermits permits) =>
        Props.Create(() => new TimedProcessorActor(supervisor, Work.Process, permits));

    /// <summary>What becomes of a task, and the answer that says so.</summary>
    private sealed record Fate(Exception? Fault, string Answer);
}
