namespace ActorImaging.Imaging.Kernels;

/// <summary>Lays a picture in the middle of a larger one, as ImageMagick's <c>-gravity center -extent</c> does.</summary>
/// <remarks>Around it is white where there is no alpha, and nothing where there is.</remarks>
internal sealed unsafe class Pad : RowSource
{
    private const byte White = 255;
    private const byte Nothing = 0;

    private readonly int _left;
    private readonly int _top;
    private readonly byte _around;

    /// <summary>Pads <paramref name="source"/>.</summary>
    /// <param name="source">Pixels of 1 to 4 channels.</param>
    /// <param name="widthPixels">Columns of the result, at least the source's.</param>
    /// <param name="heightPixels">Rows of the result, at least the source's.</param>
    internal Pad(PixelBuffer source, int widthPixels, int heightPixels)
        : base(source, widthPixels, heightPixels, source.Channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widthPixels, source.WidthPixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(heightPixels, source.HeightPixels);
        _left = (widthPixels - source.WidthPixels) / 2;
        _top = (heightPixels - source.HeightPixels) / 2;
        _around = source.Channels is 2 or 4 ? Nothing : White;
    }

    /// <inheritdoc/>
    protected override void Compute(int firstRow, int count, byte* to)
    {
        for (var y = firstRow; y < firstRow + count; y++, to += StrideBytes)
        {
            var row = new Span<byte>(to, StrideBytes);
            row.Fill(_around);
            var within = y - _top;
            if (within >= 0 && within < Source.HeightPixels)
            {
                new ReadOnlySpan<byte>(SourceRow(within), Source.StrideBytes).CopyTo(row[(_left * Channels)..]);
            }
        }
    }
}
