using System.Text;
using ActorImaging.Imaging.Metadata;

namespace ActorImaging.Imaging.Containers;

/// <summary>Writes what a GIF says beside its pixels, into the file of somebody else's encoder.</summary>
internal static class GifMetadataWriter
{
    private const int HeaderBytes = 13;
    private const int MostBlockBytes = 255;

    /// <summary>Writes the file with what is beside its pixels, in front of the first image.</summary>
    public static void Write(ReadOnlySpan<byte> bare, ImageMetadata metadata, Stream output)
    {
        var colors = (bare[10] & 0x80) == 0 ? 0 : 3 << ((bare[10] & 7) + 1);
        output.Write(bare[..(HeaderBytes + colors)]);
        if (!metadata.Xmp.IsEmpty)
        {
            WriteXmp(output, metadata.Xmp.Span);
        }

        foreach (var comment in metadata.Texts.Where(text => text.IsComment))
        {
            WriteComment(output, Encoding.UTF8.GetBytes(comment.Text));
        }

        output.Write(bare[(HeaderBytes + colors)..]);
    }

    /// <summary>XMP as it is, and behind it bytes by which programs that read blocks find its end (XMP specification, part 3, 1.1.2).</summary>
    private static void WriteXmp(Stream output, ReadOnlySpan<byte> xmp)
    {
        output.Write([0x21, 0xFF, 11, .. "XMP DataXMP"u8]);
        output.Write(xmp);
        output.WriteByte(1);
        for (var value = 0xFF; value >= 0; value--)
        {
            output.WriteByte((byte)value);
        }

        output.WriteByte(0);
    }

    private static void WriteComment(Stream output, ReadOnlySpan<byte> comment)
    {
        output.Write([0x21, 0xFE]);
        while (!comment.IsEmpty)
        {
            var block = comment[..Math.Min(comment.Length, MostBlockBytes)];
            output.WriteByte((byte)block.Length);
            output.Write(block);
            comment = comment[block.Length..];
        }

        output.WriteByte(0);
    }
}
