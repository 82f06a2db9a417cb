using System.Collections.Immutable;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Actors.Bench;

/// <summary>
/// Compares one processor with many: does the same tasks once per row and round, rounds interleaved so that a machine whose speed drifts
/// drifts for all rows alike. Has supervisors of its own, with the pools that the configuration deploys below <c>/bench</c>.
/// </summary>
internal sealed class BenchActor : ReceiveActor, IWithTimers
{
    private const string SampleTimer = "sample";

    // A look at the working set costs a millisecond: at shorter intervals it would show in what is measured.
    private static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(100);

    private readonly Func<Props> _describeSupervisor;
    private readonly int _processors;
    private readonly IActorRef _digester;
    private readonly Dictionary<string, IActorRef> _supervisors = [];
    private BenchSession? _session;

    /// <summary>Creates the bench.</summary>
    /// <param name="describeSupervisor">Describes a supervisor of the work that is measured.</param>
    /// <param name="processors">N, as many as the configuration deploys.</param>
    /// <param name="digestDispatcher">The dispatcher on which outputs are digested.</param>
    /// <param name="releaseMemory">Gives memory that the engine keeps back to the system; called between runs.</param>
    public BenchActor(Func<Props> describeSupervisor, int processors, string digestDispatcher, Action releaseMemory)
    {
        _describeSupervisor = describeSupervisor;
        _processors = processors;
        _digester = Context.ActorOf(Props.Create<OutputDigestActor>(releaseMemory).WithDispatcher(digestDispatcher), "digester");

        Receive<RunBench>(HandleRunBench);
        Receive<CancelBench>(HandleCancelBench);
        Receive<BatchStarted>(HandleBatchStarted);
        Receive<TaskEnded>(HandleTaskEnded);
        Receive<BatchEnded>(HandleBatchEnded);
        Receive<BatchRefused>(HandleBatchRefused);
        Receive<OutputsDigested>(HandleOutputsDigested);
        Receive<DigestFailed>(HandleDigestFailed);
        Receive<Terminated>(HandleTerminated);
        Receive<Sample>(_ => _session?.Run?.Meter.Sample());
        Receive<TaskBegun>(HandleTaskBegun);
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    private void HandleRunBench(RunBench run)
    {
        if (_session is not null)
        {
            Sender.Tell(new BenchStopped(run.Bench, "the bench is running already", IsCancelled: false));
            return;
        }

        var rows = BenchRow.All(_processors, Environment.ProcessorCount, run.Plan.WithPerTask ? run.Plan.TaskCount : null);
        _session = new BenchSession(run.Bench, run.Plan, rows, Sender);
        StartNextRun(_session);
    }

    private void HandleCancelBench(CancelBench cancel)
    {
        if (_session?.Bench == cancel.Bench && _session.Run is { } run)
        {
            _session.IsCancelled = true;
            run.Supervisor.Tell(new CancelBatch(run.Batch, Timeout.InfiniteTimeSpan));
        }
    }

    private void StartNextRun(BenchSession session)
    {
        if (!session.Pending.TryDequeue(out var next))
        {
            Finish(session, new BenchFinished(session.Bench, BenchComparison.Compare(session.Measured)));
            return;
        }

        var supervisor = SupervisorOf(next.Row);
        session.Run = new BenchRunInProgress(next, session.Plan, supervisor);
        supervisor.Tell(new StartBatch(session.Run.Batch, next.Row.Distribution));
    }

    private IActorRef SupervisorOf(BenchRow row)
    {
        if (!_supervisors.TryGetValue(row.Supervisor, out var supervisor))
        {
            _supervisors.Add(row.Supervisor, supervisor = Context.Watch(Context.ActorOf(_describeSupervisor(), row.Supervisor)));
        }

        return supervisor;
    }

    private void HandleBatchStarted(BatchStarted started)
    {
        if (RunOf(started) is { } run)
        {
            Timers.StartPeriodicTimer(SampleTimer, new Sample(), SampleInterval);
            run.Meter.Start();
            HandIn(run, started.WindowTasks);
        }
    }

    private void HandleTaskBegun(TaskBegun begun) => RunOf(begun)?.Processors.Begun(begun.Task.Id, begun.Processor);

    private void HandleTaskEnded(TaskEnded ended)
    {
        if (RunOf(ended) is { } run)
        {
            run.Processors.Ended(ended.Result.Task.Id);
            run.Results.Add(ended.Result);
            if (!run.AreAllHandedIn)
            {
                HandIn(run, most: 1);
            }

            _session!.Client.Tell(_session.Progress());
        }
    }

    private static void HandIn(BenchRunInProgress run, int most)
    {
        run.Supervisor.Tell(new AddTasks(run.Batch, run.HandedIn, run.TakeTasks(most)));
        if (run.AreAllHandedIn)
        {
            run.Supervisor.Tell(new EndOfTasks(run.Batch, run.HandedIn));
        }
    }

    private void HandleBatchEnded(BatchEnded ended)
    {
        if (RunOf(ended) is not { } run)
        {
            return;
        }

        run.Meter.Stop();
        Timers.Cancel(SampleTimer);
        if (_session!.IsCancelled)
        {
            Stop("cancelled", isCancelled: true);
        }
        else if (run.Results.Find(result => result.State != TaskState.Succeeded) is { } failed)
        {
            Stop($"{run.Slot.Row.Title}: {failed.Task.OperationsText}: {failed.Failure?.Reason}");
        }
        else
        {
            _digester.Tell(new DigestOutputs(run.Slot.Number, run.OutputPaths, Delete: !_session.Plan.KeepOutputs));
        }
    }

    private void HandleBatchRefused(BatchRefused refused)
    {
        if (RunOf(refused) is not null)
        {
            Stop(refused.Reason);
        }
    }

    private void HandleOutputsDigested(OutputsDigested digested)
    {
        if (_session is { Run: { } run } session && run.Slot.Number == digested.Run)
        {
            session.Finish(run, digested.Digests);
            if (session.IsCancelled)
            {
                Stop("cancelled", isCancelled: true); // while outputs were digested: there was no batch to cancel
            }
            else
            {
                StartNextRun(session);
            }
        }
    }

    private void HandleDigestFailed(DigestFailed failed)
    {
        if (_session?.Run?.Slot.Number == failed.Run)
        {
            Stop($"outputs can't be read back: {failed.Reason}");
        }
    }

    private void HandleTerminated(Terminated stopped)
    {
        _supervisors.Remove(stopped.ActorRef.Path.Name);
        if (_session?.Run is { } run && run.Supervisor.Equals(stopped.ActorRef))
        {
            Timers.Cancel(SampleTimer);
            Stop($"{run.Slot.Row.Title}: its supervisor stopped; the log says why");
        }
    }

    private BenchRunInProgress? RunOf(BatchEvent happened) => _session?.Run is { } run && run.Batch == happened.Batch ? run : null;

    private void Stop(string reason, bool isCancelled = false) =>
        Finish(_session!, new BenchStopped(_session!.Bench, reason, isCancelled));

    private void Finish(BenchSession session, BenchEvent last)
    {
        session.Client.Tell(last);
        _session = null;
    }

    private sealed record Sample;
}
