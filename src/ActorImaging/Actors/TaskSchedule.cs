using System.Diagnostics.CodeAnalysis;
using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Actors;

/// <summary>
/// Has whoever is free take the next task. Not thread-safe.
/// </summary>
/// <remarks>
/// A processor that asks gets, of what there is memory for, the longest task of a source that was begun and keeps nobody waiting; else it begins another source, the one
/// with the most to do among those within reach; else the longest task of a source that is being decoded, for which it will wait. So processors
/// begin on different sources, each source is decoded once and soon done with, and at the end all processors share what is left.
/// </remarks>
internal sealed class TaskSchedule : ITaskSchedule
{
    /// <summary>How many sources are looked at for one that there is memory for.</summary>
    private const int ReachSources = 16;

    /// <summary>How many smaller sources may pass one that there is no memory for; then they wait until there is.</summary>
    private const int MostPassing = 64;

    /// <summary>How many entries that were overtaken may lie about.</summary>
    private const int MostOvertaken = 64;

    private readonly Func<ImageTask, TaskEstimate> _estimate;
    private readonly MemoryBudget _memory;
    private readonly SourceLeases _leases;
    private readonly Dictionary<ImageSource, SourceTasks> _sources = [];
    private readonly Dictionary<TaskId, WaitingTask> _inFlight = [];

    // Sources that no task was taken of. One that got more tasks is in it again, with what it has to do now: earlier entries are passed over.
    private readonly PriorityQueue<SourceTasks, (double NegatedTime, long Arrival)> _unbegun = new();
    private readonly List<SourceTasks> _begun = [];
    private long _arrivals;

    /// <summary>Creates a schedule without tasks.</summary>
    /// <param name="estimate">What a task takes.</param>
    /// <param name="memory">The memory that all batches share.</param>
    /// <param name="leases">The sources that tasks are at work on.</param>
    public TaskSchedule(Func<ImageTask, TaskEstimate> estimate, MemoryBudget memory, SourceLeases leases)
    {
        _estimate = estimate;
        _memory = memory;
        _leases = leases;
    }

    /// <summary>Tasks that wait.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public int CountIn(int lane) => lane == BatchTurns.AnyLane ? Count : 0;

    /// <inheritdoc/>
    public int Add(ImageTask task)
    {
        if (!_sources.TryGetValue(task.ImageSource, out var source))
        {
            _sources.Add(task.ImageSource, source = new SourceTasks(task.ImageSource, _arrivals));
        }

        Count++;
        source.Add(new WaitingTask(task, _estimate(task), _arrivals++), _leases);
        if (source.Lease is null)
        {
            _unbegun.Enqueue(source, PriorityOf(source));
            DropOvertaken();
        }
        else if (source.Waiting == 1)
        {
            _begun.Add(source);
        }

        return BatchTurns.AnyLane;
    }

    /// <inheritdoc/>
    public bool TryTake(int slot, [NotNullWhen(true)] out ImageTask? task)
    {
        var source = FindBest(source => !source.IsBeingDecoded) ?? (_begun.Exists(HasToBeNext) ? null : FindUnbegun()) ?? FindBest(_ => true);
        task = source is null ? null : Take(source);
        return task is not null;
    }

    /// <inheritdoc/>
    public void Finish(TaskId task)
    {
        if (_inFlight.Remove(task, out var finished))
        {
            var source = _sources[finished.Task.ImageSource];
            _memory.GiveTask(finished.Estimate.WorkingBytes);
            source.Finish(_leases);
            ForgetIfDone(source);
        }
    }

    /// <inheritdoc/>
    public void Clear()
    {
        Count = 0;
        _unbegun.Clear();
        _begun.Clear();
        foreach (var source in _sources.Values.ToArray())
        {
            source.DropWaiting(_leases);
            ForgetIfDone(source);
        }
    }

    private SourceTasks? FindBest(Func<SourceTasks, bool> isEligible) => _begun.Count == 0 ? null : _begun
        .Where(source => isEligible(source) && _memory.HasRoomFor(source.Longest.Estimate.WorkingBytes))
        .MinBy(source => (-source.Longest.Estimate.Time, source.Longest.Arrival));

    private SourceTasks? FindUnbegun()
    {
        var passed = new List<(SourceTasks Source, (double, long))>();
        SourceTasks? found = null;
        while (found is null && passed.Count < ReachSources && _unbegun.TryDequeue(out var source, out var priority))
        {
            if (source.Lease is not null || source.Waiting == 0 || priority.NegatedTime != -source.WaitingTime)
            {
                continue; // an entry that was overtaken
            }

            if (_memory.HasRoomFor(_leases.MoreBytesFor(source.Source, source.SourceBytes) + source.Longest.Estimate.WorkingBytes))
            {
                found = source;
            }
            else
            {
                passed.Add((source, priority));
                if (HasToBeNext(source))
                {
                    break;
                }
            }
        }

        if (found is not null)
        {
            passed.ForEach(entry => entry.Source.PassedBy++);
            _begun.ForEach(source => source.PassedBy += _memory.HasRoomFor(source.Longest.Estimate.WorkingBytes) ? 0 : 1);
        }

        _unbegun.EnqueueRange(passed);
        return found;
    }

    private static bool HasToBeNext(SourceTasks source) => source.PassedBy >= MostPassing;

    private static (double NegatedTime, long Arrival) PriorityOf(SourceTasks source) => (-source.WaitingTime, source.Arrival);

    /// <summary>Entries that were overtaken lie below those that count, and would come up only when nothing else waits.</summary>
    private void DropOvertaken()
    {
        if (_unbegun.Count > MostOvertaken + (2 * _sources.Count))
        {
            _unbegun.Clear();
            _unbegun.EnqueueRange(_sources.Values.Where(source => source.Lease is null && source.Waiting > 0).Select(source => (source, PriorityOf(source))));
        }
    }

    private ImageTask Take(SourceTasks source)
    {
        var isFirst = source.Lease is null;
        var taken = source.TakeLongest(_leases);
        Count--;
        if (isFirst && source.Waiting > 0)
        {
            _begun.Add(source);
        }
        else if (source.Waiting == 0)
        {
            _begun.Remove(source);
        }

        _memory.TakeTask(taken.Estimate.WorkingBytes);
        _inFlight.Add(taken.Task.Id, taken);
        return taken.Task;
    }

    private void ForgetIfDone(SourceTasks source)
    {
        if (source.Waiting + source.InFlight == 0)
        {
            _sources.Remove(source.Source);
        }
    }
}
