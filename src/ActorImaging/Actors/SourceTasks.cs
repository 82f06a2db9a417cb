using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Actors;

/// <summary>The tasks of one source that wait or are in flight: the schedule's unit of thought. Not thread-safe.</summary>
internal sealed class SourceTasks(ImageSource source, long arrival)
{
    private readonly PriorityQueue<WaitingTask, (double NegatedTime, long Arrival)> _waiting = new();

    public ImageSource Source { get; } = source;

    /// <summary>When its first task came: who came first is served first among equals.</summary>
    public long Arrival { get; } = arrival;

    public int Waiting => _waiting.Count;

    public int InFlight { get; private set; }

    /// <summary>How long all tasks that wait would take one after the other.</summary>
    public double WaitingTime { get; private set; }

    /// <summary>Bytes of the decoded source, by the largest estimate.</summary>
    public long SourceBytes { get; private set; }

    /// <summary>Whether some task of it was begun, so that it is decoded, or about to be.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>Whether some task of it has been done, so that it is decoded for certain.</summary>
    public bool IsDecoded { get; private set; }

    /// <summary>How many sources were begun before it because there was memory for them and not for it.</summary>
    public int PassedBy { get; set; }

    /// <summary>Whether it is held for more than one task.</summary>
    public bool IsHeld { get; set; }

    /// <summary>The longest task that waits.</summary>
    public WaitingTask Longest => _waiting.Peek();

    public void Add(WaitingTask task)
    {
        _waiting.Enqueue(task, (-task.Estimate.Time, task.Arrival));
        WaitingTime += task.Estimate.Time;
        SourceBytes = IsBegun ? SourceBytes : Math.Max(SourceBytes, task.Estimate.SourceBytes);
    }

    public WaitingTask TakeLongest()
    {
        var task = _waiting.Dequeue();
        WaitingTime -= task.Estimate.Time;
        IsBegun = true;
        InFlight++;
        return task;
    }

    public void Finish(bool isDone)
    {
        InFlight--;
        IsDecoded |= isDone;
    }

    /// <summary>Drops everything that waits.</summary>
    public void DropWaiting()
    {
        _waiting.Clear();
        WaitingTime = 0;
    }
}

/// <summary>A task that waits for a processor.</summary>
internal readonly record struct WaitingTask(ImageTask Task, TaskEstimate Estimate, long Arrival);
