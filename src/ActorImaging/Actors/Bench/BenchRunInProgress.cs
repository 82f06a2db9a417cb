using System.Collections.Immutable;
using System.Globalization;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Actors.Bench;

/// <summary>A run that is being measured: its tasks, and what came of them so far.</summary>
internal sealed class BenchRunInProgress
{
    private readonly ImmutableArray<ImageTask> _tasks;

    public BenchRunInProgress(BenchSlot slot, BenchPlan plan, IActorRef supervisor)
    {
        Slot = slot;
        Supervisor = supervisor;
        _tasks = [.. CreateTasks(slot, plan)];
    }

    public BenchSlot Slot { get; }

    public IActorRef Supervisor { get; }

    public BatchId Batch { get; } = BatchId.Create();

    public ResourceMeter Meter { get; } = new();

    public List<ImageTaskResult> Results { get; } = [];

    /// <summary>When each processor ended its last task.</summary>
    public ProcessorTimes Processors { get; } = new();

    /// <summary>Tasks that were handed in so far.</summary>
    public int HandedIn { get; private set; }

    public bool AreAllHandedIn => HandedIn == _tasks.Length;

    public ImmutableArray<string> OutputPaths => [.. _tasks.Select(task => task.OutputPath)];

    /// <summary>The next tasks, at most so many.</summary>
    public ImmutableArray<ImageTask> TakeTasks(int most)
    {
        var taken = _tasks.Slice(HandedIn, Math.Min(most, _tasks.Length - HandedIn));
        HandedIn += taken.Length;
        return taken;
    }

    public BenchRun Measured(ImmutableArray<string> digests) => new(
        Slot.Row,
        Slot.Round,
        Meter.Elapsed,
        Meter.Cpu,
        Meter.PeakBytes,
        Processors.IdleAtEnd(Slot.Row.Actors),
        [.. Results.OrderBy(result => result.Task.Id.Number)],
        digests);

    /// <summary>The warm-up does the first image only: it is there to load and compile code, not to measure.</summary>
    public static int TaskCountOf(BenchSlot slot, BenchPlan plan) => SourcesOf(slot, plan).Length * plan.Variants.Length;

    private static ImmutableArray<BenchSource> SourcesOf(BenchSlot slot, BenchPlan plan) => slot.Round == 0 ? plan.Sources[..1] : plan.Sources;

    private static IEnumerable<ImageTask> CreateTasks(BenchSlot slot, BenchPlan plan)
    {
        var folder = Path.Combine(plan.WorkFolder, string.Create(CultureInfo.InvariantCulture, $"row-{slot.Row.Number}"));
        var number = 0L;
        foreach (var source in SourcesOf(slot, plan))
        {
            foreach (var operations in plan.Variants)
            {
                number++;
                var words = string.Join('-', operations.Select(operation => operation.Name));
                var name = string.Create(CultureInfo.InvariantCulture, $"{number:0000}-{Path.GetFileNameWithoutExtension(source.Path)}-{words}.png");
                yield return new ImageTask(new TaskId(number), source.Path, operations, Path.Combine(folder, name))
                {
                    Source = new SourceSettings { ShrinkBy = source.ShrinkBy },
                    Header = source.Header,
                };
            }
        }
    }
}
