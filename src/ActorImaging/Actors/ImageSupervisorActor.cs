using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Actor;
using Akka.Event;

namespace ActorImaging.Actors;

/// <summary>
/// Takes batches, shards their tasks to the processors, and accounts for every one of them: whatever dies, each task ends in exactly one
/// state and each batch gets its one answer.
/// </summary>
/// <remarks>It does no work of its own, so it never blocks; it runs on the default dispatcher.</remarks>
internal sealed class ImageSupervisorActor : ReceiveActor
{
    private readonly SupervisorSettings _settings;
    private readonly ImagingWork _work;
    private readonly MemoryBudget _memory;
    private readonly TimeProvider _time;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ProcessorPool _pool;
    private readonly OrderedDictionary<BatchId, OpenBatch> _batches = [];
    private readonly HashSet<BatchId> _unheard = [];
    private readonly List<IActorRef> _awaitDrained = [];
    private long _assignments;

    /// <summary>Creates a supervisor.</summary>
    /// <param name="settings">What it goes by.</param>
    /// <param name="describeProcessor">Describes a processor that reports to the given supervisor.</param>
    /// <param name="work">What processors do.</param>
    /// <param name="time">The clock.</param>
    public ImageSupervisorActor(
        SupervisorSettings settings, Func<IActorRef, Props> describeProcessor, ImagingWork work, TimeProvider time)
    {
        _settings = settings;
        _work = work;
        _memory = new MemoryBudget(settings.MemoryBudgetBytes);
        _time = time;
        _pool = new ProcessorPool(Context, describeProcessor(Self));

        Receive<StartBatch>(HandleStartBatch);
        Receive<AddTasks>(HandleAddTasks);
        Receive<EndOfTasks>(HandleEndOfTasks);
        Receive<CancelBatch>(HandleCancelBatch);
        Receive<DrainSupervisor>(HandleDrainSupervisor);
        Receive<ActorIdentity>(HandleActorIdentity);

        Receive<ProcessorStarted>(HandleProcessorStarted);
        Receive<TaskStarted>(HandleTaskStarted);
        Receive<TaskProcessed>(HandleTaskProcessed);
        Receive<TaskDropped>(HandleTaskDropped);
        Receive<TaskCrashed>(HandleTaskCrashed);

        Receive<ProcessorFailedToStart>(HandleProcessorFailedToStart);
        Receive<Terminated>(HandleTerminated);
        Receive<DeadLetter>(HandleDeadLetter);
    }

    /// <summary>Describes a supervisor of <see cref="ImageProcessorActor"/>s.</summary>
    /// <param name="settings">What it goes by.</param>
    /// <param name="work">What processors do, on their threads.</param>
    /// <param name="time">The clock.</param>
    public static Props Props(SupervisorSettings settings, ImagingWork work, TimeProvider time)
    {
        Func<IActorRef, Props> describeProcessor = supervisor => Akka.Actor.Props.Create<ImageProcessorActor>(supervisor, work.Process);
        return Akka.Actor.Props.Create<ImageSupervisorActor>(settings, describeProcessor, work, time);
    }

    /// <summary>Makes the processors.</summary>
    protected override void PreStart()
    {
        // A task that waited in the mailbox of a processor which stopped comes back as a dead letter: nothing else knows where it was.
        Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));
        _pool.Open();
    }

    /// <summary>Answers every open batch, so that nobody waits for a supervisor that is gone. Runs before a restart, too.</summary>
    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        foreach (var batch in _batches.Values.ToArray())
        {
            batch.Fail(new TaskFailure(FailureKind.SupervisorStopped, "the supervisor stopped before the task ended"));
            batch.IsComplete = true;
            CloseIfDone(batch);
        }
    }

    private void HandleStartBatch(StartBatch start)
    {
        if (_awaitDrained.Count > 0 || _batches.ContainsKey(start.Batch))
        {
            var reason = _awaitDrained.Count == 0 ? $"there is a batch {start.Batch} already" : "the system is stopping";
            Sender.Tell(new BatchRefused(start.Batch, reason));
            return;
        }

        _pool.Open();
        Context.Watch(Sender);
        var distribution = start.Distribution ?? _settings.Distribution;
        var schedule = new TaskSchedule(_work.Engine.Estimate, _memory, Holding(), isInOrder: distribution == Distribution.RoundRobin);
        _batches.Add(start.Batch, new OpenBatch(start.Batch, distribution, schedule, Sender, _time.GetTimestamp()));
        Sender.Tell(new BatchStarted(start.Batch, _settings.WindowTasks));
    }

    private void HandleAddTasks(AddTasks add)
    {
        if (!_batches.TryGetValue(add.Batch, out var batch) || batch.IsComplete)
        {
            return; // it was ended from this side, by a drain or a restart: its answer tells the client to stop
        }

        foreach (var task in add.Tasks)
        {
            batch.Add(task);
        }

        Distribute();
    }

    private void HandleEndOfTasks(EndOfTasks end)
    {
        if (_batches.TryGetValue(end.Batch, out var batch))
        {
            batch.IsComplete = true;
            CloseIfDone(batch);
            Distribute();
        }
    }

    private void HandleCancelBatch(CancelBatch cancel)
    {
        if (_batches.TryGetValue(cancel.Batch, out var batch))
        {
            Cancel(batch);
            Distribute();
        }
    }

    private void HandleDrainSupervisor(DrainSupervisor drain)
    {
        _awaitDrained.Add(Sender);
        foreach (var batch in _batches.Values.ToArray())
        {
            batch.IsComplete = true;
            Cancel(batch);
        }

        AnswerIfDrained();
    }

    private void HandleActorIdentity(ActorIdentity heard)
    {
        _unheard.Remove((BatchId)heard.MessageId);
        AnswerIfDrained();
    }

    private void HandleProcessorStarted(ProcessorStarted started)
    {
        foreach (var batch in _batches.Values.Where(batch => batch.IsCancelled))
        {
            Sender.Tell(new DropBatch(batch.Id));
        }

        _pool.Started(Sender);
        Distribute();
    }

    private void HandleTaskStarted(TaskStarted started)
    {
        _pool.Begun(Sender, started.Assigned);
        if (TryGetCurrent(started.Assigned, out var batch))
        {
            batch.Observer.Tell(new TaskBegun(batch.Id, started.Assigned.Task, Sender.Path.Name));
        }
    }

    private void HandleTaskProcessed(TaskProcessed processed)
    {
        _pool.Finished(Sender, processed.Assigned);
        if (TryGetCurrent(processed.Assigned, out var batch))
        {
            End(batch, batch.Ledger.End(processed.Assigned.Task.Id, processed.Outcome), isDone: true);
        }

        Distribute();
    }

    private void HandleTaskDropped(TaskDropped dropped)
    {
        _pool.Finished(Sender, dropped.Assigned);
        if (TryGetCurrent(dropped.Assigned, out var batch))
        {
            batch.Ledger.Return(dropped.Assigned.Task.Id);
            End(batch, batch.Ledger.End(dropped.Assigned.Task.Id, TaskState.Cancelled), isDone: false);
        }

        Distribute();
    }

    private void HandleTaskCrashed(TaskCrashed crashed)
    {
        // The processor is not free yet: it says so itself once it is restarted.
        if (TryGetCurrent(crashed.Assigned, out var batch))
        {
            RetryOrFail(batch, crashed.Assigned.Task, crashed.Failure);
        }

        Distribute();
    }

    private void HandleProcessorFailedToStart(ProcessorFailedToStart failed)
    {
        _log.Warning("processor {0} could not be started: {1}", failed.Processor.Path.Name, failed.Reason);
        _pool.FailedToStart(failed.Processor, failed.Reason);
        Distribute();
    }

    private void HandleTerminated(Terminated terminated)
    {
        foreach (var batch in _batches.Values.Where(batch => batch.Observer.Equals(terminated.ActorRef)).ToArray())
        {
            batch.IsComplete = true;
            Cancel(batch);
        }

        if (_pool.Gone(terminated.ActorRef) is { } inHand && TryGetCurrent(inHand, out var bereft))
        {
            RetryOrFail(bereft, inHand.Task, new TaskFailure(FailureKind.Unexpected, "its processor stopped"));
        }

        Distribute();
    }

    private void HandleDeadLetter(DeadLetter letter)
    {
        if (letter.Message is ProcessTask assigned && TryGetCurrent(assigned, out var batch))
        {
            batch.Ledger.Return(assigned.Task.Id);
            batch.LetWaitAgain(assigned.Task);
            CloseIfDone(batch);
            Distribute();
        }
    }

    /// <summary>The one place that decides who does what next.</summary>
    private void Distribute()
    {
        if (_pool.UnavailableReason is { } reason)
        {
            FailAll(new TaskFailure(FailureKind.NoProcessor, $"no processor can be started: {reason}"));
            return;
        }

        foreach (var batch in _batches.Values)
        {
            if (batch.Distribution == Distribution.RoundRobin)
            {
                PushAllIfFirst(batch);
                return;
            }

            GiveToFreeProcessors(batch);
        }
    }

    /// <summary>A round-robin batch has the processors to itself: beside it nobody could say which of them is free.</summary>
    private void PushAllIfFirst(OpenBatch batch)
    {
        while (batch == _batches.GetAt(0).Value && _pool.IsOpen && batch.Schedule.TryTake(out var task))
        {
            _pool.Push(NextAssignment(batch, task));
        }
    }

    private void GiveToFreeProcessors(OpenBatch batch)
    {
        while (batch.Schedule.Count > 0 && _pool.TryGetFree(out var processor) && batch.Schedule.TryTake(out var task))
        {
            _pool.Assign(processor, NextAssignment(batch, task));
        }
    }

    /// <summary>Where sources can't be shared at all, none is held: each task decodes its own.</summary>
    private SourceHolding Holding() => _work.Engine.SharesSources
        ? new SourceHolding(_work.Sources.Hold, _work.Sources.Release)
        : new SourceHolding(_ => { }, _ => { });

    private ProcessTask NextAssignment(OpenBatch batch, ImageTask task)
    {
        var assigned = new ProcessTask(++_assignments, batch.Id, task);
        batch.Ledger.Assign(task.Id, assigned.Assignment);
        return assigned;
    }

    private bool TryGetCurrent(ProcessTask assigned, out OpenBatch batch) =>
        _batches.TryGetValue(assigned.Batch, out batch!) && batch.Ledger.IsCurrent(assigned);

    private void RetryOrFail(OpenBatch batch, ImageTask task, TaskFailure failure)
    {
        var attempts = batch.Ledger.AttemptsOf(task.Id);
        var mayPass = failure.IsTransient || failure.Kind == FailureKind.Unexpected;
        if (mayPass && attempts < _settings.MaxAttempts)
        {
            _log.Info("task {0} is tried again after attempt {1}: {2}", task.Id, attempts, failure.Reason);
            batch.Ledger.Void(task.Id);
            batch.LetWaitAgain(task);
            CloseIfDone(batch);
            return;
        }

        var state = failure.Kind == FailureKind.TimedOut ? TaskState.TimedOut : TaskState.Failed;
        End(batch, batch.Ledger.End(task.Id, state, Final(failure, attempts)), isDone: false);
    }

    private static TaskFailure Final(TaskFailure failure, int attempts) => failure.Kind == FailureKind.Unexpected
        ? new TaskFailure(FailureKind.Quarantined, FormattableString.Invariant($"took down a processor {attempts} times: {failure.Reason}"))
        : failure;

    private void Cancel(OpenBatch batch)
    {
        batch.Cancel();
        foreach (var processor in _pool.Processors)
        {
            processor.Tell(new DropBatch(batch.Id)); // what waits in its mailbox, it drops
        }

        CloseIfDone(batch);
    }

    private void FailAll(TaskFailure failure)
    {
        foreach (var batch in _batches.Values.ToArray())
        {
            batch.Fail(failure);
            CloseIfDone(batch);
        }
    }

    private void End(OpenBatch batch, ImageTaskResult result, bool isDone)
    {
        batch.End(result, isDone);
        CloseIfDone(batch);
    }

    private void CloseIfDone(OpenBatch batch)
    {
        if (batch.IsDone && _batches.Remove(batch.Id))
        {
            batch.Observer.Tell(new BatchEnded(batch.Id, batch.Ledger.Close(_time.GetElapsedTime(batch.StartedTimestamp))));
            AskWhetherHeard(batch);
        }
    }

    /// <summary>
    /// Before the system stops, the observer must have handled its last event: it answers this after that, and for an actor that is gone
    /// Akka answers.
    /// </summary>
    private void AskWhetherHeard(OpenBatch batch)
    {
        if (_awaitDrained.Count > 0 && _unheard.Add(batch.Id))
        {
            batch.Observer.Tell(new Identify(batch.Id));
        }
    }

    private void AnswerIfDrained()
    {
        if (_batches.Count == 0 && _unheard.Count == 0)
        {
            _awaitDrained.ForEach(asker => asker.Tell(new SupervisorDrained()));
        }
    }
}
