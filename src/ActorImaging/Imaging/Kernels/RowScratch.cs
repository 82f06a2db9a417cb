namespace ActorImaging.Imaging.Kernels;

/// <summary>Native memory for a few rows of intermediate results, aligned to 64 bytes, freed when disposed. Not thread-safe.</summary>
/// <remarks>
/// A row may be written up to the end of its last whole vector, <see cref="VectorBytes"/> long. The <see cref="NativePixelPool.SlackBytes"/> behind that may be read, never
/// written: with <see cref="NativePixelPool.IsGuarded"/> it is looked whether they were.
/// </remarks>
internal sealed unsafe class RowScratch : IDisposable
{
    private const int VectorBytes = 64;

    private readonly long _lengthBytes;
    private readonly long _guardedFromBytes;
    private byte* _memory;

    /// <summary>Takes uninitialised memory for <paramref name="rows"/> rows of <paramref name="rowBytes"/> bytes.</summary>
    internal RowScratch(int rows, long rowBytes)
    {
        // Not a multiple of 4096, or the rows of a wide picture would all compete for the same few lines of the cache
        RowBytes = ((rowBytes + NativePixelPool.SlackBytes + 63) / 64 * 64) + (rows > 1 ? 64 : 0);
        _lengthBytes = RowBytes * rows;
        _memory = NativePixelPool.Take(_lengthBytes);
        if (NativePixelPool.IsGuarded)
        {
            _guardedFromBytes = (rowBytes + VectorBytes - 1) / VectorBytes * VectorBytes;
            for (var at = 0L; at < _lengthBytes; at += RowBytes)
            {
                WriteGuard.Set(_memory + at + _guardedFromBytes, (int)(RowBytes - _guardedFromBytes));
            }
        }
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
            var isWhole = _guardedFromBytes == 0 || IsWhole();
            NativePixelPool.GiveBack(_memory, _lengthBytes);
            _memory = null;
            if (!isWhole)
            {
                WriteGuard.Fail($"behind a row of {_guardedFromBytes} bytes");
            }
        }
    }

    private bool IsWhole()
    {
        var isWhole = true;
        for (var at = 0L; at < _lengthBytes; at += RowBytes)
        {
            isWhole &= WriteGuard.IsWhole(_memory + at + _guardedFromBytes, (int)(RowBytes - _guardedFromBytes));
        }

        return isWhole;
    }
}
