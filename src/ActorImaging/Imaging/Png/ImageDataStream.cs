using System.Buffers;
using System.Buffers.Binary;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// Collects compressed bytes and writes them as IDAT chunks of up to 256 KiB, or as the fdAT chunks of a frame of an animation (PNG specification,
/// third edition, 11.2.3 and 11.3.6.3).
/// </summary>
/// <remarks>
/// Disposing gives the buffer back and writes nothing: only <see cref="Finish"/> ends the data, so a failed image stays unfinished.
/// </remarks>
internal sealed class ImageDataStream : SequentialWriteStream
{
    /// <summary>Data of the fullest chunk.</summary>
    public const int MaxChunkBytes = 256 * 1024;

    private const int SequenceBytes = 4;

    private readonly PngChunks _chunks;
    private readonly Func<int>? _nextSequence;
    private readonly int _prefixBytes;
    private byte[] _buffer;
    private int _length;

    /// <summary>Takes a buffer from the pool.</summary>
    /// <param name="chunks">Receives the chunks.</param>
    /// <param name="nextSequence">Numbers the chunks of a frame of an animation; null for those of the image itself.</param>
    public ImageDataStream(PngChunks chunks, Func<int>? nextSequence = null)
    {
        _chunks = chunks;
        _nextSequence = nextSequence;
        _prefixBytes = PngChunks.PrefixBytes + (nextSequence is null ? 0 : SequenceBytes);
        _buffer = ArrayPool<byte>.Shared.Rent(_prefixBytes + MaxChunkBytes + PngChunks.SuffixBytes);
    }

    /// <summary>Memory for the next bytes; <see cref="Advance"/> says how many were used.</summary>
    /// <param name="lengthBytes">Bytes needed, at most <see cref="MaxChunkBytes"/>.</param>
    public Span<byte> GetSpan(int lengthBytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lengthBytes, MaxChunkBytes);
        if (_length + lengthBytes > MaxChunkBytes)
            WriteChunk();
        return _buffer.AsSpan(_prefixBytes + _length, MaxChunkBytes - _length);
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
        if (_nextSequence is not null)
            BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(PngChunks.PrefixBytes), _nextSequence());
        _chunks.WriteFramed(_nextSequence is null ? "IDAT"u8 : "fdAT"u8, _buffer.AsSpan(0, _prefixBytes + _length + PngChunks.SuffixBytes));
        _length = 0;
    }
}
