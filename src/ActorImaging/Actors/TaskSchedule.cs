using ActorImaging.Tasks;

namespace ActorImaging.Actors;

/// <summary>
/// The tasks of a batch that wait for a processor, and which of them is next. A pure data structure: it knows no actor. Not thread-safe.
/// </summary>
/// <param name="estimateCost">How long a task takes compared with others; null keeps the order in which they came.</param>
internal sealed class TaskSchedule(Func<ImageTask, double>? estimateCost)
{
    // Longest first, so that no long task is begun when the others are nearly done; among equals, first come first served.
    private readonly PriorityQueue<ImageTask, (double NegatedCost, long Arrival)> _waiting = new();
    private long _arrivals;

    /// <summary>Tasks that wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>Lets a task wait.</summary>
    public void Add(ImageTask task) => _waiting.Enqueue(task, (-(estimateCost?.Invoke(task) ?? 0), _arrivals++));

    /// <summary>Takes the next task out.</summary>
    public bool TryTake(out ImageTask task) => _waiting.TryDequeue(out task!, out _);
}
