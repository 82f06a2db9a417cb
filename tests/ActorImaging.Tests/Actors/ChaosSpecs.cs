using System.Collections.Concurrent;
using ActorImaging.Actors;
using ActorImaging.Hosting;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace ActorImaging.Tests.Actors;

/// <summary>
/// Drives the client's side and the supervisor together, by scripts that chance writes: tasks fail, crash and hang, processors and their router are
/// killed, batches are cancelled, messages are lost or come twice. Whatever happens, each task ends once and nothing stays.
/// </summary>
public sealed class ChaosSpecs : TestKit
{
    private const int Processors = 2;
    private const int WindowTasks = 8;

    /// <summary>More of them where somebody has the time: <c>CHAOS_SCRIPTS=2000 dotnet test …</c>.</summary>
    private static readonly int Scripts = int.Parse(Environment.GetEnvironmentVariable("CHAOS_SCRIPTS") ?? "40", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TaskTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MostOfAScript = TimeSpan.FromSeconds(30);

    private static readonly Gen<Fate> AnyFate = Gen.Frequency(
        (60, Gen.Const(Fate.Succeeds)),
        (6, Gen.Const(Fate.IsCorrupt)),
        (6, Gen.Const(Fate.CannotBeRead)),
        (4, Gen.Const(Fate.NeedsMemory)),
        (8, Gen.Const(Fate.Crashes)),
        (3, Gen.Const(Fate.Hangs)));

    private static readonly Gen<Mishap> AnyMishap = Gen.Enum<Mishap>();

    private static readonly Gen<ScriptedBatch> AnyBatch =
        from fates in AnyFate.List[0, 25]
        from distribution in Gen.Enum<Distribution>()
        from isCancelled in Gen.Int[0, 9]
        from sources in Gen.Int[1, 6]
        select new ScriptedBatch([.. fates], distribution, isCancelled == 0, sources);

    private static readonly Gen<Script> AnyScript =
        from batches in AnyBatch.List[1, 4]
        from mishaps in AnyMishap.List[0, 8]
        from losses in Gen.Int[0, 12]
        from attempts in Gen.Int[1, 3]
        select new Script([.. batches], [.. mishaps], losses, attempts);

    private bool _hasFailed;

    public ChaosSpecs()
        : base(ImagingConfiguration.Load(new HoconLayer(
            "spec", $"actor-imaging.processors = {Processors}\nakka.loglevel = OFF")).Hocon)
    {
    }

    private enum Fate
    {
        Succeeds,
        IsCorrupt,
        CannotBeRead,
        NeedsMemory,
        Crashes,
        Hangs,
    }

    private enum Mishap
    {
        ProcessorStops,
        ProcessorIsKilled,
        BothProcessorsStop,
        RouterStops,
        RouterIsKilled,
        SupervisorHasADefect,
        TimePasses,
    }

    [Fact]
    public Task Should_end_every_task_once_and_leave_nothing_whatever_happens() =>
        AnyScript.SampleAsync(PlayOneAsync, iter: Scripts, threads: 1, print: script => script.ToString());

    /// <summary>Plays a script; once one has failed no other is played, for actors that are left over would make it fail, too.</summary>
    private async Task PlayOneAsync(Script script)
    {
        if (_hasFailed)
        {
            return;
        }

        _hasFailed = true;
        await PlayAsync(script);
        _hasFailed = false;
    }

    private async Task PlayAsync(Script script)
    {
        using var work = new FakeWork();
        var sources = new SourceLeases();
        var time = new FakeTimeProvider();
        var attempts = new ConcurrentDictionary<(string, TaskId), int>();
        work.Fault = task => FaultOf(script, attempts, task);
        work.Hangs = task => script.FateOf(task) == Fate.Hangs && AttemptOf(attempts, task) == 0;
        var settings = new SupervisorSettings(Distribution.WorkPulling, WindowTasks, script.MaxAttempts, MemoryBudgetBytes: 1000)
        {
            TaskTimeout = TaskTimeout,
            RetryDelay = TimeSpan.FromSeconds(1),
        };
        work.EstimateMemory = task => (task.Id.Number % 7 * 50, 100);
        var supervisor = await CreateSupervisorAsync(ImageSupervisorActor.Props(settings, work.AsWork(sources), time));
        var runs = new ClientRuns();
        var listener = Sys.ActorOf(Props.Create<BatchListener>(supervisor, runs, Patience));
        var line = Sys.ActorOf(Props.Create(() => new BadLine(supervisor, listener, script.Losses)));
        try
        {
            var batches = script.Batches.Select((batch, number) => RunAsync(script, number, line, listener, runs)).ToList();
            using var stop = new CancellationTokenSource();
            var mishaps = MishapAsync(script, supervisor, time, stop.Token);
            await Task.WhenAll(batches).WaitAsync(MostOfAScript);
            await stop.CancelAsync();
            await mishaps;
            work.EndHanging();
            await ExpectNothingLeftAsync(supervisor, time, sources);
        }
        finally
        {
            work.EndHanging();
            Sys.Stop(line);
            Sys.Stop(listener);
            await supervisor.GracefulStop(TimeSpan.FromSeconds(10));
        }
    }

    /// <summary>The name that the deployment is for is free again a moment after the end of the last one is told.</summary>
    private async Task<IActorRef> CreateSupervisorAsync(Props props)
    {
        IActorRef? supervisor = null;
        await AwaitConditionAsync(
            () =>
            {
                try
                {
                    supervisor = Sys.ActorOf(props, ActorImagingHosting.SupervisorName);
                }
                catch (InvalidActorNameException)
                {
                    // not yet
                }

                return Task.FromResult(supervisor is not null);
            },
            TimeSpan.FromSeconds(10),
            TimeSpan.FromMilliseconds(1));
        return supervisor!;
    }

    private static async Task RunAsync(Script script, int number, IActorRef line, IActorRef listener, ClientRuns runs)
    {
        var batch = script.Batches[number];
        var tasks = batch.Fates.Select((_, index) => new ImageTask(new TaskId(index + 1), $"{number}/{index % batch.Sources}", [], "out.png")).ToList();
        var options = new BatchOptions { Distribution = batch.Distribution, CancelGrace = TimeSpan.Zero };
        await using var run = new BatchRun(line, listener, options, Patience * 10);
        runs.Add(run);
        using var cancel = new CancellationTokenSource();
        var ended = new List<ImageTaskResult>();
        await foreach (var happened in run.EventsAsync(tasks.ToAsyncEnumerable(), cancel.Token))
        {
            if (happened is TaskEnded { Result: var result })
            {
                ended.Add(result);
                if (batch.IsCancelled && ended.Count == tasks.Count / 2)
                {
                    await cancel.CancelAsync();
                }
            }
        }

        Assert.Equal(ended.Count, ended.DistinctBy(result => result.Task.Id).Count());
        if (!batch.IsCancelled && !script.HasADefect) // which ends a batch: what was not handed in by then is no part of it
        {
            Assert.Equal(tasks.Count, ended.Count);
        }

        Assert.All(ended, result => Assert.True(IsPossible(script, result), $"{result.State} {result.Failure} of {script.FateOf(result.Task)}"));
    }

    /// <summary>What is lost may be lost; what is cancelled, cancelled; what takes processors down, or is where they are taken down, ends as that.</summary>
    private static bool IsPossible(Script script, ImageTaskResult result) => result switch
    {
        { State: TaskState.Succeeded } => script.FateOf(result.Task) is not (Fate.IsCorrupt or Fate.CannotBeRead or Fate.Hangs) || result.Attempts > 1,
        { State: TaskState.TimedOut } => script.FateOf(result.Task) == Fate.Hangs,
        { State: TaskState.Cancelled } => script.HasADefect || script.Batches.Any(batch => batch.IsCancelled),
        { Failure.Kind: FailureKind.Corrupt } => script.FateOf(result.Task) == Fate.IsCorrupt,
        { Failure.Kind: FailureKind.InputOutput } => script.FateOf(result.Task) == Fate.CannotBeRead && result.Attempts == script.MaxAttempts,
        { Failure.Kind: FailureKind.OutOfMemory } => script.FateOf(result.Task) == Fate.NeedsMemory,
        { Failure.Kind: FailureKind.Quarantined } => result.Attempts == script.MaxAttempts,
        { Failure.Kind: FailureKind.SupervisorStopped } => script.HasADefect,
        { Failure.Kind: FailureKind.Lost } => script.Losses > 0,
        _ => false,
    };

    private async Task MishapAsync(Script script, IActorRef supervisor, FakeTimeProvider time, CancellationToken stop)
    {
        var pending = new Queue<Mishap>(script.Mishaps);
        while (!stop.IsCancellationRequested)
        {
            if (pending.TryDequeue(out var mishap))
            {
                Happen(mishap, supervisor);
            }

            time.Advance(TimeSpan.FromSeconds(2)); // thirty of these are the time-out: no task that does not hang takes as long, on a busy machine either
            supervisor.Tell(new ImageSupervisorActor.LookAtClock());
            await Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None); // chance decides what this meets: no gate would
        }
    }

    private void Happen(Mishap mishap, IActorRef supervisor)
    {
        var routers = Sys.ActorSelection(supervisor.Path / "*");
        switch (mishap)
        {
            case Mishap.ProcessorStops:
                Sys.ActorSelection(supervisor.Path / "*" / "$a").Tell(PoisonPill.Instance);
                break;
            case Mishap.ProcessorIsKilled:
                Sys.ActorSelection(supervisor.Path / "*" / "$b").Tell(Kill.Instance);
                break;
            case Mishap.BothProcessorsStop:
                Sys.ActorSelection(supervisor.Path / "*" / "*").Tell(PoisonPill.Instance);
                break;
            case Mishap.RouterStops:
                routers.Tell(PoisonPill.Instance);
                break;
            case Mishap.RouterIsKilled:
                routers.Tell(Kill.Instance);
                break;
            case Mishap.SupervisorHasADefect:
                supervisor.Tell(new TaskProcessed(null!, null!)); // what no processor sends
                break;
            default:
                break;
        }
    }

    private async Task ExpectNothingLeftAsync(IActorRef supervisor, FakeTimeProvider time, SourceLeases sources)
    {
        ImagingStatus? status = null;
        await AwaitConditionAsync(
            async () =>
            {
                time.Advance(TimeSpan.FromSeconds(7));
                supervisor.Tell(new ImageSupervisorActor.LookAtClock());
                status = await supervisor.Ask<ImagingStatus>(new GetStatus(), TimeSpan.FromSeconds(5));
                return status is { ReadyProcessors: Processors, AbandonedProcessors: 0, OpenBatches: 0, OpenTasks: 0, Fault: null } && (sources.Count, sources.Bytes) == (0, 0);
            },
            TimeSpan.FromSeconds(10),
            TimeSpan.FromMilliseconds(10),
            $"{status}, {sources.Count} sources leased");
    }

    private static Exception? FaultOf(Script script, ConcurrentDictionary<(string, TaskId), int> attempts, ImageTask task)
    {
        var attempt = attempts.AddOrUpdate((task.SourcePath, task.Id), 1, (_, before) => before + 1);
        return script.FateOf(task) switch
        {
            Fate.IsCorrupt => new CorruptSourceException("is torn"),
            Fate.CannotBeRead when attempt <= 2 => new IOException("busy"),
            Fate.NeedsMemory when attempt == 1 => new InsufficientMemoryException("there is none"),
            Fate.Crashes when attempt <= 2 => new InvalidOperationException("a defect"),
            _ => null,
        };
    }

    private static int AttemptOf(ConcurrentDictionary<(string, TaskId), int> attempts, ImageTask task) => attempts.GetValueOrDefault((task.SourcePath, task.Id));

    private sealed record ScriptedBatch(Fate[] Fates, Distribution Distribution, bool IsCancelled, int Sources);

    private sealed record Script(ScriptedBatch[] Batches, Mishap[] Mishaps, int Losses, int MaxAttempts)
    {
        public bool HasADefect => Mishaps.Contains(Mishap.SupervisorHasADefect);

        public Fate FateOf(ImageTask task) => Batches[int.Parse(task.SourcePath.Split('/')[0], System.Globalization.CultureInfo.InvariantCulture)].Fates[(int)task.Id.Number - 1];

        public override string ToString() =>
            $"attempts {MaxAttempts}, losses {Losses}, {string.Join(' ', Mishaps)}; {string.Join("; ", Batches.Select(batch => $"{batch.Distribution}{(batch.IsCancelled ? " cancelled" : "")} of {batch.Sources}: {string.Join(' ', batch.Fates)}"))}";
    }

    /// <summary>Carries messages between a client and a supervisor; some get lost, some come twice. What opens a batch is not among them: that has an answer.</summary>
    private sealed class BadLine : UntypedActor
    {
        private readonly IActorRef _supervisor;
        private readonly IActorRef _listener;
        private readonly int _losses;
        private int _carried;

        public BadLine(IActorRef supervisor, IActorRef listener, int losses)
        {
            _supervisor = supervisor;
            _listener = listener;
            _losses = losses;
        }

        protected override void OnReceive(object message)
        {
            var to = message is BatchEvent ? _listener : _supervisor;
            var isSafe = message is StartBatch or BatchStarted or CancelBatch || _losses == 0;
            _carried++;
            if (isSafe || _carried % 17 >= _losses)
            {
                to.Tell(message);
            }
            else if (_carried % 2 == 0)
            {
                to.Tell(message);
                to.Tell(message);
            }
        }
    }
}
