using ActorImaging.Actors;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Time.Testing;

namespace ActorImaging.Tests.Actors;

public sealed class ImageProcessorActorSpecs : TestKit
{
    private static readonly ImageTask Example = new(new TaskId(1), "in.png", [], "out.png");

    private readonly FakeTimeProvider _time = new();
    private readonly TaskPermits _permits;
    private readonly IActorRef _processor;

    public ImageProcessorActorSpecs()
        : base("akka.loglevel = OFF")
    {
        _permits = new TaskPermits(_time, TimeSpan.FromSeconds(10));
        _processor = Sys.ActorOf(Props.Create<ImageProcessorActor>(TestActor, (ProcessImageTask)Work.Process, _permits));
        ExpectMsg<ProcessorStarted>();
    }

    private FakeWork Work { get; } = new();

    [Fact]
    public async Task Should_count_the_time_of_an_attempt_from_when_it_begins()
    {
        var (_, permit) = _permits.Issue();
        _time.Advance(TimeSpan.FromMinutes(1)); // no thread was free for it

        _processor.Tell(new ProcessTask(1, BatchId.Create(), Example));

        await ExpectMsgAsync<TaskStarted>();
        Assert.Equal(TaskState.Succeeded, (await ExpectMsgAsync<TaskProcessed>()).Outcome.State);
        Assert.Equal(TimeSpan.Zero, permit.Elapsed);
    }

    [Fact]
    public async Task Should_not_begin_what_nobody_waits_for_any_more_and_say_so()
    {
        _permits.Issue();
        _permits.Remove(1);

        _processor.Tell(new ProcessTask(1, BatchId.Create(), Example));

        Assert.Equal(FailureKind.Withdrawn, (await ExpectMsgAsync<TaskFailed>()).Failure.Kind);
        Assert.Empty(Work.Started);
    }

    [Fact]
    public async Task Should_report_the_task_that_restarts_it_before_it_says_that_it_is_free()
    {
        Work.Fault = _ => new InvalidOperationException("defect");
        _permits.Issue();

        _processor.Tell(new ProcessTask(1, BatchId.Create(), Example));

        await ExpectMsgAsync<TaskStarted>();
        Assert.Equal(FailureKind.Unexpected, (await ExpectMsgAsync<TaskCrashed>()).Failure.Kind);
        await ExpectMsgAsync<ProcessorStarted>();
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        Work.Dispose();
    }
}
