using System.Buffers.Binary;
using System.IO.Hashing;
using ActorImaging.Imaging.Containers;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// The compressed pixels of a PNG: the data of its IDAT chunks, or of the fdAT chunks of one frame, one after the other, with their CRCs checked.
/// </summary>
internal sealed class PngImageData : Stream
{
    private const int PrefixBytes = 8;
    private const int SuffixBytes = 4;
    private const int SequenceBytes = 4;

    private readonly SourceReader _source;
    private readonly Action<long> _onEnd;
    private readonly uint _type;
    private readonly Crc32 _crc = new();
    private long _chunkAt;
    private long _position;
    private long _left;

    /// <summary>Starts at a chunk.</summary>
    /// <param name="source">The file.</param>
    /// <param name="chunkAt">The first chunk: all that follow it and are of its type belong to it.</param>
    /// <param name="onEnd">Is told where the last one ended, once that is known.</param>
    public PngImageData(SourceReader source, long chunkAt, Action<long> onEnd)
    {
        (_source, _onEnd, _chunkAt, _position) = (source, onEnd, chunkAt, chunkAt);
        _type = source.ReadUInt32BigEndian(chunkAt + 4);
        IsOfFrame = _type == BinaryPrimitives.ReadUInt32BigEndian("fdAT"u8);
        _left = -1;
    }

    /// <summary>What was wrong with a checksum, or with where the file ends; null for nothing so far.</summary>
    public string? Damage { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private bool IsOfFrame { get; }

    public override int Read(Span<byte> buffer)
    {
        while (_left <= 0)
        {
            if (!TryBeginChunk())
            {
                return 0;
            }
        }

        var part = buffer[..(int)Math.Min(Math.Min(buffer.Length, _left), _source.LengthBytes - _position)];
        _source.Read(_position, part);
        _crc.Append(part);
        _position += part.Length;
        _left -= part.Length;
        if (_left == 0)
        {
            EndChunk();
        }
        else if (_position == _source.LengthBytes)
        {
            Damage ??= "the file ends within its pixels";
            _left = 0;
            _chunkAt = _source.LengthBytes;
        }

        return part.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
        // Nothing is ever written here.
    }

    private bool TryBeginChunk()
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        if (!_source.TryRead(_chunkAt, prefix) || BinaryPrimitives.ReadUInt32BigEndian(prefix[4..]) != _type)
        {
            if (_chunkAt > _source.LengthBytes - PrefixBytes)
            {
                Damage ??= "the file ends within its pixels";
            }

            _onEnd(Math.Min(_chunkAt, _source.LengthBytes));
            return false;
        }

        _crc.Reset();
        _crc.Append(prefix[4..]);
        (_position, _left) = (_chunkAt + PrefixBytes, BinaryPrimitives.ReadUInt32BigEndian(prefix));
        if (IsOfFrame && _left >= SequenceBytes)
        {
            Span<byte> sequence = stackalloc byte[SequenceBytes]; // in which order frames come is how they lie in the file
            if (_source.TryRead(_position, sequence))
            {
                _crc.Append(sequence);
                _position += SequenceBytes;
                _left -= SequenceBytes;
            }
        }

        if (_left == 0)
        {
            EndChunk();
        }
        else if (_position >= _source.LengthBytes)
        {
            Damage ??= "the file ends within its pixels";
            _left = 0;
            _chunkAt = _source.LengthBytes;
        }

        return true;
    }

    private void EndChunk()
    {
        Span<byte> suffix = stackalloc byte[SuffixBytes];
        if (_source.TryRead(_position, suffix) && BinaryPrimitives.ReadUInt32BigEndian(suffix) != _crc.GetCurrentHashAsUInt32())
        {
            Damage ??= "a checksum of its pixels is wrong";
        }

        _chunkAt = _position + SuffixBytes;
    }
}
