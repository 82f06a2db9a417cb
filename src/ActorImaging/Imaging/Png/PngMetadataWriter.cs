using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ActorImaging.Imaging.Metadata;

namespace ActorImaging.Imaging.Png;

/// <summary>Writes what a PNG says beside its pixels (PNG specification, third edition, 11.3); all of it may stand before the palette.</summary>
internal static class PngMetadataWriter
{
    private const double ChunkUnit = 100_000;
    private const int LongTextCharacters = 1024; // as the specification recommends (11.3.3.1)
    private const string XmpKeyword = "XML:com.adobe.xmp";

    /// <summary>Writes it.</summary>
    public static void Write(PngChunks chunks, ImageMetadata metadata)
    {
        WriteColourSpace(chunks, metadata);
        if (metadata.Density is { } density)
        {
            WriteDensity(chunks, density);
        }

        if (!metadata.Exif.IsEmpty)
        {
            chunks.Write("eXIf"u8, metadata.Exif.Span);
        }

        if (!metadata.Xmp.IsEmpty)
        {
            WriteInternationalText(chunks, new ImageText(XmpKeyword, string.Empty), metadata.Xmp.Span, isCompressed: false); // some look for it without a decoder
        }

        if (!metadata.ImageResources.IsEmpty)
        {
            WriteCompressedText(chunks, PngRawProfile.Write("iptc", metadata.ImageResources));
        }

        foreach (var text in metadata.Texts.Where(text => ImageText.IsKeyword(text.Keyword)))
        {
            WriteText(chunks, text with { Text = text.Text.Replace("\0", string.Empty, StringComparison.Ordinal) }); // which no text of a PNG may have
        }

        foreach (var chunk in metadata.PngChunks)
        {
            chunks.Write(Encoding.Latin1.GetBytes(chunk.Type), chunk.Data.Span);
        }
    }

    private static void WriteColourSpace(PngChunks chunks, ImageMetadata metadata)
    {
        if (metadata.CodePoints is { } points)
        {
            chunks.Write("cICP"u8, [points.Primaries, points.Transfer, 0, points.IsFullRange ? (byte)1 : (byte)0]);
        }

        if (metadata.Chromaticities is { } colours)
        {
            WriteNumbers(
                chunks,
                "cHRM"u8,
                [colours.WhiteX, colours.WhiteY, colours.RedX, colours.RedY, colours.GreenX, colours.GreenY, colours.BlueX, colours.BlueY]);
        }

        if (metadata.Gamma is { } gamma)
        {
            WriteNumbers(chunks, "gAMA"u8, [gamma]);
        }

        if (metadata.IccProfile is { } profile)
        {
            chunks.Write("iCCP"u8, "icc\0\0"u8, Compress(profile.Bytes.Span)); // name, its end, compression method 0
        }
        else if (metadata.SrgbIntent is { } intent)
        {
            chunks.Write("sRGB"u8, [(byte)intent]);
        }
    }

    private static void WriteNumbers(PngChunks chunks, ReadOnlySpan<byte> type, ReadOnlySpan<double> numbers)
    {
        Span<byte> data = stackalloc byte[4 * 8];
        for (var index = 0; index < numbers.Length; index++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(data[(4 * index)..], (uint)Math.Clamp(Math.Round(numbers[index] * ChunkUnit), 0, int.MaxValue));
        }

        chunks.Write(type, data[..(4 * numbers.Length)]);
    }

    private static void WriteDensity(PngChunks chunks, ImageDensity density)
    {
        var written = density.PerMetre;
        Span<byte> data = stackalloc byte[9];
        BinaryPrimitives.WriteUInt32BigEndian(data, WholeOf(written.Horizontal));
        BinaryPrimitives.WriteUInt32BigEndian(data[4..], WholeOf(written.Vertical));
        data[8] = written.Unit == DensityUnit.Metre ? (byte)1 : (byte)0;
        chunks.Write("pHYs"u8, data);
    }

    private static uint WholeOf(double number) => (uint)Math.Clamp(Math.Round(number), 1, int.MaxValue);

    private static void WriteText(PngChunks chunks, ImageText text)
    {
        var isPlain = Ascii.IsValid(text.Text) && text.Language.Length == 0 && text.TranslatedKeyword.Length == 0; // more of Latin-1 is taken for UTF-8 by some readers
        if (isPlain && text.Text.Length > LongTextCharacters)
        {
            WriteCompressedText(chunks, text);
        }
        else if (isPlain)
        {
            chunks.Write("tEXt"u8, [.. Encoding.Latin1.GetBytes(text.Keyword), 0], Encoding.ASCII.GetBytes(text.Text));
        }
        else
        {
            WriteInternationalText(chunks, text, Encoding.UTF8.GetBytes(text.Text), isCompressed: text.Text.Length > LongTextCharacters);
        }
    }

    private static void WriteInternationalText(PngChunks chunks, ImageText text, ReadOnlySpan<byte> content, bool isCompressed) => chunks.Write(
        "iTXt"u8,
        [
            .. Encoding.Latin1.GetBytes(text.Keyword), 0,
            isCompressed ? (byte)1 : (byte)0, 0, // by method 0, the only one
            .. Encoding.ASCII.GetBytes(text.Language), 0,
            .. Encoding.UTF8.GetBytes(text.TranslatedKeyword), 0,
        ],
        isCompressed ? Compress(content) : content);

    private static void WriteCompressedText(PngChunks chunks, ImageText text) =>
        chunks.Write("zTXt"u8, [.. Encoding.Latin1.GetBytes(text.Keyword), 0, 0], Compress(Encoding.Latin1.GetBytes(text.Text)));

    private static byte[] Compress(ReadOnlySpan<byte> data)
    {
        using var compressed = new MemoryStream();
        using (var compressor = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            compressor.Write(data);
        }

        return compressed.ToArray();
    }
}
