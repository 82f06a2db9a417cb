using System.Diagnostics.CodeAnalysis;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Actor;
using Akka.Event;

namespace ActorImaging.Actors;

/// <summary>
/// Who does what: gives tasks to processors that are free, hears what comes of it, gives up what takes too long, and has it tried again where that may
/// help. Part of the supervisor, used from its message handlers alone.
/// </summary>
/// <param name="settings">What it goes by.</param>
/// <param name="pool">The processors.</param>
/// <param name="batches">The batches.</param>
/// <param name="permits">The rights to go on with what was given away.</param>
/// <param name="clock">The supervisor's clock.</param>
/// <param name="log">The supervisor's log.</param>
internal sealed class TaskAssignments(
    SupervisorSettings settings, ProcessorPool pool, OpenBatches batches, TaskPermits permits, SupervisorClock clock, ILoggingAdapter log)
{
    /// <summary>A task that is over its time may notice that itself, which keeps its processor; then it is given up.</summary>
    private static readonly TimeSpan GraceAfterTimeout = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// A task that is cancelled ends for whoever waits, and then in its processor, at its next step: only one that does not is replaced, or every
    /// caller who hangs up would set one more thread to work.
    /// </summary>
    private static readonly TimeSpan GraceAfterCancel = TimeSpan.FromSeconds(2);

    /// <summary>How much longer a task may take that is just putting its output in place.</summary>
    private static readonly TimeSpan GraceToFinish = TimeSpan.FromMilliseconds(300);

    private readonly BatchTurns _turns = new(pool.Size);
    private readonly TaskRetries _retries = new(settings.RetryDelay);
    private Retry? _alone;

    /// <summary>Whether tasks wait for a time to come.</summary>
    public bool AreAnyToRetry => _retries.AreAny;

    /// <summary>Lets a task wait for a processor.</summary>
    public void LetWait(OpenBatch batch, ImageTask task) => _turns.Enter(batch, batch.Schedule.Add(task));

    /// <summary>The one place that decides who does what next.</summary>
    public void Distribute()
    {
        if (_retries.TryPeekAlone(out var alone))
        {
            DoAlone(alone);
            return;
        }

        for (var at = pool.Free.Count - 1; at >= 0 && _alone is null; at--)
        {
            if (_turns.TryTake(pool.Free[at].Slot!.Value, out var batch, out var task))
            {
                Assign(pool.Free[at], batch, task);
            }
        }
    }

    /// <summary>The batch that an assignment matters to; none when it is not its task's last one.</summary>
    public bool TryGetCurrent(ProcessTask assigned, [NotNullWhen(true)] out OpenBatch? batch) =>
        batches.TryGet(assigned.Batch, out batch) && batch.Ledger.IsCurrent(assigned);

    /// <summary>A processor has begun a task.</summary>
    public void Begun(IActorRef processor, ProcessTask assigned)
    {
        if (TryGetCurrent(assigned, out var batch) && batch.Ledger.TryBegin(assigned.Task.Id))
        {
            batch.Observer.Tell(new TaskBegun(batch.Id, assigned.Task, processor.Path.Name));
        }
    }

    /// <summary>A task is done.</summary>
    public void Done(ProcessTask assigned, TaskOutcome outcome)
    {
        permits.Remove(assigned.Assignment);
        if (TryGetCurrent(assigned, out var batch))
        {
            End(batch, batch.Ledger.End(assigned.Task.Id, outcome));
        }
    }

    /// <summary>A task was not done: it is tried again, or has failed.</summary>
    public void NotDone(ProcessTask assigned, TaskFailure failure)
    {
        permits.Remove(assigned.Assignment);
        if (TryGetCurrent(assigned, out var batch))
        {
            RetryOrFail(batch, assigned.Task, failure);
        }
    }

    /// <summary>Gives up what takes too long, and lets wait what is to be tried again by now.</summary>
    public void LookAtClock()
    {
        foreach (var processor in pool.Busy.ToArray())
        {
            GiveUpIfOver(processor, processor.InHand!.Value.Assigned, processor.InHand.Value.Permit);
        }

        while (_retries.TryTakeDue(clock.Now, out var retry))
        {
            LetWait(retry.Batch, retry.Task);
        }
    }

    /// <summary>Nobody waits for what is in flight any more: no output of it goes under its final name.</summary>
    public void WithdrawAll()
    {
        foreach (var busy in pool.Busy)
        {
            busy.InHand!.Value.Permit.TryWithdraw();
        }
    }

    /// <summary>Memory ran out beside others: it is begun when nobody else is in flight, and nobody is begun beside it.</summary>
    private void DoAlone(Retry alone)
    {
        if (pool.Free.Count > 0 && !pool.Busy.Any())
        {
            _retries.TakeAlone();
            _alone = alone;
            Assign(pool.Free[0], alone.Batch, alone.Task);
        }
    }

    private void Assign(Processor processor, OpenBatch batch, ImageTask task)
    {
        var (assignment, permit) = permits.Issue();
        batch.Ledger.Assign(task.Id, assignment);
        pool.Assign(processor, new ProcessTask(assignment, batch.Id, task), permit);
    }

    private void RetryOrFail(OpenBatch batch, ImageTask task, TaskFailure failure)
    {
        var attempts = batch.Ledger.AttemptsOf(task.Id);
        var verdict = RetryVerdicts.Judge(failure, attempts, settings.MaxAttempts, IsAlone(batch, task.Id));
        if (verdict == RetryVerdict.Never || batch.IsCancelled)
        {
            End(batch, verdict == RetryVerdict.Never ? Failed(batch, task, failure, attempts) : batch.Ledger.End(task.Id, TaskState.Cancelled));
            return;
        }

        log.Info("task {0} is tried again after attempt {1}: {2}", task.Id, attempts, failure.Reason);
        batch.Ledger.Withdraw(task.Id);
        TryAgain(new Retry(batch, task), verdict, attempts);
    }

    private static ImageTaskResult Failed(OpenBatch batch, ImageTask task, TaskFailure failure, int attempts) =>
        batch.Ledger.End(task.Id, failure.Kind == FailureKind.TimedOut ? TaskState.TimedOut : TaskState.Failed, RetryVerdicts.Final(failure, attempts));

    private void TryAgain(Retry retry, RetryVerdict verdict, int attempts)
    {
        if (verdict == RetryVerdict.AtOnce)
        {
            LetWait(retry.Batch, retry.Task); // before it is in flight no more: its source stays leased
        }
        else if (verdict == RetryVerdict.Alone)
        {
            _retries.AddAlone(retry);
        }
        else
        {
            _retries.AddDelayed(retry, attempts, clock.Now);
        }

        Release(retry.Batch, retry.Task.Id);
    }

    /// <summary>Ends a task for whoever waits for it, when its time is over or nobody wants it, whatever its native code does.</summary>
    private void GiveUpIfOver(Processor processor, ProcessTask assigned, TaskPermit permit)
    {
        var isTimedOut = permit.Overdue >= GraceAfterTimeout;
        if (processor.GivenUpAt is null && IsOver(assigned, permit, isTimedOut))
        {
            processor.GivenUpAt = clock.Now;
            permits.Remove(assigned.Assignment);
            EndUnanswered(assigned, isTimedOut);
        }

        if (processor.GivenUpAt is { } at && (isTimedOut || clock.Now - at >= GraceAfterCancel))
        {
            log.Warning("processor {0} is replaced: it has been for {1} at task {2}", processor.Actor.Path.Name, permit.Elapsed, assigned.Task);
            pool.Abandon(processor);
        }
    }

    private bool IsOver(ProcessTask assigned, TaskPermit permit, bool isTimedOut)
    {
        var over = isTimedOut ? permit.Overdue - GraceAfterTimeout : TryGetCurrent(assigned, out var batch) ? clock.Now - batch.GivenUpAt : null;
        return over >= TimeSpan.Zero && (permit.TryWithdraw() || over >= GraceToFinish);
    }

    private void EndUnanswered(ProcessTask assigned, bool isTimedOut)
    {
        if (TryGetCurrent(assigned, out var batch))
        {
            var task = assigned.Task;
            End(batch, isTimedOut ? TimedOut(batch, task) : batch.Ledger.End(task.Id, TaskState.Cancelled));
        }
    }

    private ImageTaskResult TimedOut(OpenBatch batch, ImageTask task)
    {
        var where = batch.Ledger.AttemptsOf(task.Id) == 0 ? "while no thread was free for it" : "and is still in a native call";
        return batch.Ledger.End(task.Id, TaskState.TimedOut, new TaskFailure(FailureKind.TimedOut, FormattableString.Invariant(
            $"source '{task.SourcePath}' took longer than the time-out of {settings.TaskTimeout.TotalSeconds:F1} s (actor-imaging.task-timeout), {where}")));
    }

    private void End(OpenBatch batch, ImageTaskResult result)
    {
        Release(batch, result.Task.Id);
        batch.Tell(result);
        batches.CloseIfEnded(batch);
    }

    private void Release(OpenBatch batch, TaskId task)
    {
        batch.Schedule.Finish(task);
        _alone = IsAlone(batch, task) ? null : _alone;
    }

    private bool IsAlone(OpenBatch batch, TaskId task) => _alone?.Batch == batch && _alone.Task.Id == task;
}
