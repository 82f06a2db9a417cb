using System.Buffers;

namespace ActorImaging.Imaging.Png;

/// <summary>Collects compressed bytes and writes them as IDAT chunks of up to 256 KiB (PNG specification, third edition, 11.2.3).</summary>
/// <remarks>
/// Disposing gives the buffer back and writes nothing: only <see cref="Finish"/> ends the data, so a failed image stays unfinished.
/// </remarks>
internal sealed class ImageDataStream : SequentialWriteStream
{
    /// <summary>Data of the fullest chunk.</summary>
    public const int MaxChunkBytes = 256 * 1024;

    private readonly PngChunks _chunks;
    private byte[] _buffer;
    private int _length;

    /// <summary>Takes a buffer from the pool.</summary>
    public ImageDataStream(PngChunks chunks)
    {
        _chunks = chunks;
        _buffer = ArrayPool<byte>.Shared.Rent(PngChunks.PrefixBytes + MaxChunkBytes + PngChunks.SuffixBytes);
    }

    /// <summary>Memory for the next bytes; <see cref="Advance"/> says how many were used.</summary>
    /// <param name="lengthBytes">Bytes needed, at most <see cref="MaxChunkBytes"/>.</param>
    public Span<byte> GetSpan(int lengthBytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lengthBytes, MaxChunkBytes);
        if (_length + lengthBytes > MaxChunkBytes)
            WriteChunk();
        return _buffer.AsSpan(PngChunks.PrefixBytes + _length, MaxChunkBytes - _length);
    }

    /// <summary>Counts bytes written into the memory that <see cref="GetSpan"/> returned.</summary>
    public void Advance(int lengthBytes) => _length += lengthBytes;

    /// <summary>Writes what is left as the last chunk.</summary>
    public void Finish()
    {
        if (_length > 0)
            WriteChunk();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var free = GetSpan(1);
            var piece = buffer[..Math.Min(free.Length, buffer.Length)];
            piece.CopyTo(free);
            Advance(piece.Length);
            buffer = buffer[piece.Length..];
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
        base.Dispose(disposing);
    }

    private void WriteChunk()
    {
        _chunks.WriteFramed("IDAT"u8, _buffer.AsSpan(0, PngChunks.PrefixBytes + _length + PngChunks.SuffixBytes));
        _length = 0;
    }
}
