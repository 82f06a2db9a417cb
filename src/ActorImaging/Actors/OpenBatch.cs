using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Actors;

/// <summary>A batch that has not ended: its part of the supervisor's state, and what its observer is told of it.</summary>
internal sealed class OpenBatch(BatchId id, ITaskSchedule schedule, IActorRef observer, int windowTasks, TimeSpan startedAt)
{
    private bool _areAllHandedIn;

    public BatchId Id { get; } = id;

    public ITaskSchedule Schedule { get; } = schedule;

    public BatchLedger Ledger { get; } = new(id);

    public IActorRef Observer { get; } = observer;

    /// <summary>Tasks that may be handed in and not ended: so many places are kept for it.</summary>
    public int WindowTasks { get; } = windowTasks;

    /// <summary>When it was opened, by the supervisor's clock.</summary>
    public TimeSpan StartedAt { get; } = startedAt;

    /// <summary>When its tasks in flight are given up, by the supervisor's clock; null while they are waited for.</summary>
    public TimeSpan? GivenUpAt { get; private set; }

    /// <summary>Tasks that were handed in, and arrived or are lost.</summary>
    public long Arrived { get; private set; }

    /// <summary>Whether tasks that are not begun end as cancelled.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>How many tasks of others were begun while it was its turn and there was no memory for it.</summary>
    public int PassedBy { get; set; }

    /// <summary>Whether nothing is left to wait for.</summary>
    public bool HasEnded => _areAllHandedIn && Ledger.OpenCount == 0;

    /// <summary>Enters tasks that were handed in.</summary>
    /// <returns>Those that wait now; no others than those that came for the first time.</returns>
    public IEnumerable<ImageTask> Receive(AddTasks add)
    {
        if (add.Before < Arrived || _areAllHandedIn)
        {
            yield break;
        }

        NoteLost(add.Before);
        Arrived += add.Tasks.Length;
        foreach (var task in add.Tasks)
        {
            if (!Ledger.TrySubmit(task, out var refused))
            {
                Tell(refused);
            }
            else if (IsCancelled)
            {
                Tell(Ledger.End(task.Id, TaskState.Cancelled));
            }
            else
            {
                yield return task;
            }
        }
    }

    /// <summary>So many tasks were handed in so far: any that did not arrive are lost.</summary>
    public void NoteLost(long handedIn)
    {
        if (handedIn > Arrived)
        {
            Observer.Tell(new TasksLost(Id, Arrived, handedIn - Arrived));
            Arrived = handedIn;
        }
    }

    /// <summary>No more tasks come.</summary>
    public void NoteAllHandedIn() => _areAllHandedIn = true;

    /// <summary>Ends every task that waits.</summary>
    /// <param name="givenUpAt">When tasks in flight are given up; null for never. The earliest that was ever said counts.</param>
    public void Cancel(TimeSpan? givenUpAt)
    {
        IsCancelled = true;
        GivenUpAt = givenUpAt < GivenUpAt || GivenUpAt is null ? givenUpAt : GivenUpAt;
        Schedule.Clear();
        foreach (var waiting in Ledger.Waiting)
        {
            Tell(Ledger.End(waiting, TaskState.Cancelled));
        }
    }

    /// <summary>Ends every task that is open, waiting or given away.</summary>
    public void Fail(TaskFailure failure)
    {
        Schedule.Clear();
        foreach (var task in Ledger.Open)
        {
            Schedule.Finish(task);
            Tell(Ledger.End(task, TaskState.Failed, failure));
        }
    }

    /// <summary>Tells the observer how a task ended.</summary>
    public void Tell(ImageTaskResult result) => Observer.Tell(new TaskEnded(Id, result));
}
