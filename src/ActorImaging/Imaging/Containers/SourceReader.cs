using System.Buffers.Binary;

namespace ActorImaging.Imaging.Containers;

/// <summary>
/// Reads a source by position, never behind its end: what a file says of lengths and places is checked here before anybody believes it. Small
/// reads are served from a window, so that walking from one piece of a file to the next costs no call to the system for each.
/// </summary>
/// <remarks>Used by one thread at a time, which owns the stream.</remarks>
internal sealed class SourceReader
{
    private const int WindowBytes = 4096;

    private readonly Stream _stream;
    private readonly byte[] _window = new byte[WindowBytes];
    private long _windowStart;
    private int _windowLength;

    /// <summary>Reads a stream that can seek.</summary>
    public SourceReader(Stream stream)
    {
        _stream = stream;
        LengthBytes = stream.Length;
    }

    /// <summary>Bytes of the source when it was opened: what grows later is not looked at.</summary>
    public long LengthBytes { get; }

    /// <summary>Fills <paramref name="destination"/> from a position on.</summary>
    /// <exception cref="CorruptSourceException">The source ends before.</exception>
    public void Read(long position, Span<byte> destination)
    {
        if (!TryRead(position, destination))
        {
            throw CorruptSourceException.EndsEarly(position + destination.Length, LengthBytes);
        }
    }

    /// <summary>Fills <paramref name="destination"/> from a position on, unless the source ends before.</summary>
    public bool TryRead(long position, Span<byte> destination)
    {
        if (position < 0 || position > LengthBytes - destination.Length)
        {
            return false;
        }

        if (destination.Length > WindowBytes)
        {
            Fill(position, destination);
            return true;
        }

        if (position < _windowStart || position + destination.Length > _windowStart + _windowLength)
        {
            MoveWindow(position);
        }

        _window.AsSpan((int)(position - _windowStart), destination.Length).CopyTo(destination);
        return true;
    }

    /// <summary>Bytes from a position on, of which there are so many at the most.</summary>
    public byte[] ReadBytes(long position, long lengthBytes)
    {
        RequireWithin(position, lengthBytes);
        var bytes = new byte[checked((int)lengthBytes)];
        Read(position, bytes);
        return bytes;
    }

    /// <summary>Checks that the source has a range.</summary>
    /// <exception cref="CorruptSourceException">It ends before.</exception>
    public void RequireWithin(long position, long lengthBytes)
    {
        if (position < 0 || lengthBytes < 0 || position > LengthBytes - lengthBytes)
        {
            throw CorruptSourceException.EndsEarly(position + lengthBytes, LengthBytes);
        }
    }

    public byte ReadByte(long position)
    {
        Span<byte> one = stackalloc byte[1];
        Read(position, one);
        return one[0];
    }

    public ushort ReadUInt16BigEndian(long position)
    {
        Span<byte> two = stackalloc byte[2];
        Read(position, two);
        return BinaryPrimitives.ReadUInt16BigEndian(two);
    }

    public ushort ReadUInt16LittleEndian(long position)
    {
        Span<byte> two = stackalloc byte[2];
        Read(position, two);
        return BinaryPrimitives.ReadUInt16LittleEndian(two);
    }

    public uint ReadUInt32BigEndian(long position)
    {
        Span<byte> four = stackalloc byte[4];
        Read(position, four);
        return BinaryPrimitives.ReadUInt32BigEndian(four);
    }

    public uint ReadUInt32LittleEndian(long position)
    {
        Span<byte> four = stackalloc byte[4];
        Read(position, four);
        return BinaryPrimitives.ReadUInt32LittleEndian(four);
    }

    public ulong ReadUInt64BigEndian(long position)
    {
        Span<byte> eight = stackalloc byte[8];
        Read(position, eight);
        return BinaryPrimitives.ReadUInt64BigEndian(eight);
    }

    /// <summary>A stream of parts of the source, and of bytes that stand between them.</summary>
    public Stream Open(params IReadOnlyList<StreamPiece> pieces) => new PiecedStream(this, pieces);

    private void MoveWindow(long position)
    {
        var length = (int)Math.Min(WindowBytes, LengthBytes - position);
        _windowLength = 0; // nothing, should the read fail
        Fill(position, _window.AsSpan(0, length));
        (_windowStart, _windowLength) = (position, length);
    }

    private void Fill(long position, Span<byte> destination)
    {
        _stream.Position = position;
        try
        {
            _stream.ReadExactly(destination);
        }
        catch (EndOfStreamException fault)
        {
            throw new SourceChangedException("became shorter while it was read", fault);
        }
    }
}
