using System.Collections.Immutable;
using ActorImaging.Actors;
using ActorImaging.Hosting;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Time.Testing;

namespace ActorImaging.Tests.Actors;

/// <summary>A system with the reference configuration and two processors, for specs of the supervisor.</summary>
public abstract class SupervisorSpec : TestKit
{
    protected const int Processors = 2;

    private readonly Dictionary<BatchId, List<ImageTaskResult>> _results = [];
    private readonly Dictionary<BatchId, BatchSummary> _summaries = [];

    protected SupervisorSpec(params string[] hocon)
        : base(ImagingConfiguration.Load(
            [
                new HoconLayer("spec", $"actor-imaging.processors = {Processors}\nakka.loglevel = OFF"),
                .. hocon.Select(text => new HoconLayer("spec", text)),
            ]).Hocon)
    {
    }

    internal FakeWork Work { get; } = new();

    internal SourceLeases Sources { get; } = new();

    private protected static SupervisorSettings Settings { get; } = new(Distribution.WorkPulling, WindowTasks: 1024, MaxAttempts: 3, MemoryBudgetBytes: long.MaxValue)
    {
        RetryDelay = TimeSpan.Zero,
    };

    /// <summary>A clock that stands still until a spec says otherwise; see <see cref="Pass"/>.</summary>
    protected FakeTimeProvider Time { get; } = new();

    /// <summary>A supervisor whose processors are there: a spec that lets time pass before that would have it wait for them in vain.</summary>
    private protected async Task<IActorRef> CreateSupervisorAsync(SupervisorSettings? settings = null)
    {
        var supervisor = Sys.ActorOf(ImageSupervisorActor.Props(settings ?? Settings, Work.AsWork(Sources), Time), ActorImagingHosting.SupervisorName);
        await AwaitStatusAsync(supervisor, status => status.ReadyProcessors == status.Processors);
        return supervisor;
    }

    /// <summary>Lets time pass, and has the supervisor look at the clock.</summary>
    protected void Pass(IActorRef supervisor, TimeSpan time)
    {
        Time.Advance(time);
        supervisor.Tell(new ImageSupervisorActor.LookAtClock());
    }

    /// <summary>Asks the supervisor how it is; whatever it was told before is handled by then.</summary>
    private protected static Task<ImagingStatus> StatusOfAsync(IActorRef supervisor) => supervisor.Ask<ImagingStatus>(new GetStatus(), TimeSpan.FromSeconds(5));

    /// <summary>
    /// Waits until every processor has done what it was given, and the supervisor has heard of that: a processor says so before it looks at anything else.
    /// </summary>
    /// <param name="supervisor">The supervisor.</param>
    /// <param name="hanging">Processors that hang, and are not waited for.</param>
    protected async Task AwaitHeardAsync(IActorRef supervisor, int hanging = 0)
    {
        var probe = CreateTestProbe();
        var processors = await GetProcessorsAsync(supervisor);
        foreach (var processor in processors)
        {
            processor.Tell(new Identify(null), probe);
        }

        for (var others = processors.Count - hanging; others > 0; others--)
        {
            await probe.ExpectMsgAsync<ActorIdentity>(TimeSpan.FromSeconds(10));
        }

        await StatusOfAsync(supervisor);
    }

    /// <summary>Waits for something that only other threads show.</summary>
    protected Task AwaitAsync(Func<bool> isReached) => AwaitConditionAsync(
        () => Task.FromResult(isReached()), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(5));

    /// <summary>A task whose id is also its cost, so that a spec can tell the order in which tasks are begun.</summary>
    protected static ImageTask CreateTask(long id) => new(new TaskId(id), $"in-{id}.png", [new GrayscaleOperation()], $"out-{id}.png");

    protected static ImmutableArray<ImageTask> CreateTasks(int count) => [.. Enumerable.Range(1, count).Select(id => CreateTask(id))];

    /// <summary>Opens a batch, with this spec as its observer, and hands in its tasks.</summary>
    protected async Task<BatchId> StartBatchAsync(IActorRef supervisor, ImmutableArray<ImageTask> tasks, Distribution distribution)
    {
        var batch = BatchId.Create();
        supervisor.Tell(new StartBatch(batch, distribution), TestActor);
        while (await ExpectMsgAsync<BatchEvent>(TimeSpan.FromSeconds(10)) is var happened and not BatchStarted)
        {
            Note(happened); // of a batch that runs already
        }

        supervisor.Tell(new AddTasks(batch, 0, tasks), TestActor);
        supervisor.Tell(new EndOfTasks(batch, tasks.Length), TestActor);
        return batch;
    }

    /// <summary>Follows a batch to its end.</summary>
    protected async Task<(BatchSummary Summary, IReadOnlyList<ImageTaskResult> Results)> ExpectEndAsync(BatchId batch)
    {
        BatchSummary? summary;
        while (!_summaries.TryGetValue(batch, out summary))
        {
            Note(await ExpectMsgAsync<BatchEvent>(TimeSpan.FromSeconds(10)));
        }

        var results = ResultsOf(batch);
        Assert.True(summary.IsAccountedFor);
        Assert.Equal(results.Count, summary.Submitted);
        Assert.Equal(results.Count, results.DistinctBy(result => result.Task).Count());
        return (summary, results);
    }

    /// <summary>Is told of each task that is begun, while a batch is followed.</summary>
    protected Action<TaskBegun> OnBegun { get; set; } = _ => { };

    /// <summary>Waits until the supervisor says so of itself.</summary>
    protected Task AwaitStatusAsync(IActorRef supervisor, Func<ImagingStatus, bool> isReached) => AwaitConditionAsync(
        async () => isReached(await StatusOfAsync(supervisor)), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(10));

    /// <summary>Waits until so many tasks run.</summary>
    protected Task AwaitRunningAsync(int count) => Work.AwaitRunningAsync(count);

    /// <summary>The processors of a supervisor, which have started by then.</summary>
    protected async Task<IReadOnlyList<IActorRef>> GetProcessorsAsync(IActorRef supervisor)
    {
        await AwaitStatusAsync(supervisor, status => status.ReadyProcessors == status.Processors);
        var router = await GetRouterAsync(supervisor);
        var routees = await router.Ask<Akka.Routing.Routees>(Akka.Routing.GetRoutees.Instance, TimeSpan.FromSeconds(5));
        return [.. routees.Members.Cast<Akka.Routing.ActorRefRoutee>().Select(routee => routee.Actor)];
    }

    /// <summary>The router of a supervisor, which has started by then.</summary>
    protected async Task<IActorRef> GetRouterAsync(IActorRef supervisor)
    {
        await supervisor.Ask<ActorIdentity>(new Identify(null), TimeSpan.FromSeconds(5));
        return await Sys.ActorSelection(supervisor.Path / ProcessorPool.RouterName).ResolveOne(TimeSpan.FromSeconds(5));
    }

    protected override void AfterAll()
    {
        Work.OpenGate();
        Work.EndHanging();
        base.AfterAll();
        Work.Dispose();
    }

    /// <summary>Events of several batches come mixed.</summary>
    private void Note(BatchEvent happened)
    {
        if (happened is TaskBegun begun)
        {
            OnBegun(begun);
        }
        else if (happened is TaskEnded task)
        {
            ResultsOf(task.Batch).Add(task.Result);
        }
        else if (happened is BatchEnded ended)
        {
            _summaries.Add(ended.Batch, ended.Summary);
        }
    }

    private List<ImageTaskResult> ResultsOf(BatchId batch)
    {
        if (!_results.TryGetValue(batch, out var results))
        {
            _results.Add(batch, results = []);
        }

        return results;
    }
}
