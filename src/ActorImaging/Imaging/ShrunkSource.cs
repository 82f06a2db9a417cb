using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// The size that a source has when its pixels were decoded at a fraction of it: what sizes, percentages and aspect ratios are counted from until
/// it is resized.
/// </summary>
internal static class ShrunkSource
{
    /// <summary>The size to ask a decoder for: it takes the largest fraction that does not fall below.</summary>
    public static PixelSize Of(PixelSize source, int shrinkBy) =>
        new(Math.Max(1, source.WidthPixels / shrinkBy), Math.Max(1, source.HeightPixels / shrinkBy));

    /// <summary>What is left of it after an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="sourceSize">The source's own size; null when the pixels have theirs.</param>
    /// <param name="isTurned">Whether the operation turned the image by a quarter.</param>
    public static PixelSize? SizeAfter(ImageOperation operation, PixelSize? sourceSize, bool isTurned) => operation switch
    {
        AutoOrientOperation when isTurned => sourceSize?.Turned,
        AutoOrientOperation => sourceSize,
        _ => null,
    };
}
