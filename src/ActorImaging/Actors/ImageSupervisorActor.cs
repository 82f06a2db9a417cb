using System.Diagnostics.CodeAnalysis;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Actor;
using Akka.Event;

namespace ActorImaging.Actors;

/// <summary>
/// Takes batches, shards their tasks to the processors, and accounts for every one of them: whatever dies or does not answer, each task ends in
/// exactly one state and each batch gets its one answer.
/// </summary>
/// <remarks>It does no work of its own, so it never blocks; it runs on the default dispatcher.</remarks>
internal sealed class ImageSupervisorActor : ReceiveActor, IWithTimers
{
    /// <summary>How often it looks at the clock while there is something to look after.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private readonly SupervisorSettings _settings;
    private readonly Props _processor;
    private readonly ImagingWork _work;
    private readonly TaskPermits _permits;
    private readonly SupervisorClock _clock;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly List<IActorRef> _awaitDrained = [];
    private MemoryBudget _memory;
    private ProcessorPool _pool;
    private OpenBatches _batches;
    private TaskAssignments _assignments;
    private bool _isStopping;
    private bool _isLookDue;

    /// <summary>Creates a supervisor.</summary>
    /// <param name="settings">What it goes by.</param>
    /// <param name="describeProcessor">Describes a processor that reports to the given supervisor and goes by the given permits.</param>
    /// <param name="work">What processors do.</param>
    /// <param name="time">The clock.</param>
    public ImageSupervisorActor(
        SupervisorSettings settings, Func<IActorRef, TaskPermits, Props> describeProcessor, ImagingWork work, TimeProvider time)
    {
        _settings = settings;
        _work = work;
        _permits = new TaskPermits(time, settings.TaskTimeout);
        _processor = describeProcessor(Self, _permits);
        _clock = new SupervisorClock(time);
        BeginAnew();

        Receive<StartBatch>(HandleStartBatch);
        Receive<AddTasks>(HandleAddTasks);
        Receive<EndOfTasks>(HandleEndOfTasks);
        Receive<CheckBatch>(HandleCheckBatch);
        Receive<CancelBatch>(HandleCancelBatch);
        Receive<DrainSupervisor>(HandleDrainSupervisor);
        Receive<GetStatus>(_ => Sender.Tell(Status()));

        Receive<ProcessorStarted>(HandleProcessorStarted);
        Receive<TaskStarted>(started => _assignments.Begun(Sender, started.Assigned));
        Receive<TaskProcessed>(HandleTaskProcessed);
        Receive<TaskFailed>(HandleTaskFailed);
        Receive<TaskCrashed>(crashed => _assignments.NotDone(crashed.Assigned, crashed.Failure)); // its processor says when it is free again

        Receive<ProcessorFailedToStart>(HandleProcessorFailedToStart);
        Receive<Terminated>(HandleTerminated);
        Receive<LookAtClock>(_ => HandleLookAtClock());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Describes a supervisor of <see cref="ImageProcessorActor"/>s.</summary>
    /// <param name="settings">What it goes by.</param>
    /// <param name="work">What processors do, on their threads.</param>
    /// <param name="time">The clock.</param>
    public static Props Props(SupervisorSettings settings, ImagingWork work, TimeProvider time)
    {
        Func<IActorRef, TaskPermits, Props> describeProcessor = (supervisor, permits) =>
            Akka.Actor.Props.Create<ImageProcessorActor>(supervisor, work.Process, permits);
        return Akka.Actor.Props.Create<ImageSupervisorActor>(settings, describeProcessor, work, time);
    }

    /// <summary>Makes the processors.</summary>
    protected override void PreStart()
    {
        _pool.StopEarlier();
        _pool.Refill(_clock.Now);
    }

    /// <summary>Restarts, where even the beginning anew failed, without waiting for its processors: one may be in a native call that does not return.</summary>
    protected override void PreRestart(Exception reason, object message) => PostStop();

    /// <summary>Answers every open batch, so that nobody waits for a supervisor that is gone.</summary>
    protected override void PostStop()
    {
        _assignments.WithdrawAll();
        _batches.FailAll(new TaskFailure(FailureKind.SupervisorStopped, "the supervisor stopped, or had a defect, before the task ended"), isLast: true);
    }

    /// <summary>
    /// A defect ends the batches that are open, and the supervisor begins anew in its place. It isn't left to a restart, which would wait for every
    /// child that is just being stopped: one may be in a native call that does not return.
    /// </summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "whatever it is, nobody is left waiting")]
    protected override bool AroundReceive(Receive receive, object message)
    {
        try
        {
            var isHandled = base.AroundReceive(receive, message);
            GoOn();
            return isHandled;
        }
        catch (Exception defect)
        {
            _log.Error(defect, "a defect of the supervisor ended all batches, at {0}", message);
            PostStop();
            _work.Sources.ReturnAll();
            BeginAnew();
            _pool.StopEarlier();
            GoOn();
            return true;
        }
    }

    /// <summary>After whatever happened: fills the pool, hands out tasks, answers who waits, and looks at the clock again before long.</summary>
    private void GoOn()
    {
        _pool.Refill(_clock.Now);
        if (_pool.UnavailableReason is { } reason)
        {
            _batches.FailAll(new TaskFailure(FailureKind.NoProcessor, $"no processor can be started: {reason}"), isLast: false);
        }

        _assignments.Distribute();
        AnswerIfDrained();
        LookAgainSoon();
    }

    [MemberNotNull(nameof(_memory), nameof(_pool), nameof(_batches), nameof(_assignments))]
    private void BeginAnew()
    {
        _memory = new MemoryBudget(_settings.MemoryBudgetBytes, _work.Sources);
        _pool = new ProcessorPool(Context, _processor, _pool?.Abandoned ?? []);
        _batches = new OpenBatches(Context, _settings.MaxBatches, _settings.MaxOpenTasks, _clock);
        _assignments = new TaskAssignments(_settings, _pool, _batches, _permits, _clock, _log);
    }

    private void HandleStartBatch(StartBatch start)
    {
        if (WhyRefused(start) is { } refused)
        {
            Sender.Tell(refused);
            return;
        }

        _pool.Reopen();
        var window = _batches.Grant(Math.Min(start.MostTasks ?? _settings.WindowTasks, _settings.WindowTasks));
        _batches.Add(new OpenBatch(start.Batch, ScheduleFor(start.Distribution ?? _settings.Distribution), Sender, window, _clock.Now));
        Sender.Tell(new BatchStarted(start.Batch, window));
    }

    private BatchRefused? WhyRefused(StartBatch start)
    {
        (RefusalCause Cause, string Reason)? why = _isStopping ? (RefusalCause.Stopping, "the system is stopping")
            : _pool.Impairment is { } impairment ? (RefusalCause.Impaired, impairment)
            : _batches.WhyRefused(start.Batch);
        return why is { } known ? new BatchRefused(start.Batch, known.Cause, known.Reason, _batches.RetryAfter()) : null;
    }

    private ITaskSchedule ScheduleFor(Distribution distribution) => distribution == Distribution.RoundRobin
        ? new DealtTasks(_pool.Size, _work.Sources)
        : new TaskSchedule(_work.Engine.Estimate, _memory, _work.Sources);

    private void HandleAddTasks(AddTasks add)
    {
        if (_batches.TryGet(add.Batch, out var batch)) // else it has ended from this side: its answer tells the client to stop
        {
            foreach (var task in batch.Receive(add))
            {
                _assignments.LetWait(batch, task);
            }
        }
    }

    private void HandleEndOfTasks(EndOfTasks end)
    {
        if (_batches.TryGet(end.Batch, out var batch))
        {
            batch.NoteLost(end.Count);
            batch.NoteAllHandedIn();
            _batches.CloseIfEnded(batch);
        }
    }

    private void HandleCheckBatch(CheckBatch check)
    {
        if (_batches.TryGet(check.Batch, out var batch))
        {
            batch.NoteLost(check.Count);
            Sender.Tell(new BatchChecked(check.Batch, batch.Arrived, batch.Ledger.OpenCount));
        }
        else
        {
            Sender.Tell(new BatchUnknown(check.Batch));
        }
    }

    private void HandleCancelBatch(CancelBatch cancel)
    {
        if (_batches.TryGet(cancel.Batch, out var batch))
        {
            _batches.Cancel(batch, cancel.Grace);
        }
    }

    private void HandleDrainSupervisor(DrainSupervisor drain)
    {
        _isStopping = true;
        _awaitDrained.Add(Sender);
        _batches.EndAll(_batches.All, drain.Grace);
    }

    private void HandleProcessorStarted(ProcessorStarted started)
    {
        if (_pool.Started(Sender, started.Incarnation) is { } lost)
        {
            _assignments.NotDone(lost, new TaskFailure(FailureKind.Unexpected, "its processor was started anew"));
        }
    }

    private void HandleTaskProcessed(TaskProcessed processed)
    {
        _pool.Finished(Sender, processed.Assigned);
        _assignments.Done(processed.Assigned, processed.Outcome);
    }

    private void HandleTaskFailed(TaskFailed failed)
    {
        _pool.Finished(Sender, failed.Assigned);
        _assignments.NotDone(failed.Assigned, failed.Failure);
    }

    private void HandleProcessorFailedToStart(ProcessorFailedToStart failed)
    {
        _log.Warning("processor {0} could not be started: {1}", failed.Processor.Path.Name, failed.Reason);
        _pool.FailedToStart(failed.Processor, failed.Reason, _clock.Now);
    }

    private void HandleTerminated(Terminated terminated)
    {
        _batches.EndAll(_batches.ObservedBy(terminated.ActorRef), Timeout.InfiniteTimeSpan); // nobody waits for what is in flight
        foreach (var inHand in _pool.Gone(terminated.ActorRef))
        {
            _assignments.NotDone(inHand, new TaskFailure(FailureKind.Unexpected, "its processor stopped"));
        }
    }

    private void HandleLookAtClock()
    {
        _isLookDue = false;
        _assignments.LookAtClock();
    }

    private void LookAgainSoon()
    {
        if (!_isLookDue && (_pool.NeedsAttention || _assignments.AreAnyToRetry))
        {
            _isLookDue = true;
            Timers.StartSingleTimer(nameof(LookAtClock), new LookAtClock(), LookInterval);
        }
    }

    private void AnswerIfDrained()
    {
        if (_awaitDrained.Count > 0 && _batches.Count == 0)
        {
            _awaitDrained.ForEach(asker => asker.Tell(new SupervisorDrained()));
            _awaitDrained.Clear();
        }
    }

    private ImagingStatus Status() => new(
        _pool.Size,
        _pool.ReadyCount,
        _pool.AbandonedCount,
        _batches.Count,
        _batches.OpenTasks,
        _pool.Busy.Select(busy => busy.InHand!.Value.Permit.Elapsed).DefaultIfEmpty().Max(),
        _isStopping,
        _pool.UnavailableReason ?? _pool.Impairment);

    /// <summary>Tells the supervisor to look at the clock.</summary>
    internal sealed record LookAtClock;
}
