using System.Globalization;
using ActorImaging.Actors;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Reporting;

/// <summary>What each processor does, on a line: its number, for how long, what to which file. Not thread-safe.</summary>
/// <param name="time">The clock.</param>
internal sealed class ProcessorLines(TimeProvider time)
{
    private readonly List<Processor> _processors = [];
    private readonly Dictionary<TaskId, Processor> _processorOf = [];

    /// <summary>Takes note of what happened.</summary>
    public void Note(BatchEvent happened)
    {
        if (happened is TaskBegun begun)
        {
            var processor = ByName(begun.Processor);
            processor.Task = begun.Task;
            processor.BegunTimestamp = time.GetTimestamp();
            _processorOf[begun.Task.Id] = processor;
        }
        else if (happened is TaskEnded { Result.Task: var ended } && _processorOf.Remove(ended.Id, out var free) && free.Task?.Id == ended.Id)
        {
            free.Task = null;
        }
    }

    /// <summary>A line for each processor that has done something, as it is now.</summary>
    public IReadOnlyList<string> Lines() => [.. _processors.Select((processor, index) => LineOf(index + 1, processor))];

    private string LineOf(int number, Processor processor) => processor.Task is { } task
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{number,3}  {time.GetElapsedTime(processor.BegunTimestamp).TotalSeconds,5:F1} s  {task.OperationsText}  {Terminal.Printable(task.SourcePath)}")
        : string.Create(CultureInfo.InvariantCulture, $"{number,3}  idle");

    private Processor ByName(string name)
    {
        var known = _processors.Find(processor => processor.Name == name);
        if (known is null)
        {
            _processors.Add(known = new Processor(name));
        }

        return known;
    }

    private sealed class Processor(string name)
    {
        public string Name { get; } = name;

        public ImageTask? Task { get; set; }

        public long BegunTimestamp { get; set; }
    }
}
