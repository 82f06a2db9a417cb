using System.Buffers.Binary;
using System.IO.Hashing;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// Writes the signature and the chunks of a PNG datastream: length, type, data, CRC (PNG specification, third edition, 5.2 and 5.3).
/// </summary>
internal sealed class PngChunks(Stream output)
{
    /// <summary>Bytes before the data of a chunk: its length and its type.</summary>
    public const int PrefixBytes = 8;

    /// <summary>Bytes behind the data: the CRC of type and data.</summary>
    public const int SuffixBytes = 4;

    /// <summary>Writes the eight bytes that begin every PNG.</summary>
    public void WriteSignature() => output.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);

    /// <summary>Writes a chunk.</summary>
    /// <param name="type">Four letters.</param>
    /// <param name="data">Its data.</param>
    public void Write(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data) => Write(type, data, []);

    /// <summary>Writes a chunk whose data are in two parts, which may be long: nothing is copied.</summary>
    /// <param name="type">Four letters.</param>
    /// <param name="start">The first of its data.</param>
    /// <param name="rest">The rest.</param>
    public void Write(ReadOnlySpan<byte> type, ReadOnlySpan<byte> start, ReadOnlySpan<byte> rest)
    {
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(start);
        crc.Append(rest);
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, start.Length + rest.Length);
        output.Write(number);
        output.Write(type);
        output.Write(start);
        output.Write(rest);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        output.Write(number);
    }

    /// <summary>Writes a chunk whose data already lie between room for what frames them, so that nothing is copied.</summary>
    /// <param name="type">Four letters.</param>
    /// <param name="chunk"><see cref="PrefixBytes"/> of room, the data, <see cref="SuffixBytes"/> of room.</param>
    public void WriteFramed(ReadOnlySpan<byte> type, Span<byte> chunk)
    {
        var lengthBytes = chunk.Length - PrefixBytes - SuffixBytes;
        BinaryPrimitives.WriteInt32BigEndian(chunk, lengthBytes);
        type.CopyTo(chunk[4..]);
        BinaryPrimitives.WriteUInt32BigEndian(chunk[^SuffixBytes..], Crc32.HashToUInt32(chunk[4..^SuffixBytes]));
        output.Write(chunk);
    }
}
