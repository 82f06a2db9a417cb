namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// The result of an operation on a pixel buffer, computed row by row when it is asked for: a consumer (a PNG writer, say) takes it in
/// bands and no picture in between is ever whole in memory.
/// </summary>
/// <remarks>
/// Any rows may be asked for in any order; from top to bottom is fast, because filters keep the rows that neighbours share. The source
/// is only read and may be shared by many row sources on many threads; a row source itself is used by one thread at a time. It holds a
/// reference to its source and scratch memory until it is disposed.
/// </remarks>
internal abstract unsafe class RowSource : IDisposable
{
    private readonly List<RowScratch> _scratch = [];
    private bool _disposed;

    /// <summary>Starts with a result of <paramref name="widthPixels"/> by <paramref name="heightPixels"/>.</summary>
    protected RowSource(PixelBuffer source, int widthPixels, int heightPixels, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widthPixels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heightPixels, 1);
        WidthPixels = widthPixels;
        HeightPixels = heightPixels;
        Channels = channels;
        Source = source.AddReference();
    }

    /// <summary>Columns of the result, at least 1.</summary>
    internal int WidthPixels { get; }

    /// <summary>Rows of the result, at least 1.</summary>
    internal int HeightPixels { get; }

    /// <summary>Bytes a pixel of the result: 1 gray, 2 gray and alpha, 3 red-green-blue, 4 red-green-blue-alpha.</summary>
    internal int Channels { get; }

    /// <summary>Bytes from one row of the result to the next.</summary>
    internal int StrideBytes => WidthPixels * Channels;

    /// <summary>The pixels that are worked on.</summary>
    protected PixelBuffer Source { get; }

    /// <summary>Computes whole rows, from <paramref name="firstRow"/> on, as many as fit into <paramref name="rows"/>.</summary>
    /// <param name="firstRow">The first row that is wanted, 0 at the top.</param>
    /// <param name="rows">Where they go; a whole number of rows, packed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The result has no such rows.</exception>
    /// <exception cref="ArgumentException">Not a whole number of rows.</exception>
    internal void ReadRows(int firstRow, Span<byte> rows)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var count = Math.DivRem(rows.Length, StrideBytes, out var rest);
        if (rest != 0)
        {
            throw new ArgumentException($"Expected whole rows of {StrideBytes} bytes but received {rows.Length} bytes.", nameof(rows));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow, HeightPixels - count);
        fixed (byte* to = rows)
        {
            Compute(firstRow, count, to);
        }
    }

    /// <summary>Computes the whole result into a buffer that the caller owns.</summary>
    internal PixelBuffer ToPixelBuffer()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var result = PixelBuffer.Allocate(WidthPixels, HeightPixels, Channels);
        try
        {
            Compute(0, HeightPixels, result.Pixels);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _scratch.ForEach(scratch => scratch.Dispose());
            Source.Dispose();
        }
    }

    /// <summary>Computes <paramref name="count"/> rows that exist into packed memory that holds them.</summary>
    protected abstract void Compute(int firstRow, int count, byte* to);

    /// <summary>
    /// Takes uninitialised memory that is given back with this row source; if there is none, gives everything back at once.
    /// </summary>
    /// <exception cref="OutOfMemoryException">The system has no memory left.</exception>
    protected RowScratch TakeScratch(int rows, long rowBytes)
    {
        try
        {
            _scratch.Add(new RowScratch(rows, rowBytes));
            return _scratch[^1];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Row <paramref name="y"/> of the source, which has it.</summary>
    protected byte* SourceRow(int y) => Source.Pixels + ((long)y * Source.StrideBytes);
}
