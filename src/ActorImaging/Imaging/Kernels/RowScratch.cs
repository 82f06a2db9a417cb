namespace ActorImaging.Imaging.Kernels;

/// <summary>Native memory for a few rows of intermediate results, aligned to 64 bytes, freed when disposed. Not thread-safe.</summary>
internal sealed unsafe class RowScratch : IDisposable
{
    private readonly long _lengthBytes;
    private byte* _memory;

    /// <summary>Takes uninitialised memory for <paramref name="rows"/> rows of <paramref name="rowBytes"/> bytes.</summary>
    internal RowScratch(int rows, long rowBytes)
    {
        // Not a multiple of 4096, or the rows of a wide picture would all compete for the same few lines of the cache
        RowBytes = ((rowBytes + NativePixelPool.SlackBytes + 63) / 64 * 64) + (rows > 1 ? 64 : 0);
        _lengthBytes = RowBytes * rows;
        _memory = NativePixelPool.Take(_lengthBytes);
    }

    /// <summary>Bytes from one row to the next.</summary>
    internal long RowBytes { get; }

    /// <summary>The memory of row <paramref name="index"/>.</summary>
    internal byte* this[int index] => _memory + (index * RowBytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_memory is not null)
        {
            NativePixelPool.GiveBack(_memory, _lengthBytes);
            _memory = null;
        }
    }
}
