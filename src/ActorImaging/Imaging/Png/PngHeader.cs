using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// Writes the chunks before the image data, in the order that the format asks for (PNG specification, third edition, 5.6).
/// </summary>
internal static class PngHeader
{
    private const double ChunkUnit = 100_000;

    private static ReadOnlySpan<byte> ExifPrefix => "Exif\0\0"u8;

    /// <summary>Writes the signature, IHDR, what <paramref name="metadata"/> holds, and the palette.</summary>
    public static void Write(PngChunks chunks, PngRows rows, PngMetadata metadata)
    {
        chunks.WriteSignature();
        WriteImageHeader(chunks, rows);
        WriteColourSpace(chunks, metadata);
        if (rows is IndexedRows indexed)
            WritePalette(chunks, indexed.Palette);
        if (metadata.Resolution is { } resolution)
            WriteResolution(chunks, resolution);
        if (!metadata.Exif.IsEmpty)
            WriteExif(chunks, metadata.Exif.Span);
        foreach (var text in metadata.Texts.Where(text => text.IsValid))
        {
            WriteText(chunks, text);
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

    private static void WriteColourSpace(PngChunks chunks, PngMetadata metadata)
    {
        if (metadata.Chromaticities is { } colours)
        {
            WriteNumbers(
                chunks,
                "cHRM"u8,
                [colours.WhiteX, colours.WhiteY, colours.RedX, colours.RedY, colours.GreenX, colours.GreenY, colours.BlueX, colours.BlueY]);
        }
        if (metadata.Gamma is { } gamma)
            WriteNumbers(chunks, "gAMA"u8, [gamma]);
        if (!metadata.IccProfile.IsEmpty)
            WriteProfile(chunks, metadata.IccProfile.Span);
        else if (metadata.SrgbIntent is { } intent)
            chunks.Write("sRGB"u8, [(byte)intent]);
    }

    private static void WriteNumbers(PngChunks chunks, ReadOnlySpan<byte> type, ReadOnlySpan<double> numbers)
    {
        Span<byte> data = stackalloc byte[4 * 8];
        for (var index = 0; index < numbers.Length; index++)
        {
            BinaryPrimitives.WriteInt32BigEndian(data[(4 * index)..], checked((int)Math.Round(numbers[index] * ChunkUnit)));
        }
        chunks.Write(type, data[..(4 * numbers.Length)]);
    }

    private static void WriteProfile(PngChunks chunks, ReadOnlySpan<byte> profile)
    {
        using var data = new MemoryStream();
        data.Write("icc\0\0"u8); // name, its end, compression method 0
        using (var compressor = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            compressor.Write(profile);
        }
        chunks.Write("iCCP"u8, data.GetBuffer().AsSpan(0, (int)data.Length));
    }

    private static void WriteResolution(PngChunks chunks, PngResolution resolution)
    {
        Span<byte> data = stackalloc byte[9];
        BinaryPrimitives.WriteInt32BigEndian(data, resolution.HorizontalPixels);
        BinaryPrimitives.WriteInt32BigEndian(data[4..], resolution.VerticalPixels);
        data[8] = resolution.IsPerMetre ? (byte)1 : (byte)0;
        chunks.Write("pHYs"u8, data);
    }

    private static void WriteExif(PngChunks chunks, ReadOnlySpan<byte> exif) =>
        chunks.Write("eXIf"u8, exif.StartsWith(ExifPrefix) ? exif[ExifPrefix.Length..] : exif);

    private static void WriteText(PngChunks chunks, PngText text)
    {
        var keyword = Encoding.Latin1.GetBytes(text.Keyword);
        if (Ascii.IsValid(text.Text)) // more of Latin-1 could stand here, but is taken for UTF-8 by some readers
            chunks.Write("tEXt"u8, [.. keyword, 0, .. Encoding.Latin1.GetBytes(text.Text)]);
        else
            chunks.Write("iTXt"u8, [.. keyword, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(text.Text)]); // not compressed, no language, no translation
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
            chunks.Write("tRNS"u8, alphas[..translucent]);
    }
}
