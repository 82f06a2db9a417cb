using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Imaging.Png;

namespace ActorImaging.Imaging;

/// <summary>The rows of a kernel as the PNG writer asks for them. The kernel must outlive them.</summary>
internal sealed class KernelRows(RowSource kernel) : PngRows(kernel.WidthPixels, kernel.HeightPixels, PngPixelFormat.OfChannels(kernel.Channels))
{
    /// <summary>Rows that are looked at to see that nothing can be left away: of a photograph the first one tells.</summary>
    private const int LookRows = 16;

    /// <summary>
    /// Whether the writer would find nothing to leave away if it could look at all rows first, so that it writes the same bytes without: the first
    /// rows have more colours than a palette, are not gray, and not opaque where they could be otherwise.
    /// </summary>
    public static bool NeedNoLook(RowSource kernel, ImageMetadata metadata)
    {
        var rows = Math.Min(LookRows, kernel.HeightPixels);
        using var beginning = PixelBuffer.Allocate(kernel.WidthPixels, rows, kernel.Channels);
        kernel.ReadRows(0, beginning.Rows(0, rows));
        var looked = From(beginning);
        return PngReduction.CandidatesFor(looked, metadata) is [var only] && only == looked;
    }

    /// <inheritdoc/>
    public override void ReadRows(int firstRow, int count, Span<byte> destination) => kernel.ReadRows(firstRow, destination);
}
