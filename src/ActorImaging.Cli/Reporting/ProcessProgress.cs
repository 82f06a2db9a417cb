using System.Globalization;
using ActorImaging.Actors;
using ActorImaging.Cli.Planning;
using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Reporting;

/// <summary>
/// How far a batch is, by the pixels of its sources and not by their number: a task of a large photograph counts for more than one of an
/// icon. Sources whose headers nobody has looked at yet are taken to have as many pixels a byte as the others. Thread-safe: tasks are handed
/// in on one thread, and end on another.
/// </summary>
/// <param name="size">How much there is to do.</param>
/// <param name="time">The clock.</param>
internal sealed class ProcessProgress(PlanSize size, TimeProvider time)
{
    private const double PixelsPerMegapixel = 1e6;

    private readonly long _started = time.GetTimestamp();
    private readonly Lock _guard = new();
    private readonly ProcessorLines _processors = new(time);
    private PlanSize _seen;
    private PlanSize _expected;
    private double _expectedPixels;
    private double _donePixels;
    private long _doneTasks;
    private long _decodedPixels;
    private long _succeeded;

    /// <summary>Source pixels that tasks decoded, by time, in millions a second.</summary>
    public double MegapixelsPerSecond => _decodedPixels / PixelsPerMegapixel / Elapsed.TotalSeconds;

    /// <summary>Tasks that succeeded, by time.</summary>
    public double TasksPerSecond => _succeeded / Elapsed.TotalSeconds;

    private TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>A task of the plan has come up, to be done or not.</summary>
    public void See(ImageTask task)
    {
        lock (_guard)
        {
            _seen = _seen.With(SourceFile.Find(task.SourcePath));
        }
    }

    /// <summary>A task is about to be handed in.</summary>
    public void Expect(ImageTask task)
    {
        lock (_guard)
        {
            _expected = _expected.With(SourceFile.Find(task.SourcePath));
            _expectedPixels += task.Header?.Pixels ?? 0;
        }
    }

    /// <summary>Takes note of what happened.</summary>
    public void Note(BatchEvent happened)
    {
        lock (_guard)
        {
            _processors.Note(happened);
            if (happened is TaskEnded { Result: var result })
            {
                _doneTasks++;
                _donePixels += result.Task.Header?.Pixels ?? 0;
                _decodedPixels += result.Statistics.SourcePixels;
                _succeeded += result.State == TaskState.Succeeded ? 1 : 0;
            }
        }
    }

    /// <summary>How it stands at this moment.</summary>
    public ProgressView Look()
    {
        lock (_guard)
        {
            return Describe();
        }
    }

    private ProgressView Describe()
    {
        var tasks = _expected.Tasks + size.Tasks - _seen.Tasks;
        var unseenBytes = Math.Max(0, size.SourceBytes - _seen.SourceBytes);
        var pixels = _expectedPixels + (_expected.SourceBytes == 0 ? 0 : unseenBytes * (_expectedPixels / _expected.SourceBytes));
        return new ProgressView(
            "processing",
            pixels > 0 ? _donePixels / pixels : (double)_doneTasks / Math.Max(1, tasks),
            string.Create(CultureInfo.InvariantCulture, $"{_doneTasks:N0} of {tasks:N0} tasks, {TasksPerSecond:N1} tasks/s, {MegapixelsPerSecond:N1} MP/s"),
            _processors.Lines());
    }
}
