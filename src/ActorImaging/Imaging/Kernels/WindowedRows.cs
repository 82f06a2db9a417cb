namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// A separable convolution: each source row is filtered horizontally once into a ring, and each result row is made of the 2 x radius + 1
/// rows around it. Beyond its border the picture goes on as its outermost pixels (ImageMagick's "edge" virtual pixels).
/// </summary>
internal abstract unsafe class WindowedRows : RowSource
{
    private readonly int _radius;
    private readonly RowRing _filtered;
    private readonly nint[] _window;

    /// <summary>Takes the scratch memory.</summary>
    /// <param name="source">The pixels to filter.</param>
    /// <param name="radius">Rows above and below that a result row depends on.</param>
    /// <param name="filteredRowBytes">Bytes of a horizontally filtered row.</param>
    protected WindowedRows(PixelBuffer source, int radius, long filteredRowBytes)
        : base(source, source.WidthPixels, source.HeightPixels, source.Channels)
    {
        _radius = radius;
        _window = new nint[(2 * radius) + 1];
        var capacity = Math.Min(_window.Length, source.HeightPixels);
        _filtered = new RowRing(TakeScratch(capacity, filteredRowBytes), capacity);
    }

    /// <summary>The first pass, over one source row.</summary>
    protected abstract void FilterHorizontally(byte* row, byte* filtered);

    /// <summary>
    /// The second pass: <paramref name="window"/> holds 2 x radius + 1 rows of the first, the middle one being row <paramref name="y"/>.
    /// </summary>
    protected abstract void FilterVertically(int y, ReadOnlySpan<nint> window, byte* to);

    /// <inheritdoc/>
    protected sealed override void Compute(int firstRow, int count, byte* to)
    {
        for (var y = firstRow; y < firstRow + count; y++, to += StrideBytes)
        {
            for (var tap = 0; tap < _window.Length; tap++)
            {
                _window[tap] = (nint)Filtered(Math.Clamp(y + tap - _radius, 0, HeightPixels - 1));
            }

            FilterVertically(y, _window, to);
        }
    }

    private byte* Filtered(int y)
    {
        var row = _filtered.Claim(y, out var isHeld);
        if (!isHeld)
        {
            FilterHorizontally(SourceRow(y), row);
        }

        return row;
    }
}
