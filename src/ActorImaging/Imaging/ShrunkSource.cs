using ActorImaging.Imaging.Kernels;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// What is known of a source whose pixels were decoded at a fraction of its size, until it is resized: the size that it has, from which sizes,
/// percentages and aspect ratios are counted, and how much of it the outermost pixels stand for, where the fraction does not divide it.
/// </summary>
/// <param name="Size">The size that the source has.</param>
/// <param name="Horizontal">The part of the columns that is of the image.</param>
/// <param name="Vertical">The part of the rows that is.</param>
internal sealed record ShrunkSource(PixelSize Size, SampleRange Horizontal, SampleRange Vertical)
{
    /// <summary>The size to ask a decoder for: it takes the largest fraction that does not fall below.</summary>
    public static PixelSize SizeOf(PixelSize source, int shrinkBy) =>
        new(Math.Max(1, source.WidthPixels / shrinkBy), Math.Max(1, source.HeightPixels / shrinkBy));

    /// <summary>What is known of pixels as they were decoded; null where they are all that the source has.</summary>
    public static ShrunkSource? Of(PixelSize source, PixelSize decoded)
    {
        if (decoded == source)
        {
            return null;
        }

        // the same fraction both ways, a power of two; found from the longer side, of which one pixel more or less matters less
        var (longer, decodedLonger) = source.WidthPixels >= source.HeightPixels ? (source.WidthPixels, decoded.WidthPixels) : (source.HeightPixels, decoded.HeightPixels);
        var denominator = Math.Pow(2, Math.Ceiling(Math.Log2((double)longer / decodedLonger)));
        return new ShrunkSource(source, Range(source.WidthPixels / denominator, decoded.WidthPixels), Range(source.HeightPixels / denominator, decoded.HeightPixels));
    }

    /// <summary>What is left of it after an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="orientation">How the image was stored before.</param>
    public ShrunkSource? After(ImageOperation operation, ImageOrientation orientation) => operation is AutoOrientOperation ? Upright(orientation) : null;

    private static SampleRange Range(double covered, int samples) => covered <= samples && covered > samples - 1 ? new SampleRange(0, covered) : SampleRange.Of(samples);

    private ShrunkSource Upright(ImageOrientation orientation)
    {
        var isTurned = orientation >= ImageOrientation.LeftTop;
        var (size, horizontal, vertical) = isTurned ? (Size.Turned, Vertical, Horizontal) : (Size, Horizontal, Vertical);
        var isFlopped = orientation is ImageOrientation.TopRight or ImageOrientation.BottomRight or ImageOrientation.RightTop or ImageOrientation.RightBottom;
        var isFlipped = orientation is ImageOrientation.BottomRight or ImageOrientation.BottomLeft or ImageOrientation.RightBottom or ImageOrientation.LeftBottom;
        return new ShrunkSource(size, isFlopped ? horizontal.Mirrored() : horizontal, isFlipped ? vertical.Mirrored() : vertical);
    }
}
