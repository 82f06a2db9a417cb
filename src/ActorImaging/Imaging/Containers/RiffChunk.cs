using System.Buffers.Binary;

namespace ActorImaging.Imaging.Containers;

/// <summary>A chunk of a RIFF file.</summary>
/// <param name="Type">Its four letters, the first in the lowest byte.</param>
/// <param name="At">Where it begins.</param>
/// <param name="LengthBytes">Bytes of its data.</param>
internal readonly record struct RiffChunk(uint Type, long At, long LengthBytes)
{
    /// <summary>Bytes before the data: type and length.</summary>
    public const int PrefixBytes = 8;

    /// <summary>Where its data begin.</summary>
    public long DataAt => At + PrefixBytes;

    /// <summary>Behind its end, which is at an even place.</summary>
    public long EndAt => DataAt + ((LengthBytes + 1) & ~1L);

    /// <summary>The type of four letters.</summary>
    public static uint TypeOf(ReadOnlySpan<byte> letters) => (uint)(letters[0] | (letters[1] << 8) | (letters[2] << 16) | (letters[3] << 24));

    /// <summary>The chunks of a range, the last one as far as it goes.</summary>
    public static IEnumerable<RiffChunk> In(SourceReader source, long from, long to)
    {
        for (var at = from; at <= to - PrefixBytes;)
        {
            var chunk = new RiffChunk(source.ReadUInt32LittleEndian(at), at, source.ReadUInt32LittleEndian(at + 4));
            yield return chunk with { LengthBytes = Math.Min(chunk.LengthBytes, to - chunk.DataAt) };
            at = chunk.EndAt;
        }
    }

    /// <summary>Writes a chunk.</summary>
    /// <param name="output">Receives it.</param>
    /// <param name="type">Its four letters.</param>
    /// <param name="data">Its data.</param>
    public static void Write(Stream output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        output.Write(type);
        output.Write(length);
        output.Write(data);
        if ((data.Length & 1) != 0)
        {
            output.WriteByte(0);
        }
    }
}
