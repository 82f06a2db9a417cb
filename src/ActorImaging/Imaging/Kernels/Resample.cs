namespace ActorImaging.Imaging.Kernels;

/// <summary>Resampling to another size: what ImageMagick's Resize computes, aspect ratio ignored, to within one level.</summary>
/// <remarks>
/// As in ImageMagick the dimension with the smaller factor goes first, the vertical one if they are equal. Vertical first needs no memory
/// of rows, its window is in the source; horizontal first keeps the last rows of the new width in a ring.
/// </remarks>
internal sealed unsafe class Resample : RowSource
{
    private readonly IResamplePasses _passes;
    private readonly ResampleWindow[] _windows;
    private readonly RowScratch _scratch;
    private readonly RowRing? _ring;

    private Resample(PixelBuffer source, ResampleWindow[] columns, ResampleWindow[] rows, bool horizontalFirst, IResamplePasses passes)
        : base(source, columns.Length, rows.Length, source.Channels)
    {
        _passes = passes;
        _windows = rows;
        var capacity = horizontalFirst ? rows.Max(window => window.Weights.Length) : 1;
        _scratch = TakeScratch(capacity, horizontalFirst ? StrideBytes : source.StrideBytes);
        _ring = horizontalFirst ? new RowRing(_scratch, capacity) : null;
    }

    /// <summary>The rows of <paramref name="source"/> at another size.</summary>
    /// <param name="source">Pixels of 1 to 4 channels.</param>
    /// <param name="widthPixels">New columns, at least 1.</param>
    /// <param name="heightPixels">New rows, at least 1.</param>
    /// <param name="filter">The filter; see <see cref="ResampleFilters.Choose"/>.</param>
    /// <param name="width">How many pixels at once; the processor's best if not given.</param>
    internal static RowSource Of(PixelBuffer source, int widthPixels, int heightPixels, ResampleFilter filter, LaneWidth? width = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widthPixels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heightPixels, 1);
        if (widthPixels == source.WidthPixels && heightPixels == source.HeightPixels)
        {
            return new Crop(source, 0, 0, widthPixels, heightPixels);
        }

        var columns = ResampleWindow.All(filter, source.WidthPixels, widthPixels);
        var rows = ResampleWindow.All(filter, source.HeightPixels, heightPixels);
        var horizontalFirst = widthPixels * (1.0 / source.WidthPixels) > heightPixels * (1.0 / source.HeightPixels);
        IResamplePasses passes = AlphaChannel.IsOpaque(source)
            ? new FixedPointResample(columns, rows, source.Channels, width ?? LaneWidths.Native)
            : new AssociatedResample(columns, rows, source.Channels, width ?? LaneWidths.Native);
        return new Resample(source, columns, rows, horizontalFirst, passes);
    }

    /// <inheritdoc/>
    protected override void Compute(int firstRow, int count, byte* to)
    {
        for (var y = firstRow; y < firstRow + count; y++, to += StrideBytes)
        {
            var window = new nint[_windows[y].Weights.Length];
            for (var tap = 0; tap < window.Length; tap++)
            {
                window[tap] = (nint)WindowRow(_windows[y].First + tap);
            }

            if (_ring is null)
            {
                _passes.Vertically(y, window, _scratch[0], Source.WidthPixels);
                _passes.Horizontally(_scratch[0], to);
            }
            else
            {
                _passes.Vertically(y, window, to, WidthPixels);
            }
        }
    }

    private byte* WindowRow(int y)
    {
        if (_ring is null)
        {
            return SourceRow(y);
        }

        var row = _ring.Claim(y, out var isHeld);
        if (!isHeld)
        {
            _passes.Horizontally(SourceRow(y), row);
        }

        return row;
    }
}
