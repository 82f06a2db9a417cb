using System.Diagnostics.CodeAnalysis;
using ImageMagick;

namespace ActorImaging.Imaging.Magick;

/// <summary>Moves pixels between ImageMagick and pixel buffers.</summary>
internal static unsafe class MagickPixels
{
    private const long MostBytes = int.MaxValue / 2;

    /// <summary>Copies the pixels of an image out, where they are 8-bit gray or sRGB, with or without alpha.</summary>
    /// <param name="image">The image, which keeps its pixels.</param>
    /// <param name="pixels">The copy, of 1 to 4 channels, the caller's own.</param>
    /// <returns>Whether the image is of that kind.</returns>
    public static bool TryExport(MagickImage image, [NotNullWhen(true)] out PixelBuffer? pixels)
    {
        pixels = null;
        if (image.ColorSpace is not (ColorSpace.sRGB or ColorSpace.Gray))
        {
            return false;
        }

        var channels = (image.ColorSpace == ColorSpace.Gray ? 1 : 3) + (image.HasAlpha ? 1 : 0);
        pixels = PixelBuffer.Allocate((int)image.Width, (int)image.Height, channels);
        try
        {
            Copy(image, pixels);
            return true;
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    /// <summary>Makes an image of pixels, with nothing beside them.</summary>
    /// <param name="pixels">The pixels, of 1 to 4 channels.</param>
    public static MagickImage Import(PixelBuffer pixels) =>
        pixels.Channels == 2 ? OpenGrayAlpha(pixels) : Open(pixels, BytesOf(pixels), Mapping(pixels.Channels));

    private static void Copy(MagickImage image, PixelBuffer pixels)
    {
        using var source = image.GetPixelsUnsafe();
        if (image.ChannelCount == pixels.Channels)
        {
            var first = (void*)source.GetAreaPointer(0, 0, image.Width, image.Height);
            Buffer.MemoryCopy(first, pixels.Pixels, pixels.LengthBytes, pixels.LengthBytes);
            return;
        }

        // With a palette there is one more channel, its index, which is left out: row by row, since this way makes an array.
        var mapping = Mapping(pixels.Channels);
        for (var y = 0; y < pixels.HeightPixels; y++)
        {
            source.ToByteArray(0, y, image.Width, 1, mapping)!.CopyTo(pixels.Row(y));
        }
    }

    private static ReadOnlySpan<byte> BytesOf(PixelBuffer pixels) => pixels.LengthBytes <= MostBytes
        ? new(pixels.Pixels, (int)pixels.LengthBytes)
        : throw new UnsupportedImageException(FormattableString.Invariant(
            $"has {pixels.WidthPixels}x{pixels.HeightPixels} pixels, which this operation or format can't take by the engine accelerated (actor-imaging.engine = magick can)"));

    private static MagickImage Open(PixelBuffer size, ReadOnlySpan<byte> bytes, string mapping) =>
        new(bytes, new PixelReadSettings((uint)size.WidthPixels, (uint)size.HeightPixels, StorageType.Char, mapping));

    /// <summary>ImageMagick takes "gray, alpha" bytes for colours; as colours made gray they become what a gray PNG with alpha is.</summary>
    private static MagickImage OpenGrayAlpha(PixelBuffer pixels)
    {
        var grays = BytesOf(pixels);
        var colors = new byte[2 * grays.Length];
        for (var at = 0; at < grays.Length / 2; at++)
        {
            colors.AsSpan(4 * at, 3).Fill(grays[2 * at]);
            colors[(4 * at) + 3] = grays[(2 * at) + 1];
        }

        var image = Open(pixels, colors, Mapping(4));
        image.Grayscale();
        return image;
    }

    private static string Mapping(int channels) => channels switch { 1 => "R", 2 => "RA", 3 => "RGB", _ => "RGBA" };
}
