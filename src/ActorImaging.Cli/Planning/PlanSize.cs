using ActorImaging.Tasks;

namespace ActorImaging.Cli.Planning;

/// <summary>How much there is to do.</summary>
/// <param name="Tasks">Tasks.</param>
/// <param name="SourceBytes">Bytes of the sources, once for each task.</param>
internal readonly record struct PlanSize(long Tasks, long SourceBytes)
{
    /// <summary>The same and one task more.</summary>
    public PlanSize With(ImageTask task)
    {
        var source = new FileInfo(task.SourcePath);
        return new PlanSize(Tasks + 1, SourceBytes + (source.Exists ? source.Length : 0)); // one that is missing is its task's to say
    }
}
