using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Planning;

/// <summary>Adds to tasks what the header of their source says, and what follows from it for decoding. One thread at a time.</summary>
/// <param name="limits">Which formats are read, and how many frames are counted.</param>
/// <param name="variants">Everything that is made of each source.</param>
/// <param name="shrinkOnLoad">How far sources may be decoded smaller than they are.</param>
internal sealed class TaskPreparation(ImageLimits limits, IReadOnlyList<Variant> variants, ShrinkOnLoad shrinkOnLoad)
{
    private readonly SourceMeasure _measure = new(limits);

    /// <summary>Prepares a task; of those that follow each other on one source only the first costs a look.</summary>
    public ImageTask Prepare(ImageTask task)
    {
        var measured = _measure.Measure(task);
        return measured.Header is { CanShrink: true } header
            ? measured with
            {
                Source = task.Source with
                {
                    ShrinkBy = SourceShrink.For(header, variants.Select(variant => variant.Operations), shrinkOnLoad),
                    KeepsPlanes = shrinkOnLoad != ShrinkOnLoad.Off
                        && variants.All(variant => SourcePlanes.Suffice(header, variant.Operations, variant.Format ?? header.Format, variant.Output)),
                },
            }
            : measured;
    }
}
