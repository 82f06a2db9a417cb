using System.Buffers.Binary;
using ActorImaging.Imaging.Metadata;

namespace ActorImaging.Imaging.Containers;

/// <summary>Writes what a JPEG XL says beside its pixels, in boxes round the codestream of somebody else's encoder (ISO/IEC 18181-2).</summary>
internal static class JpegXlMetadataWriter
{
    /// <summary>Writes the file with what is beside its pixels.</summary>
    public static void Write(ReadOnlySpan<byte> bare, ImageMetadata metadata, Stream output)
    {
        if (metadata.Exif.IsEmpty && metadata.Xmp.IsEmpty)
        {
            output.Write(bare);
            return;
        }

        output.Write(JpegXlContainer.Signature);
        WriteBox(output, "ftyp"u8, [.. "jxl "u8, 0, 0, 0, 0, .. "jxl "u8], []);
        if (!metadata.Exif.IsEmpty)
        {
            WriteBox(output, "Exif"u8, [0, 0, 0, 0], metadata.Exif.Span); // it begins at once
        }

        if (!metadata.Xmp.IsEmpty)
        {
            WriteBox(output, "xml "u8, [], metadata.Xmp.Span);
        }

        if (bare.StartsWith(JpegXlContainer.Signature))
        {
            WriteOwnBoxes(bare, output);
        }
        else
        {
            WriteBox(output, "jxlc"u8, [], bare);
        }
    }

    /// <summary>The boxes of an encoder that makes some by itself, but for those that are there.</summary>
    private static void WriteOwnBoxes(ReadOnlySpan<byte> bare, Stream output)
    {
        var boxes = bare[JpegXlContainer.Signature.Length..];
        while (boxes.Length >= 8)
        {
            long declared = BinaryPrimitives.ReadUInt32BigEndian(boxes);
            var length = (int)(declared == 0 ? boxes.Length : Math.Min(declared, boxes.Length));
            if (!boxes[4..].StartsWith("ftyp"u8))
            {
                output.Write(boxes[..length]);
            }

            boxes = boxes[Math.Max(8, length)..];
        }
    }

    private static void WriteBox(Stream output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> data)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, 8 + prefix.Length + data.Length);
        output.Write(length);
        output.Write(type);
        output.Write(prefix);
        output.Write(data);
    }
}
