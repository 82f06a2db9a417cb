namespace ActorImaging.Imaging.Kernels;

/// <summary>A rectangle cut out of the picture; the whole of it is a copy.</summary>
internal sealed unsafe class Crop : RowSource
{
    private readonly int _left;
    private readonly int _top;

    /// <summary>Cuts out a rectangle that lies within <paramref name="source"/>.</summary>
    /// <param name="source">Pixels of 1 to 4 channels.</param>
    /// <param name="leftPixels">Columns to leave out at the left.</param>
    /// <param name="topPixels">Rows to leave out at the top.</param>
    /// <param name="widthPixels">Columns to keep, at least 1.</param>
    /// <param name="heightPixels">Rows to keep, at least 1.</param>
    /// <exception cref="ArgumentException">The rectangle is not within the picture; see <see cref="Supports"/>.</exception>
    internal Crop(PixelBuffer source, int leftPixels, int topPixels, int widthPixels, int heightPixels)
        : base(Within(source, leftPixels, topPixels, widthPixels, heightPixels), widthPixels, heightPixels, source.Channels)
    {
        _left = leftPixels;
        _top = topPixels;
    }

    /// <summary>Whether the rectangle lies within the picture. What sticks out is a matter for the caller to clip first.</summary>
    internal static bool Supports(PixelBuffer source, int leftPixels, int topPixels, int widthPixels, int heightPixels) =>
        leftPixels >= 0 && topPixels >= 0 && widthPixels >= 1 && heightPixels >= 1
        && leftPixels <= source.WidthPixels - widthPixels && topPixels <= source.HeightPixels - heightPixels;

    /// <inheritdoc/>
    protected override void Compute(int firstRow, int count, byte* to)
    {
        for (var y = firstRow; y < firstRow + count; y++, to += StrideBytes)
        {
            Buffer.MemoryCopy(SourceRow(_top + y) + ((long)_left * Channels), to, StrideBytes, StrideBytes);
        }
    }

    private static PixelBuffer Within(PixelBuffer source, int left, int top, int width, int height) =>
        Supports(source, left, top, width, height)
            ? source
            : throw new ArgumentException(
                $"Expected a rectangle within {source.WidthPixels}x{source.HeightPixels} but received {width}x{height}+{left}+{top}.");
}
