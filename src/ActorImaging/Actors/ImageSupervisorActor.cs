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
    internal static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>A task that is over its time may notice that itself, which keeps its processor; then it is given up.</summary>
    private static readonly TimeSpan GraceAfterTimeout = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// A task that is cancelled ends for whoever waits, and then in its processor, at its next step: only one that does not is replaced, or every
    /// caller who hangs up would set one more thread to work.
    /// </summary>
    private static readonly TimeSpan GraceAfterCancel = TimeSpan.FromSeconds(2);

    /// <summary>How much longer a task may take that is just putting its output in place.</summary>
    private static readonly TimeSpan GraceToFinish = TimeSpan.FromMilliseconds(300);

    private readonly SupervisorSettings _settings;
    private readonly ImagingWork _work;
    private readonly MemoryBudget _memory;
    private readonly TimeProvider _time;
    private readonly long _startedTimestamp;
    private readonly TaskPermits _permits;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ProcessorPool _pool;
    private readonly OpenBatches _batches;
    private readonly BatchTurns _turns;
    private readonly TaskRetries _retries;
    private readonly List<IActorRef> _awaitDrained = [];
    private Retry? _alone;
    private bool _isLookDue;
    private long _assignments;

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
        _memory = new MemoryBudget(settings.MemoryBudgetBytes);
        _time = time;
        _startedTimestamp = time.GetTimestamp();
        _permits = new TaskPermits(time, settings.TaskTimeout);
        _pool = new ProcessorPool(Context, describeProcessor(Self, _permits));
        _batches = new OpenBatches(Context, settings.MaxBatches, settings.MaxOpenTasks);
        _turns = new BatchTurns(_pool.Size);
        _retries = new TaskRetries(settings.RetryDelay);

        Receive<StartBatch>(HandleStartBatch);
        Receive<AddTasks>(HandleAddTasks);
        Receive<EndOfTasks>(HandleEndOfTasks);
        Receive<CheckBatch>(HandleCheckBatch);
        Receive<CancelBatch>(HandleCancelBatch);
        Receive<DrainSupervisor>(HandleDrainSupervisor);
        Receive<GetStatus>(_ => Sender.Tell(Status()));

        Receive<ProcessorStarted>(HandleProcessorStarted);
        Receive<TaskStarted>(HandleTaskStarted);
        Receive<TaskProcessed>(HandleTaskProcessed);
        Receive<TaskFailed>(HandleTaskFailed);
        Receive<TaskCrashed>(HandleTaskCrashed);

        Receive<ProcessorFailedToStart>(HandleProcessorFailedToStart);
        Receive<Terminated>(HandleTerminated);
        Receive<LookAtClock>(_ => HandleLookAtClock());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(_startedTimestamp);

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
        _pool.Refill(Now);
    }

    /// <summary>Restarts without waiting for its processors: one may be in a native call that does not return.</summary>
    protected override void PreRestart(Exception reason, object message) => PostStop();

    /// <summary>Answers every open batch, so that nobody waits for a supervisor that is gone. Runs before a restart, too.</summary>
    protected override void PostStop()
    {
        foreach (var busy in _pool.Busy)
        {
            busy.InHand!.Value.Permit.TryWithdraw();
        }

        foreach (var batch in _batches.All)
        {
            batch.Fail(new TaskFailure(FailureKind.SupervisorStopped, "the supervisor stopped before the task ended"));
            batch.NoteAllHandedIn();
            CloseIfEnded(batch);
        }
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
        _batches.Add(new OpenBatch(start.Batch, ScheduleFor(start.Distribution ?? _settings.Distribution), Sender, window, Now));
        Sender.Tell(new BatchStarted(start.Batch, window));
        CareOn();
    }

    private BatchRefused? WhyRefused(StartBatch start)
    {
        (RefusalCause Cause, string Reason)? why = _awaitDrained.Count > 0 ? (RefusalCause.Stopping, "the system is stopping")
            : _batches.TryGet(start.Batch, out _) ? (RefusalCause.Duplicate, $"there is a batch {start.Batch} already")
            : _pool.IsImpaired ? (RefusalCause.Impaired, Impairment())
            : _batches.AreFull ? (RefusalCause.Busy, FormattableString.Invariant(
                $"{_batches.Count} batches are open, and no more are taken (actor-imaging.max-batches, max-open-tasks)"))
            : null;
        return why is { } known ? new BatchRefused(start.Batch, known.Cause, known.Reason, _batches.RetryAfter(Now)) : null;
    }

    private string Impairment() => FormattableString.Invariant(
        $"{_pool.AbandonedCount} processors are in native calls that do not return, where {_pool.Size} do the work: restart the process");

    private void HandleAddTasks(AddTasks add)
    {
        if (_batches.TryGet(add.Batch, out var batch)) // else it has ended from this side: its answer tells the client to stop
        {
            foreach (var task in batch.Receive(add))
            {
                LetWait(batch, task);
            }

            CareOn();
        }
    }

    private void HandleEndOfTasks(EndOfTasks end)
    {
        if (_batches.TryGet(end.Batch, out var batch))
        {
            batch.NoteLost(end.Count);
            batch.NoteAllHandedIn();
            CloseIfEnded(batch);
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
            Cancel(batch, cancel.Grace);
            CareOn();
        }
    }

    private void HandleDrainSupervisor(DrainSupervisor drain)
    {
        _awaitDrained.Add(Sender);
        foreach (var batch in _batches.All)
        {
            batch.NoteAllHandedIn();
            Cancel(batch, drain.Grace);
        }

        AnswerIfDrained();
        CareOn();
    }

    private void HandleProcessorStarted(ProcessorStarted started)
    {
        if (_pool.Started(Sender, started.Incarnation) is { } lost && TryGetCurrent(lost, out var batch))
        {
            RetryOrFail(batch, lost.Task, new TaskFailure(FailureKind.Unexpected, "its processor was started anew"));
        }

        CareOn();
    }

    private void HandleTaskStarted(TaskStarted started)
    {
        if (TryGetCurrent(started.Assigned, out var batch) && batch.Ledger.TryBegin(started.Assigned.Task.Id))
        {
            batch.Observer.Tell(new TaskBegun(batch.Id, started.Assigned.Task, Sender.Path.Name));
        }
    }

    private void HandleTaskProcessed(TaskProcessed processed)
    {
        if (IsCurrentAnswer(processed, out var batch))
        {
            End(batch, batch.Ledger.End(processed.Assigned.Task.Id, processed.Outcome), isDone: true);
        }

        CareOn();
    }

    private void HandleTaskFailed(TaskFailed failed)
    {
        if (IsCurrentAnswer(failed, out var batch))
        {
            RetryOrFail(batch, failed.Assigned.Task, failed.Failure);
        }

        CareOn();
    }

    private void HandleTaskCrashed(TaskCrashed crashed)
    {
        // The processor is not free yet: it says so itself once it is restarted.
        _permits.Remove(crashed.Assigned.Assignment);
        if (TryGetCurrent(crashed.Assigned, out var batch))
        {
            RetryOrFail(batch, crashed.Assigned.Task, crashed.Failure);
        }

        CareOn();
    }

    private void HandleProcessorFailedToStart(ProcessorFailedToStart failed)
    {
        _log.Warning("processor {0} could not be started: {1}", failed.Processor.Path.Name, failed.Reason);
        _pool.FailedToStart(failed.Processor, failed.Reason, Now);
        CareOn();
    }

    private void HandleTerminated(Terminated terminated)
    {
        foreach (var batch in _batches.ObservedBy(terminated.ActorRef))
        {
            batch.NoteAllHandedIn();
            Cancel(batch, Timeout.InfiniteTimeSpan); // nobody waits
        }

        if (_pool.Gone(terminated.ActorRef) is { } inHand)
        {
            _permits.Remove(inHand.Assignment);
            if (TryGetCurrent(inHand, out var bereft))
            {
                RetryOrFail(bereft, inHand.Task, new TaskFailure(FailureKind.Unexpected, "its processor stopped"));
            }
        }

        CareOn();
    }

    private void HandleLookAtClock()
    {
        _isLookDue = false;
        foreach (var processor in _pool.Busy.ToArray())
        {
            GiveUpIfOver(processor, processor.InHand!.Value.Assigned, processor.InHand.Value.Permit);
        }

        while (_retries.TryTakeDue(Now, out var retry))
        {
            LetWait(retry.Batch, retry.Task);
        }

        CareOn();
    }

    /// <summary>What is to be done after whatever happened: fill the pool, hand out tasks, and look at the clock again before long.</summary>
    private void CareOn()
    {
        _pool.Refill(Now);
        if (_pool.UnavailableReason is { } reason)
        {
            FailAll(new TaskFailure(FailureKind.NoProcessor, $"no processor can be started: {reason}"));
        }

        Distribute();
        if (!_isLookDue && (_pool.NeedsAttention || _retries.AreAny))
        {
            _isLookDue = true;
            Timers.StartSingleTimer(nameof(LookAtClock), LookAtClock.Instance, LookInterval);
        }
    }

    /// <summary>The one place that decides who does what next.</summary>
    private void Distribute()
    {
        if (_retries.TryPeekAlone(out var alone))
        {
            DoAlone(alone);
            return;
        }

        for (var at = _pool.Free.Count - 1; at >= 0 && _alone is null; at--)
        {
            if (_turns.TryTake(_pool.Free[at].Slot!.Value, out var batch, out var task))
            {
                Assign(_pool.Free[at], batch, task);
            }
        }
    }

    /// <summary>Memory ran out beside others: it is begun when nobody else is in flight, and nobody is begun beside it.</summary>
    private void DoAlone(Retry alone)
    {
        if (_pool.Free.Count > 0 && !_pool.Busy.Any())
        {
            _retries.TakeAlone();
            _alone = alone;
            Assign(_pool.Free[0], alone.Batch, alone.Task);
        }
    }

    private void Assign(Processor processor, OpenBatch batch, ImageTask task)
    {
        var assigned = new ProcessTask(++_assignments, batch.Id, task);
        batch.Ledger.Assign(task.Id, assigned.Assignment);
        _pool.Assign(processor, assigned, _permits.Issue(assigned.Assignment));
    }

    private void LetWait(OpenBatch batch, ImageTask task) => _turns.Enter(batch, batch.Schedule.Add(task));

    private ITaskSchedule ScheduleFor(Distribution distribution)
    {
        // Where sources can't be shared at all, none is held: each task decodes its own.
        var holding = _work.Engine.SharesSources
            ? new SourceHolding(_work.Sources.Hold, _work.Sources.Release)
            : new SourceHolding(_ => { }, _ => { });
        return distribution == Distribution.RoundRobin
            ? new DealtTasks(_pool.Size, holding)
            : new TaskSchedule(_work.Engine.Estimate, _memory, holding);
    }

    private bool TryGetCurrent(ProcessTask assigned, [NotNullWhen(true)] out OpenBatch? batch) =>
        _batches.TryGet(assigned.Batch, out batch) && batch.Ledger.IsCurrent(assigned);

    /// <summary>Notes that a processor is free, and finds whom its answer matters to.</summary>
    private bool IsCurrentAnswer(ProcessorAnswer answer, [NotNullWhen(true)] out OpenBatch? batch)
    {
        _permits.Remove(answer.Assigned.Assignment);
        _pool.Finished(Sender, answer.Assigned);
        return TryGetCurrent(answer.Assigned, out batch);
    }

    private void RetryOrFail(OpenBatch batch, ImageTask task, TaskFailure failure)
    {
        var attempts = batch.Ledger.AttemptsOf(task.Id);
        var mayPass = failure.Kind == FailureKind.OutOfMemory ? !IsAlone(batch, task.Id) : failure.IsTransient || failure.Kind == FailureKind.Unexpected;
        if (!mayPass || attempts >= _settings.MaxAttempts)
        {
            var state = failure.Kind == FailureKind.TimedOut ? TaskState.TimedOut : TaskState.Failed;
            End(batch, batch.Ledger.End(task.Id, state, Final(failure, attempts)), isDone: false);
            return;
        }

        _log.Info("task {0} is tried again after attempt {1}: {2}", task.Id, attempts, failure.Reason);
        batch.Ledger.Withdraw(task.Id);
        if (batch.IsCancelled)
        {
            End(batch, batch.Ledger.End(task.Id, TaskState.Cancelled), isDone: false);
            return;
        }

        TryAgain(new Retry(batch, task), failure.Kind, attempts);
    }

    private void TryAgain(Retry retry, FailureKind kind, int attempts)
    {
        if (kind == FailureKind.Unexpected)
        {
            LetWait(retry.Batch, retry.Task); // before it is in flight no more: its source stays held
        }
        else if (kind == FailureKind.OutOfMemory)
        {
            _retries.AddAlone(retry);
        }
        else
        {
            _retries.AddDelayed(retry, attempts, Now);
        }

        Release(retry.Batch, retry.Task.Id, isDone: false);
    }

    private static TaskFailure Final(TaskFailure failure, int attempts) => failure.Kind == FailureKind.Unexpected
        ? new TaskFailure(FailureKind.Quarantined, FormattableString.Invariant($"took down a processor {attempts} times: {failure.Reason}"))
        : failure;

    /// <summary>Ends a task for whoever waits for it, when its time is over or nobody wants it, whatever its native code does.</summary>
    private void GiveUpIfOver(Processor processor, ProcessTask assigned, TaskPermit permit)
    {
        var isTimedOut = permit.Overdue >= GraceAfterTimeout;
        if (processor.GivenUpAt is null && IsOver(assigned, permit, isTimedOut))
        {
            processor.GivenUpAt = Now;
            _permits.Remove(assigned.Assignment);
            EndUnanswered(assigned, isTimedOut);
        }

        if (processor.GivenUpAt is { } at && (isTimedOut || Now - at >= GraceAfterCancel))
        {
            _log.Warning("processor {0} is replaced: it has been for {1} at task {2}", processor.Actor.Path.Name, permit.Elapsed, assigned.Task);
            _pool.Abandon(processor);
        }
    }

    private bool IsOver(ProcessTask assigned, TaskPermit permit, bool isTimedOut)
    {
        var over = isTimedOut ? permit.Overdue - GraceAfterTimeout : TryGetCurrent(assigned, out var batch) ? Now - batch.GivenUpAt : null;
        return over >= TimeSpan.Zero && (permit.TryWithdraw() || over >= GraceToFinish);
    }

    private void EndUnanswered(ProcessTask assigned, bool isTimedOut)
    {
        if (TryGetCurrent(assigned, out var batch))
        {
            var task = assigned.Task;
            End(batch, isTimedOut ? TimedOut(batch, task) : batch.Ledger.End(task.Id, TaskState.Cancelled), isDone: false);
        }
    }

    private ImageTaskResult TimedOut(OpenBatch batch, ImageTask task) => batch.Ledger.End(task.Id, TaskState.TimedOut, new TaskFailure(
        FailureKind.TimedOut,
        FormattableString.Invariant($"source '{task.SourcePath}' took longer than the time-out of {_settings.TaskTimeout.TotalSeconds:F1} s (actor-imaging.task-timeout), and is still in a native call")));

    private void Cancel(OpenBatch batch, TimeSpan grace)
    {
        batch.Cancel(grace == Timeout.InfiniteTimeSpan ? null : Now + grace);
        CloseIfEnded(batch);
    }

    private void FailAll(TaskFailure failure)
    {
        foreach (var batch in _batches.All)
        {
            batch.Fail(failure);
            CloseIfEnded(batch);
        }
    }

    private void End(OpenBatch batch, ImageTaskResult result, bool isDone)
    {
        Release(batch, result.Task.Id, isDone);
        batch.Tell(result);
        CloseIfEnded(batch);
    }

    private void Release(OpenBatch batch, TaskId task, bool isDone)
    {
        batch.Schedule.Finish(task, isDone);
        _alone = IsAlone(batch, task) ? null : _alone;
    }

    private bool IsAlone(OpenBatch batch, TaskId task) => _alone?.Batch == batch && _alone.Task.Id == task;

    private void CloseIfEnded(OpenBatch batch)
    {
        if (batch.HasEnded && _batches.TryGet(batch.Id, out _))
        {
            var summary = batch.Ledger.Close(Now - batch.StartedAt);
            _batches.Remove(batch, summary.Submitted);
            batch.Observer.Tell(new BatchEnded(batch.Id, summary, batch.Arrived));
            AnswerIfDrained();
        }
    }

    private void AnswerIfDrained()
    {
        if (_batches.Count == 0)
        {
            _awaitDrained.ForEach(asker => asker.Tell(new SupervisorDrained()));
        }
    }

    private ImagingStatus Status() => new(
        _pool.Size,
        _pool.ReadyCount,
        _pool.AbandonedCount,
        _batches.Count,
        _batches.OpenTasks,
        _pool.Busy.Select(busy => busy.InHand!.Value.Permit.Elapsed).DefaultIfEmpty().Max(),
        _awaitDrained.Count > 0,
        _pool.UnavailableReason ?? (_pool.IsImpaired ? Impairment() : null));

    /// <summary>Tells the supervisor to look at the clock.</summary>
    internal sealed record LookAtClock
    {
        public static LookAtClock Instance { get; } = new();
    }
}
