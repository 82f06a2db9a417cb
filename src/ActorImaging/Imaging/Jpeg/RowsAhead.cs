using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Rows of a plane from the top, of which as many are computed at a time as resampling likes best.</summary>
internal sealed unsafe class RowsAhead : IDisposable
{
    private const int Rows = 16;

    private readonly RowSource _source;
    private readonly RowScratch _ahead;
    private int _first = -Rows;

    /// <summary>Takes memory for rows.</summary>
    /// <param name="source">The rows, of one channel; taken over.</param>
    public RowsAhead(RowSource source)
    {
        _source = source;
        try
        {
            _ahead = new RowScratch(1, (long)source.StrideBytes * Rows);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Samples of a row.</summary>
    public int WidthPixels => _source.WidthPixels;

    /// <summary>How many rows there are.</summary>
    public int HeightPixels => _source.HeightPixels;

    /// <summary>A row, valid until the next one is wanted.</summary>
    public ReadOnlySpan<byte> Row(int y)
    {
        if (y - _first is < 0 or >= Rows)
        {
            _first = y;
            _source.ReadRows(y, new Span<byte>(_ahead[0], Math.Min(Rows, HeightPixels - y) * _source.StrideBytes));
        }

        return new ReadOnlySpan<byte>(_ahead[0] + ((long)(y - _first) * _source.StrideBytes), _source.StrideBytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _source.Dispose();
        _ahead.Dispose();
    }
}
