using System.Buffers;
using System.Buffers.Binary;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>The bytes of a JPEG as they come, of which no more than a window is held: segments, and between them markers and compressed data.</summary>
internal sealed class JpegStream(Stream stream) : IDisposable
{
    /// <summary>The longest segment with its marker, and some more.</summary>
    private const int BufferBytes = 2 + ushort.MaxValue + 1023;

    private const int LengthBytes = 2;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int _at;
    private int _length;

    /// <summary>What was read and not taken yet.</summary>
    public ReadOnlySpan<byte> Ahead => _buffer.AsSpan(_at, _length - _at);

    /// <summary>Takes bytes of <see cref="Ahead"/>.</summary>
    public void Skip(int bytes) => _at += bytes;

    /// <summary>Reads on, until there are so many bytes ahead.</summary>
    /// <returns>Whether there are; else the stream has ended.</returns>
    public bool TryHave(int bytes)
    {
        if (Ahead.Length >= bytes)
        {
            return true;
        }

        Ahead.CopyTo(_buffer);
        (_at, _length) = (0, _length - _at);
        _length += stream.ReadAtLeast(_buffer.AsSpan(_length, BufferBytes - _length), bytes - _length, throwOnEndOfStream: false);
        return _length >= bytes;
    }

    /// <summary>Goes to where a marker begins: 0xFF with neither another one nor a 0 behind it.</summary>
    /// <returns>The marker, which is not taken yet; null at the end.</returns>
    public byte? FindMarker()
    {
        while (TryHave(2))
        {
            var ahead = Ahead;
            if (ahead[0] == 0xFF && ahead[1] is not (0 or 0xFF))
            {
                return ahead[1];
            }

            var next = ahead[1..].IndexOf((byte)0xFF);
            Skip(next < 0 ? ahead.Length - 1 : next + 1);
            if (next < 0 && Ahead[0] != 0xFF)
            {
                Skip(1);
            }
        }

        return null;
    }

    /// <summary>Takes a segment, whose marker is next.</summary>
    /// <returns>Its data, valid until more is read.</returns>
    /// <exception cref="CorruptSourceException">It does not end before the stream does.</exception>
    public ReadOnlySpan<byte> TakeSegment()
    {
        if (TryHave(2 + LengthBytes) && Math.Max(LengthBytes, (int)BinaryPrimitives.ReadUInt16BigEndian(Ahead[2..])) is var length && TryHave(2 + length))
        {
            var data = Ahead[(2 + LengthBytes)..(2 + length)];
            Skip(2 + length);
            return data;
        }

        throw new CorruptSourceException("is no whole JPEG: it ends within a segment");
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
