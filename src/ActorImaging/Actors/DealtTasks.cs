using System.Diagnostics.CodeAnalysis;
using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Actors;

/// <summary>
/// Deals tasks as a round-robin router does, the i-th to processor i mod N, into a queue for each: a processor has its own tasks and no others,
/// however long it takes. Memory is not looked at. Not thread-safe.
/// </summary>
/// <param name="processors">N.</param>
/// <param name="leases">The sources that tasks are at work on.</param>
internal sealed class DealtTasks(int processors, SourceLeases leases) : ITaskSchedule
{
    private readonly Queue<ImageTask>[] _queues = [.. Enumerable.Range(0, processors).Select(_ => new Queue<ImageTask>())];
    private readonly Dictionary<ImageSource, Need> _needs = [];
    private readonly Dictionary<TaskId, ImageSource> _inFlight = [];
    private long _dealt;

    /// <inheritdoc/>
    public int CountIn(int lane) => lane == BatchTurns.AnyLane ? 0 : _queues[lane - 1].Count;

    /// <inheritdoc/>
    public int Add(ImageTask task)
    {
        var slot = (int)(_dealt++ % processors);
        _queues[slot].Enqueue(task);
        if (!_needs.TryGetValue(task.ImageSource, out var need))
        {
            _needs.Add(task.ImageSource, need = new Need());
        }

        need.Tasks++;
        if (need.Lease is not null)
        {
            leases.Take(task.ImageSource, tasks: 1, bytes: 0);
        }

        return BatchTurns.LaneOf(slot);
    }

    /// <inheritdoc/>
    public bool TryTake(int slot, [NotNullWhen(true)] out ImageTask? task)
    {
        if (!_queues[slot].TryDequeue(out task))
        {
            return false;
        }

        var need = _needs[task.ImageSource];
        need.Lease ??= leases.Take(task.ImageSource, need.Tasks, bytes: 0);
        _inFlight.Add(task.Id, task.ImageSource);
        return true;
    }

    /// <inheritdoc/>
    public void Finish(TaskId task)
    {
        if (_inFlight.Remove(task, out var source))
        {
            NeedNoMore(source);
        }
    }

    /// <inheritdoc/>
    public void Clear()
    {
        foreach (var queue in _queues)
        {
            while (queue.TryDequeue(out var task))
            {
                NeedNoMore(task.ImageSource);
            }
        }
    }

    private void NeedNoMore(ImageSource source)
    {
        var need = _needs[source];
        if (need.Lease is not null)
        {
            leases.Return(need.Lease);
        }

        if (--need.Tasks == 0)
        {
            _needs.Remove(source);
        }
    }

    /// <summary>How many tasks of the batch need a source, and its lease from the first of them that is begun.</summary>
    private sealed class Need
    {
        public int Tasks { get; set; }

        public SourceLease? Lease { get; set; }
    }
}
