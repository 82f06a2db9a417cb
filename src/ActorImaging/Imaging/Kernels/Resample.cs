namespace ActorImaging.Imaging.Kernels;

/// <summary>Resampling to another size: what ImageMagick's Resize computes, aspect ratio ignored, to within one level.</summary>
/// <remarks>
/// As in ImageMagick the dimension with the smaller factor goes first, the vertical one if they are equal. Vertical first needs no memory
/// of rows, its window is in the source; horizontal first keeps the last rows of the new width in a ring.
/// </remarks>
internal sealed unsafe class Resample : RowSource
{
    private readonly ResampleWindow[] _rows;
    private readonly IRowPass _rowPass;
    private readonly IColumnPass _columnPass;
    private readonly RowScratch _between;
    private readonly RowRing? _ring;

    private Resample(PixelBuffer source, ResampleWindow[] columns, ResampleWindow[] rows, LaneWidth width)
        : base(source, columns.Length, rows.Length, source.Channels)
    {
        _rows = rows;
        var columnsFirst = WidthPixels * (1.0 / source.WidthPixels) > HeightPixels * (1.0 / source.HeightPixels);
        if (AlphaChannel.IsOpaque(source))
        {
            _rowPass = new FixedPointRows(rows, Channels, width, isFirst: !columnsFirst);
            _columnPass = new FixedPointColumns(columns, Channels, width, isFirst: columnsFirst);
        }
        else
        {
            var widest = Math.Max(WidthPixels, source.WidthPixels);
            var sums = TakeScratch(2, (long)widest * AssociatedPixels.Bytes);
            var doubtful = new DoubtfulPixels(TakeScratch(1, DoubtfulPixels.RowBytes(widest)));
            _rowPass = new AssociatedRows(rows, Channels, width, sums, columnsFirst ? null : doubtful);
            _columnPass = new AssociatedColumns(columns, Channels, width, sums, columnsFirst ? doubtful : null);
        }

        var capacity = columnsFirst ? rows.Max(window => window.Weights.Length) : 1;
        _between = TakeScratch(capacity, columnsFirst ? StrideBytes : source.StrideBytes);
        _ring = columnsFirst ? new RowRing(_between, capacity) : null;
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
        return new Resample(source, columns, rows, width ?? LaneWidths.Native);
    }

    /// <inheritdoc/>
    protected override void Compute(int firstRow, int count, byte* to)
    {
        for (var y = firstRow; y < firstRow + count; y++, to += StrideBytes)
        {
            var window = new nint[_rows[y].Weights.Length];
            for (var tap = 0; tap < window.Length; tap++)
            {
                window[tap] = (nint)WindowRow(_rows[y].First + tap);
            }

            if (_ring is null)
            {
                _rowPass.Resample(y, window, _between[0], Source.WidthPixels);
                _columnPass.Resample(_between[0], to);
            }
            else
            {
                _rowPass.Resample(y, window, to, WidthPixels);
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
            _columnPass.Resample(SourceRow(y), row);
        }

        return row;
    }
}
