using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Actors;

/// <summary>A batch that has not been answered: its part of the supervisor's state.</summary>
internal sealed class OpenBatch(BatchId id, Distribution distribution, TaskSchedule schedule, IActorRef observer, long startedTimestamp)
{
    public BatchId Id { get; } = id;

    public Distribution Distribution { get; } = distribution;

    public TaskSchedule Schedule { get; } = schedule;

    public BatchLedger Ledger { get; } = new(id);

    public IActorRef Observer { get; } = observer;

    public long StartedTimestamp { get; } = startedTimestamp;

    /// <summary>Whether all its tasks were handed in.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Whether tasks that are not started end as cancelled.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>Whether nothing is left to wait for.</summary>
    public bool IsDone => IsComplete && Ledger.OpenCount == 0;

    /// <summary>Enters a task, and lets it wait.</summary>
    public void Add(ImageTask task)
    {
        if (Ledger.Submit(task) is { } refused)
        {
            Tell(refused);
        }
        else
        {
            LetWait(task);
        }
    }

    /// <summary>Lets an open task wait for a processor again.</summary>
    public void LetWaitAgain(ImageTask task)
    {
        LetWait(task); // before it is in flight no more: its source stays held
        Schedule.Finish(task.Id, isDone: false);
    }

    /// <summary>Ends an open task that was given away.</summary>
    public void End(ImageTaskResult result, bool isDone)
    {
        Schedule.Finish(result.Task.Id, isDone);
        Tell(result);
    }

    private void LetWait(ImageTask task)
    {
        if (IsCancelled)
        {
            Tell(Ledger.End(task.Id, TaskState.Cancelled));
        }
        else
        {
            Schedule.Add(task);
        }
    }

    /// <summary>Ends every task that waits.</summary>
    public void Cancel()
    {
        IsCancelled = true;
        foreach (var waiting in Schedule.TakeAll())
        {
            Tell(Ledger.End(waiting.Id, TaskState.Cancelled));
        }
    }

    /// <summary>Ends every task that is open, waiting or given away.</summary>
    public void Fail(TaskFailure failure)
    {
        Schedule.TakeAll();
        foreach (var task in Ledger.OpenTasks)
        {
            End(Ledger.End(task.Id, TaskState.Failed, failure), isDone: false);
        }
    }

    private void Tell(ImageTaskResult result) => Observer.Tell(new TaskEnded(Id, result));
}
