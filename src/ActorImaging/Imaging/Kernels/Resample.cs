namespace ActorImaging.Imaging.Kernels;

/// <summary>Resampling to another size: what ImageMagick's Resize computes, aspect ratio ignored, to within one level.</summary>
/// <remarks>
/// As in ImageMagick the dimension with the smaller factor goes first, the vertical one if they are equal. Vertical first needs no memory
/// of many rows, its window is in the source; horizontal first keeps the last rows of the new width in a ring.
/// </remarks>
internal sealed unsafe class Resample : RowSource
{
    private readonly ResampleWindow[] _rows;
    private readonly IRowPass _rowPass;
    private readonly IColumnPass _columnPass;
    private readonly RowScratch _between;
    private readonly RowRing? _ring;

    /// <summary>Behind the last source row that a window reaches.</summary>
    private readonly int _endRow;

    private Resample(PixelBuffer source, ResampleWindow[] columns, ResampleWindow[] rows, bool columnsFirst, bool isPrecise, LaneWidth width)
        : base(source, columns.Length, rows.Length, source.Channels)
    {
        _rows = rows;
        if (AlphaChannel.IsOpaque(source))
        {
            _rowPass = new FixedPointRows(rows, Channels, width, isFirst: isPrecise && !columnsFirst);
            var pairs = TakeScratch(FixedPointColumns.SpreadRows, PixelPairs.RowBytes(FixedPointColumns.SourcePixels(columns)));
            _columnPass = new FixedPointColumns(columns, Channels, width, isFirst: isPrecise && columnsFirst, pairs);
        }
        else
        {
            var widest = Math.Max(WidthPixels, source.WidthPixels);
            var sums = TakeScratch(2, (long)widest * AssociatedPixels.Bytes);
            var doubtful = new DoubtfulPixels(TakeScratch(1, DoubtfulPixels.RowBytes(widest)));
            _rowPass = new AssociatedRows(rows, Channels, width, sums, columnsFirst ? null : doubtful);
            _columnPass = new AssociatedColumns(columns, Channels, width, sums, columnsFirst ? doubtful : null);
        }

        _endRow = rows.Max(window => window.First + window.Weights.Length);
        var capacity = _columnPass.BatchRows + (columnsFirst ? rows.Max(window => window.Weights.Length) - 1 : 0);
        _between = TakeScratch(capacity, columnsFirst ? StrideBytes : source.StrideBytes);
        _ring = columnsFirst ? new RowRing(_between, capacity) : null;
    }

    /// <summary>The rows of <paramref name="source"/> at another size.</summary>
    /// <param name="source">Pixels of 1 to 4 channels.</param>
    /// <param name="widthPixels">New columns, at least 1.</param>
    /// <param name="heightPixels">New rows, at least 1.</param>
    /// <param name="filter">The filter; see <see cref="ResampleFilters.Choose"/>.</param>
    /// <param name="width">How many pixels at once; the processor's best if not given.</param>
    internal static RowSource Of(PixelBuffer source, int widthPixels, int heightPixels, ResampleFilter filter, LaneWidth? width = null) =>
        Of(source, ResampleTarget.Of(source, widthPixels, heightPixels), filter, isPrecise: true, width);

    /// <summary>A part of the rows of a part of <paramref name="source"/> at another size: what lies outside is not computed.</summary>
    /// <param name="source">Pixels of 1 to 4 channels.</param>
    /// <param name="target">What is made of what.</param>
    /// <param name="filter">The filter; see <see cref="ResampleFilters.Choose"/>.</param>
    /// <param name="isPrecise">Whether it has to be what ImageMagick computes to within one level, and not only nearly everywhere.</param>
    /// <param name="width">How many pixels at once; the processor's best if not given.</param>
    internal static RowSource Of(PixelBuffer source, ResampleTarget target, ResampleFilter filter, bool isPrecise = true, LaneWidth? width = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(target.ScaledWidthPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(target.ScaledHeightPixels);
        if (target.IsCrop(source, out var left, out var top))
        {
            return new Crop(source, left, top, target.WidthPixels, target.HeightPixels);
        }

        var columns = ResampleWindow.Some(filter, target.Columns, target.LeftPixels, target.WidthPixels, target.ScaledWidthPixels);
        var rows = ResampleWindow.Some(filter, target.Rows, target.TopPixels, target.HeightPixels, target.ScaledHeightPixels);
        var columnsFirst = target.ScaledWidthPixels * (1.0 / target.Columns.Length) > target.ScaledHeightPixels * (1.0 / target.Rows.Length);
        return new Resample(source, columns, rows, columnsFirst, isPrecise, width ?? LaneWidths.Native);
    }

    /// <inheritdoc/>
    protected override void Compute(int firstRow, int count, byte* to)
    {
        if (_ring is null)
        {
            RowsFirst(firstRow, count, to);
        }
        else
        {
            ColumnsFirst(_ring, firstRow, count, to);
        }
    }

    private void RowsFirst(int firstRow, int count, byte* to)
    {
        Span<nint> between = stackalloc nint[_columnPass.BatchRows], results = stackalloc nint[_columnPass.BatchRows];
        for (var done = 0; done < count;)
        {
            var batch = Math.Min(_columnPass.BatchRows, count - done);
            for (var row = 0; row < batch; row++, done++, to += StrideBytes)
            {
                (between[row], results[row]) = ((nint)_between[row], (nint)to);
                _rowPass.Resample(firstRow + done, SourceWindow(_rows[firstRow + done]), _between[row], Source.WidthPixels);
            }

            _columnPass.Resample(between[..batch], results[..batch]);
        }
    }

    private nint[] SourceWindow(ResampleWindow rows)
    {
        var window = new nint[rows.Weights.Length];
        for (var tap = 0; tap < window.Length; tap++)
        {
            window[tap] = (nint)SourceRow(rows.First + tap);
        }

        return window;
    }

    private void ColumnsFirst(RowRing ring, int firstRow, int count, byte* to)
    {
        for (var y = firstRow; y < firstRow + count; y++, to += StrideBytes)
        {
            _rowPass.Resample(y, RingWindow(ring, _rows[y]), to, WidthPixels);
        }
    }

    private nint[] RingWindow(RowRing ring, ResampleWindow rows)
    {
        var window = new nint[rows.Weights.Length];
        for (var tap = 0; tap < window.Length; tap++)
        {
            var row = ring.Claim(rows.First + tap, out var isHeld);
            if (!isHeld)
            {
                FillAhead(ring, rows.First + tap, row);
            }

            window[tap] = (nint)row;
        }

        return window;
    }

    /// <summary>Makes a row of the new width, and with it those below that the next windows will want: several together are cheaper.</summary>
    private void FillAhead(RowRing ring, int first, byte* row)
    {
        Span<nint> sources = stackalloc nint[_columnPass.BatchRows], targets = stackalloc nint[_columnPass.BatchRows];
        (sources[0], targets[0]) = ((nint)SourceRow(first), (nint)row);
        var count = 1;
        for (; count < _columnPass.BatchRows && first + count < _endRow; count++)
        {
            (sources[count], targets[count]) = ((nint)SourceRow(first + count), (nint)ring.Claim(first + count, out _));
        }

        _columnPass.Resample(sources[..count], targets[..count]);
    }
}
