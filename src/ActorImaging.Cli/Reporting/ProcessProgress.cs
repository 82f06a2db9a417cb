using System.Diagnostics;
using System.Globalization;
using ActorImaging.Actors;
using ActorImaging.Cli.Planning;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Reporting;

/// <summary>
/// How far a batch is, by what its sources hold and not by their number: a task of a large photograph counts for more than one of an icon.
/// </summary>
internal sealed class ProcessProgress(PlanSize size)
{
    /// <summary>The whole, in the unit of <see cref="DoneThousandths"/>.</summary>
    public const int Thousandths = 1000;

    private const double PixelsPerMegapixel = 1e6;

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly SortedDictionary<string, string> _inHand = new(StringComparer.Ordinal);
    private readonly Dictionary<TaskId, string> _processorOf = [];
    private long _doneBytes;
    private long _pixels;
    private long _succeeded;

    /// <summary>Tasks that ended.</summary>
    public long DoneTasks { get; private set; }

    /// <summary>The share that is done.</summary>
    public int DoneThousandths => size.SourceBytes == 0
        ? (int)(DoneTasks * Thousandths / Math.Max(1, size.Tasks))
        : (int)(_doneBytes * Thousandths / size.SourceBytes);

    /// <summary>Source pixels by time, in millions a second.</summary>
    public double MegapixelsPerSecond => _pixels / PixelsPerMegapixel / Elapsed.TotalSeconds;

    /// <summary>Tasks that succeeded, by time.</summary>
    public double TasksPerSecond => _succeeded / Elapsed.TotalSeconds;

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>Takes note of what happened.</summary>
    /// <returns>How it stands, on a line, and what each processor does, on lines of their own.</returns>
    public string Note(BatchEvent happened)
    {
        if (happened is TaskBegun begun)
        {
            _processorOf[begun.Task.Id] = begun.Processor;
            _inHand[begun.Processor] = Path.GetFileName(begun.Task.SourcePath);
        }
        else if (happened is TaskEnded { Result: var result })
        {
            DoneTasks++;
            _succeeded += result.State == TaskState.Succeeded ? 1 : 0;
            _doneBytes += ProcessPlan.LengthOf(result.Task.SourcePath);
            _pixels += result.Statistics.SourcePixels;
            if (_processorOf.Remove(result.Task.Id, out var processor))
            {
                _inHand.Remove(processor);
            }
        }

        var line = string.Create(
            CultureInfo.InvariantCulture, $"{DoneTasks} of {size.Tasks} tasks, {TasksPerSecond:F1} a second, {MegapixelsPerSecond:F1} MP/s");
        return string.Join('\n', [line, .. _inHand.Select(pair => $"  {pair.Key} {pair.Value}")]);
    }
}
