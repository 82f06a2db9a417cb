using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Actors;

/// <summary>The tasks of one batch and source that wait or are in flight: the schedule's unit of thought. Not thread-safe.</summary>
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

    /// <summary>Its lease, from the first of its tasks that is begun.</summary>
    public SourceLease? Lease { get; private set; }

    /// <summary>Whether the next task of it may have to wait for one in flight that decodes.</summary>
    public bool IsBeingDecoded => InFlight > 0 && Lease?.IsReady == false;

    /// <summary>How many sources were begun while there was memory for them and not for its next task.</summary>
    public int PassedBy { get; set; }

    /// <summary>The longest task that waits.</summary>
    public WaitingTask Longest => _waiting.Peek();

    public void Add(WaitingTask task, SourceLeases leases)
    {
        _waiting.Enqueue(task, (-task.Estimate.Time, task.Arrival));
        WaitingTime += task.Estimate.Time;
        SourceBytes = Math.Max(SourceBytes, task.Estimate.SourceBytes);
        if (Lease is not null)
        {
            leases.Take(Source, tasks: 1, task.Estimate.SourceBytes);
        }
    }

    public WaitingTask TakeLongest(SourceLeases leases)
    {
        Lease ??= leases.Take(Source, Waiting, SourceBytes);
        var task = _waiting.Dequeue();
        WaitingTime -= task.Estimate.Time;
        InFlight++;
        PassedBy = 0;
        return task;
    }

    public void Finish(SourceLeases leases)
    {
        InFlight--;
        leases.Return(Lease!);
    }

    /// <summary>Drops everything that waits.</summary>
    public void DropWaiting(SourceLeases leases)
    {
        if (Lease is not null)
        {
            leases.Return(Lease, Waiting);
        }

        _waiting.Clear();
        WaitingTime = 0;
    }
}

/// <summary>A task that waits for a processor.</summary>
internal readonly record struct WaitingTask(ImageTask Task, TaskEstimate Estimate, long Arrival);
