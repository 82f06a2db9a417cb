using System.Buffers;

namespace ActorImaging.Imaging.Png;

/// <summary>Filtered rows, each behind its filter byte: what is compressed (PNG specification, third edition, 9.1).</summary>
internal sealed class FilteredBand : IDisposable
{
    private readonly RowWindow _rows;
    private byte[] _buffer;
    private int _rowsHeld;

    /// <summary>Takes memory for as many rows as a block of literals holds, at least one, and for one row to try filters on.</summary>
    public FilteredBand(RowWindow rows)
    {
        _rows = rows;
        Capacity = Math.Clamp(LiteralBlock.MaxBytes / (rows.RowBytes + 1), 1, rows.Capacity);
        _buffer = ArrayPool<byte>.Shared.Rent((Capacity + 1) * (rows.RowBytes + 1));
    }

    /// <summary>Rows held at most.</summary>
    public int Capacity { get; }

    /// <summary>The filtered rows.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _rowsHeld * (_rows.RowBytes + 1));

    /// <summary>Filters rows of the window and compresses them.</summary>
    /// <param name="firstRow">The first of them, counted in the window.</param>
    /// <param name="endRow">Behind the last of them.</param>
    /// <param name="plan">How.</param>
    /// <param name="compressor">Takes the bytes.</param>
    public void Code(int firstRow, int endRow, CodingPlan plan, ImageDataCompressor compressor)
    {
        for (var row = firstRow; row < endRow; row += _rowsHeld)
        {
            Fill(row, Math.Min(endRow, row + Capacity), plan.Filter);
            if (plan.Coding == PngCoding.Literals)
                compressor.WriteLiterals(Bytes);
            else
                compressor.WriteMatches(Bytes, plan.MatchLevel);
        }
    }

    /// <summary>Gives the memory back to the pool.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Fill(int firstRow, int endRow, PngFilter? filter)
    {
        for (_rowsHeld = 0; firstRow + _rowsHeld < endRow; _rowsHeld++)
        {
            if (filter is { } same)
                Filter(firstRow + _rowsHeld, same, Slot(_rowsHeld));
            else
                FilterBest(firstRow + _rowsHeld);
        }
    }

    private Span<byte> Slot(int index) => _buffer.AsSpan(index * (_rows.RowBytes + 1), _rows.RowBytes + 1);

    private void Filter(int row, PngFilter filter, Span<byte> slot)
    {
        slot[0] = (byte)filter;
        RowFilter.Apply(filter, _rows.Row(row), _rows.Row(row - 1), _rows.PixelBytes, slot[1..]);
    }

    /// <summary>
    /// Tries every filter on a row and keeps the one whose differences have the least entropy. The usual measure, their sum without signs
    /// (PNG specification, third edition, 12.7), takes noise and flat colours for smooth.
    /// </summary>
    private void FilterBest(int row)
    {
        var kept = Slot(_rowsHeld);
        var tried = Slot(Capacity);
        var least = double.MaxValue;
        foreach (var filter in RowFilter.All)
        {
            Filter(row, filter, tried);
            var cost = EntropyBits(tried[1..]);
            if (cost < least)
            {
                least = cost;
                tried.CopyTo(kept);
            }
        }
    }
    private static double EntropyBits(ReadOnlySpan<byte> differences)
    {
        Span<uint> counts = stackalloc uint[ByteHistogram.Values];
        counts.Clear();
        ByteHistogram.Add(differences, counts);
        return ByteHistogram.EntropyBits(counts);
    }
}
