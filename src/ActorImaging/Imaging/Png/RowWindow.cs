using System.Buffers;

namespace ActorImaging.Imaging.Png;

/// <summary>Some rows of an image in memory, and the row above them, which filters look at.</summary>
internal sealed class RowWindow : IDisposable
{
    private readonly PngRows _rows;
    private byte[] _buffer;

    /// <summary>Takes memory for as many rows as fit <paramref name="targetBytes"/>, at least one.</summary>
    public RowWindow(PngRows rows, int targetBytes)
    {
        _rows = rows;
        Capacity = Math.Clamp(targetBytes / rows.RowBytes, 1, rows.HeightPixels);
        _buffer = ArrayPool<byte>.Shared.Rent((Capacity + 1) * rows.RowBytes);
        _buffer.AsSpan(0, rows.RowBytes).Clear();
    }

    /// <summary>Rows held at most.</summary>
    public int Capacity { get; }

    /// <summary>Rows held.</summary>
    public int Count { get; private set; }

    /// <summary>The first row behind those held: where reading goes on.</summary>
    public int NextRow { get; private set; }

    /// <summary>Bytes of a row.</summary>
    public int RowBytes => _rows.RowBytes;

    /// <summary>Bytes from a sample to the same sample on its left.</summary>
    public int PixelBytes => _rows.Format.PixelBytes;

    /// <summary>Goes on to the rows below; the last row held becomes the row above.</summary>
    /// <returns>Whether there were any.</returns>
    public bool MoveDown()
    {
        Row(Count - 1).CopyTo(_buffer);
        Count = Math.Min(Capacity, _rows.HeightPixels - NextRow);
        if (Count == 0)
            return false;
        _rows.ReadRows(NextRow, Count, _buffer.AsSpan(RowBytes, Count * RowBytes));
        NextRow += Count;
        return true;
    }

    /// <summary>A row held, or the row above them as -1: zeros at the top of the image.</summary>
    public ReadOnlySpan<byte> Row(int index) => _buffer.AsSpan((index + 1) * RowBytes, RowBytes);

    /// <summary>Gives the memory back to the pool.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}
