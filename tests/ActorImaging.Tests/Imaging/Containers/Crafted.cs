using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace ActorImaging.Tests.Imaging.Containers;

/// <summary>The pieces that files are made of, for files that no program would write.</summary>
internal static class Crafted
{
    public static byte[] Png(byte[] header, params byte[][] chunks) => [0x89, .. "PNG\r\n\u001a\n"u8, .. PngChunk("IHDR", header), .. Join(chunks), .. PngChunk("IEND", [])];

    public static byte[] PngHeader(long width, long height, int depth, int colour)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, (uint)width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), (uint)height);
        (header[8], header[9]) = ((byte)depth, (byte)colour);
        return header;
    }

    public static byte[] PngChunk(string type, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.Latin1.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32.HashToUInt32(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    /// <summary>Zeros as rows of PNG, compressed.</summary>
    public static byte[] PngRows(int rowBytes, int rows) => Deflate(new byte[(1 + rowBytes) * rows]);

    public static byte[] Deflate(byte[] data)
    {
        using var compressed = new MemoryStream();
        using (var compressor = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            compressor.Write(data);
        }

        return compressed.ToArray();
    }

    /// <summary>A segment of a JPEG.</summary>
    public static byte[] Segment(byte marker, byte[] data) => [0xFF, marker, .. UInt16((ushort)(2 + data.Length), isLittle: false), .. data];

    /// <summary>The same JPEG with something behind its first marker.</summary>
    public static byte[] WithSegments(byte[] jpeg, params byte[][] segments) => [.. jpeg[..2], .. Join(segments), .. jpeg[2..]];

    public static byte[] Riff(params byte[][] chunks) => [.. "RIFF"u8, .. UInt32((uint)(4 + chunks.Sum(chunk => chunk.Length)), isLittle: true), .. "WEBP"u8, .. Join(chunks)];

    public static byte[] RiffChunk(string type, byte[] data) => [.. Encoding.ASCII.GetBytes(type), .. UInt32((uint)data.Length, isLittle: true), .. data, .. new byte[data.Length & 1]];

    /// <summary>What a lossless WebP of a size begins with; there are no pixels in it.</summary>
    public static byte[] LosslessStart(int width, int height) => [0x2F, .. UInt32((uint)((width - 1) | ((height - 1) << 14)), isLittle: true), 0, 0, 0, 0, 0, 0, 0];

    public static byte[] ExtendedWebP(byte flags, int width, int height) => [flags, 0, 0, 0, .. UInt24(width - 1), .. UInt24(height - 1)];

    public static byte[] Gif(int width, int height, params byte[][] blocks) =>
        [.. "GIF89a"u8, .. UInt16((ushort)width, true), .. UInt16((ushort)height, true), 0x80, 0, 0, 0, 0, 0, 255, 255, 255, .. Join(blocks), 0x3B];

    /// <summary>A frame of a GIF, one pixel large.</summary>
    public static byte[] GifFrame(int left = 0, int top = 0) => [0x2C, .. UInt16((ushort)left, true), .. UInt16((ushort)top, true), 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];

    /// <summary>A TIFF of one directory; a value is 32 bits, or the place of what is behind the directory.</summary>
    public static byte[] Tiff(uint next, params (ushort Tag, ushort Type, uint Count, uint Value)[] entries) =>
        [.. "II*\0"u8, .. UInt32(8, true), .. TiffDirectory(next, entries)];

    public static byte[] TiffDirectory(uint next, params (ushort Tag, ushort Type, uint Count, uint Value)[] entries) =>
    [
        .. UInt16((ushort)entries.Length, true),
        .. entries.SelectMany(entry => (byte[])[.. UInt16(entry.Tag, true), .. UInt16(entry.Type, true), .. UInt32(entry.Count, true), .. UInt32(entry.Value, true)]),
        .. UInt32(next, true),
    ];

    /// <summary>The same TIFF, whose first bytes are the least significant, with its first directory once more behind it and a tag more in that.</summary>
    public static byte[] WithTag(byte[] tiff, ushort tag, ushort type, byte[] data)
    {
        var (bytes, at) = (tiff.ToList(), BitConverter.ToInt32(tiff, 4));
        var entries = tiff.AsSpan(at + 2, 12 * BitConverter.ToUInt16(tiff, at)).ToArray().Chunk(12).ToList();
        entries.Add([.. UInt16(tag, true), .. UInt16(type, true), .. UInt32((uint)data.Length, true), .. UInt32((uint)bytes.Count, true)]);
        bytes.AddRange(data);
        bytes.AddRange(new byte[bytes.Count & 1]);
        var start = UInt32((uint)bytes.Count, true);
        bytes.AddRange(UInt16((ushort)entries.Count, true));
        bytes.AddRange(entries.OrderBy(entry => BitConverter.ToUInt16(entry)).SelectMany(entry => entry));
        bytes.AddRange(new byte[4]);
        var result = bytes.ToArray();
        start.CopyTo(result, 4);
        return result;
    }

    public static byte[] Bmp(int width, int height, uint compression, byte[] pixels) =>
    [
        .. "BM"u8, .. UInt32((uint)(54 + pixels.Length), true), 0, 0, 0, 0, .. UInt32(54, true),
        .. UInt32(40, true), .. UInt32((uint)width, true), .. UInt32((uint)height, true), 1, 0, 24, 0, .. UInt32(compression, true), .. UInt32((uint)pixels.Length, true),
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. pixels,
    ];

    public static byte[] UInt16(ushort number, bool isLittle)
    {
        var bytes = BitConverter.GetBytes(number);
        return BitConverter.IsLittleEndian == isLittle ? bytes : [.. bytes.Reverse()];
    }

    public static byte[] UInt32(uint number, bool isLittle)
    {
        var bytes = BitConverter.GetBytes(number);
        return BitConverter.IsLittleEndian == isLittle ? bytes : [.. bytes.Reverse()];
    }

    public static byte[] Repeat(byte[] piece, int count)
    {
        var all = new byte[piece.Length * count];
        for (var index = 0; index < count; index++)
        {
            piece.CopyTo(all, index * piece.Length);
        }

        return all;
    }

    public static byte[] Join(IEnumerable<byte[]> pieces)
    {
        using var all = new MemoryStream();
        foreach (var piece in pieces)
        {
            all.Write(piece);
        }

        return all.ToArray();
    }

    private static byte[] UInt24(int number) => [(byte)number, (byte)(number >> 8), (byte)(number >> 16)];
}
