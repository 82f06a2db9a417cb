namespace ActorImaging.Imaging.Containers;

/// <summary>A part of a source, or bytes of our own.</summary>
/// <param name="Position">Where the part begins in the source; nothing for bytes of our own.</param>
/// <param name="LengthBytes">How long it is.</param>
/// <param name="Own">The bytes of our own.</param>
internal readonly record struct StreamPiece(long Position, long LengthBytes, ReadOnlyMemory<byte> Own)
{
    /// <summary>A part of the source.</summary>
    public static StreamPiece Of(long position, long lengthBytes) => new(position, lengthBytes, default);

    /// <summary>Bytes that stand in the place of what the source has, or between its parts.</summary>
    public static StreamPiece Of(ReadOnlyMemory<byte> own) => new(-1, own.Length, own);

    /// <summary>Whether it is of the source.</summary>
    public bool IsOfSource => Position >= 0;
}

/// <summary>
/// Parts of a source one after the other, as if they were a file: what a decoder of somebody else is given, so that it sees nothing of a file but
/// what it is to decode.
/// </summary>
internal sealed class PiecedStream : Stream
{
    private readonly SourceReader _source;
    private readonly StreamPiece[] _pieces;
    private readonly long[] _starts;
    private long _position;

    public PiecedStream(SourceReader source, IReadOnlyList<StreamPiece> pieces)
    {
        _source = source;
        _pieces = [.. pieces.Where(piece => piece.LengthBytes > 0)];
        _starts = new long[_pieces.Length];
        for (var index = 0; index < _pieces.Length; index++)
        {
            if (_pieces[index].IsOfSource)
            {
                source.RequireWithin(_pieces[index].Position, _pieces[index].LengthBytes);
            }

            _starts[index] = Length;
            Length += _pieces[index].LengthBytes;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => _position = Math.Max(0, value);
    }

    public override int Read(Span<byte> buffer)
    {
        var done = 0;
        while (done < buffer.Length && _position < Length)
        {
            var index = Array.BinarySearch(_starts, _position);
            var (piece, start) = index >= 0 ? (_pieces[index], _starts[index]) : (_pieces[~index - 1], _starts[~index - 1]);
            var within = _position - start;
            var part = buffer.Slice(done, (int)Math.Min(buffer.Length - done, piece.LengthBytes - within));
            Fill(piece, within, part);
            done += part.Length;
            _position += part.Length;
        }

        return done;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        _ => Length,
    };

    public override void Flush()
    {
        // Nothing is ever written here.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Fill(StreamPiece piece, long within, Span<byte> part)
    {
        if (piece.IsOfSource)
        {
            _source.Read(piece.Position + within, part);
        }
        else
        {
            piece.Own.Span.Slice((int)within, part.Length).CopyTo(part);
        }
    }
}
