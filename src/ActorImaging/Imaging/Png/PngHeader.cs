using System.Buffers.Binary;
using ActorImaging.Imaging.Metadata;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// Writes the chunks before the image data, in the order that the format asks for (PNG specification, third edition, 5.6).
/// </summary>
internal static class PngHeader
{
    /// <summary>Bytes of the signature and of IHDR.</summary>
    public const int ImageHeaderEnd = 8 + PngChunks.PrefixBytes + 13 + PngChunks.SuffixBytes;

    /// <summary>Writes the signature, IHDR, what <paramref name="metadata"/> holds, and the palette.</summary>
    public static void Write(PngChunks chunks, PngRows rows, ImageMetadata metadata)
    {
        chunks.WriteSignature();
        WriteImageHeader(chunks, rows);
        PngMetadataWriter.Write(chunks, metadata);
        if (rows is IndexedRows indexed)
        {
            WritePalette(chunks, indexed.Palette);
        }
    }

    private static void WriteImageHeader(PngChunks chunks, PngRows rows)
    {
        Span<byte> data = stackalloc byte[13];
        data.Clear(); // compression, filter and interlace methods are 0
        BinaryPrimitives.WriteInt32BigEndian(data, rows.WidthPixels);
        BinaryPrimitives.WriteInt32BigEndian(data[4..], rows.HeightPixels);
        data[8] = (byte)rows.Format.BitDepth;
        data[9] = (byte)rows.Format.Colour;
        chunks.Write("IHDR"u8, data);
    }

    private static void WritePalette(PngChunks chunks, PngPalette palette)
    {
        Span<byte> colours = stackalloc byte[3 * PngPalette.MaxColours];
        Span<byte> alphas = stackalloc byte[PngPalette.MaxColours];
        for (var index = 0; index < palette.Count; index++)
        {
            var colour = palette[index];
            colours[3 * index] = (byte)(colour >> 16);
            colours[(3 * index) + 1] = (byte)(colour >> 8);
            colours[(3 * index) + 2] = (byte)colour;
            alphas[index] = (byte)(colour >> 24);
        }

        chunks.Write("PLTE"u8, colours[..(3 * palette.Count)]);
        var translucent = alphas[..palette.Count].LastIndexOfAnyExcept((byte)0xFF) + 1;
        if (translucent > 0)
        {
            chunks.Write("tRNS"u8, alphas[..translucent]);
        }
    }
}
