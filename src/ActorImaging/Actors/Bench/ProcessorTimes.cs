using System.Diagnostics;
using ActorImaging.Tasks;

namespace ActorImaging.Actors.Bench;

/// <summary>When the processors of a run ended their last tasks: how evenly the work was shared out shows at its end.</summary>
internal sealed class ProcessorTimes
{
    private readonly Dictionary<TaskId, string> _processorOf = [];
    private readonly Dictionary<string, long> _lastEnd = [];
    private long _end = Stopwatch.GetTimestamp();

    /// <summary>A processor has begun a task.</summary>
    public void Begun(TaskId task, string processor) => _processorOf[task] = processor;

    /// <summary>A task has ended.</summary>
    public void Ended(TaskId task)
    {
        _end = Stopwatch.GetTimestamp();
        if (_processorOf.Remove(task, out var processor))
        {
            _lastEnd[processor] = _end;
        }
    }

    /// <summary>How long processors had nothing to do while others did the last tasks, on average; one that never had anything does not count.</summary>
    public TimeSpan IdleAtEnd(int processors) =>
        _lastEnd.Values.Aggregate(TimeSpan.Zero, (sum, last) => sum + Stopwatch.GetElapsedTime(last, _end)) / Math.Max(1, Math.Min(processors, _lastEnd.Count));
}
