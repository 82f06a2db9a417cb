using System.Collections.Immutable;

namespace ActorImaging.Tasks;

/// <summary>
/// By how much a source may be decoded smaller than it is, because everything that is made of it begins with making it smaller: a JPEG at an
/// eighth of its size takes a fifth of the time.
/// </summary>
public static class SourceShrink
{
    private const double Rounded = 0.5; // a side is rounded by half a pixel at the most

    /// <summary>The fractions that JPEG decoders have, the smallest first.</summary>
    private static readonly int[] Denominators = [8, 4, 2];

    /// <summary>The denominator of the smallest fraction that is good for all tasks of a source.</summary>
    /// <param name="header">What the source says of itself.</param>
    /// <param name="operations">The operations of each task of the source.</param>
    /// <param name="policy">How far it may go.</param>
    /// <returns>1, 2, 4 or 8, for <see cref="SourceSettings.ShrinkBy"/>.</returns>
    public static int For(ImageHeader header, IEnumerable<ImmutableArray<ImageOperation>> operations, ShrinkOnLoad policy = ShrinkOnLoad.On)
    {
        if (!header.CanShrink || policy == ShrinkOnLoad.Off)
        {
            return 1;
        }

        var kept = policy == ShrinkOnLoad.Careful ? 2 : 1;
        var least = operations.Select(task => FactorOf(header, task)).DefaultIfEmpty(1).Min();
        return Array.Find(Denominators, denominator => least >= denominator * kept) is var found and > 0 ? found : 1;
    }

    /// <summary>How many times smaller the first operation makes the image; 1 when it does something else.</summary>
    private static double FactorOf(ImageHeader header, ImmutableArray<ImageOperation> operations)
    {
        var isUpright = operations is [AutoOrientOperation, ..];
        if (operations.Skip(isUpright ? 1 : 0).FirstOrDefault() is not ResizeOperation resize)
        {
            return 1;
        }

        var size = isUpright && header.IsTurned ? header.Size.Turned : header.Size;
        var scaled = resize.ScaledSizeOf(size);
        return Math.Min(size.WidthPixels / (scaled.WidthPixels - Rounded), size.HeightPixels / (scaled.HeightPixels - Rounded));
    }
}
