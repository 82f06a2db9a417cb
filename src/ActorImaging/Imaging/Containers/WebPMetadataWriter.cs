using System.Buffers.Binary;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>Writes what a WebP says beside its pixels, into the file of somebody else's encoder (RFC 9649, 2.7).</summary>
internal static class WebPMetadataWriter
{
    private const int RiffHeaderBytes = 12;
    private const int ExtendedBytes = 10;
    private const byte ProfileFlag = 0x20;
    private const byte AlphaFlag = 0x10;
    private const byte ExifFlag = 0x08;
    private const byte XmpFlag = 0x04;
    private const byte AnimationFlag = 0x02;

    /// <summary>Writes the file with what is beside its pixels.</summary>
    public static void Write(ReadOnlySpan<byte> bare, ImageMetadata metadata, Stream output)
    {
        var flags = (byte)((metadata.IccProfile is null ? 0 : ProfileFlag) | (metadata.Exif.IsEmpty ? 0 : ExifFlag) | (metadata.Xmp.IsEmpty ? 0 : XmpFlag));
        if (flags == 0)
        {
            output.Write(bare);
            return;
        }

        using var file = new MemoryStream();
        var chunks = bare[RiffHeaderBytes..];
        var isExtended = chunks.StartsWith("VP8X"u8);
        if (isExtended)
        {
            flags |= (byte)(chunks[RiffChunk.PrefixBytes] & (AlphaFlag | AnimationFlag));
        }

        var size = isExtended ? CanvasOf(chunks) : SizeOf(chunks, ref flags);
        WriteChunk(file, "VP8X"u8, ExtendedOf(flags, size));
        WriteChunk(file, "ICCP"u8, metadata.IccProfile is { } profile ? profile.Bytes.Span : default);
        file.Write(isExtended ? chunks[(RiffChunk.PrefixBytes + ExtendedBytes)..] : chunks);
        WriteChunk(file, "EXIF"u8, metadata.Exif.Span);
        WriteChunk(file, "XMP "u8, metadata.Xmp.Span);

        Span<byte> header = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8];
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(4 + file.Length));
        output.Write(header);
        output.Write(file.GetBuffer().AsSpan(0, (int)file.Length));
    }

    private static PixelSize CanvasOf(ReadOnlySpan<byte> extended) => new(1 + UInt24(extended[12..]), 1 + UInt24(extended[15..]));

    /// <summary>The size of the one image that there is, and whether it says that it has alpha.</summary>
    private static PixelSize SizeOf(ReadOnlySpan<byte> chunks, ref byte flags)
    {
        var data = chunks[RiffChunk.PrefixBytes..];
        if (!chunks.StartsWith("VP8L"u8))
        {
            return new PixelSize(BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF);
        }

        var packed = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
        flags |= (packed & 0x10000000) != 0 ? AlphaFlag : (byte)0;
        return new PixelSize(1 + (int)(packed & 0x3FFF), 1 + (int)((packed >> 14) & 0x3FFF));
    }

    private static byte[] ExtendedOf(byte flags, PixelSize size)
    {
        var extended = new byte[ExtendedBytes + 1];
        extended[0] = flags;
        BinaryPrimitives.WriteInt32LittleEndian(extended.AsSpan(4), size.WidthPixels - 1);
        BinaryPrimitives.WriteInt32LittleEndian(extended.AsSpan(7), size.HeightPixels - 1); // over the last byte of the width, which is 0
        return extended[..^1];
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        if (!data.IsEmpty)
        {
            RiffChunk.Write(file, type, data);
        }
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
