using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Png;

/// <summary>Writes PNG, also animated, by our own writer.</summary>
internal sealed class PngEncoder : IImageEncoder
{
    /// <inheritdoc/>
    public string Name => "own PNG writer";

    /// <inheritdoc/>
    public void Encode(IReadOnlyList<Frame> frames, ImageMetadata metadata, OutputSettings settings, Stream output)
    {
        if (frames.Count == 1)
        {
            PngWriter.Write(RowsOf(frames[0], metadata), metadata, settings.Png, output);
        }
        else
        {
            AnimatedPngWriter.Write(frames, metadata, settings.Png, output);
        }
    }

    /// <summary>The rows to write: those of the kernel as it makes them, unless the writer might find a shorter form by looking at all first.</summary>
    private static PngRows RowsOf(Frame frame, ImageMetadata metadata) => frame.PendingRows is { } pending && KernelRows.NeedNoLook(pending, metadata)
        ? new KernelRows(pending)
        : PngRows.From(frame.FinishPixels());
}
