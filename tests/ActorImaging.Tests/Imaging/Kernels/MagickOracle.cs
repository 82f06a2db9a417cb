using ActorImaging.Imaging;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Kernels;

/// <summary>What ImageMagick computes: the truth that the kernels are held against.</summary>
internal static class MagickOracle
{
    /// <summary>Runs <paramref name="operation"/> on the same pixels in ImageMagick.</summary>
    internal static PixelBuffer Apply(PixelBuffer source, Action<MagickImage> operation)
    {
        using var image = Open(source);
        operation(image);
        return Export(image);
    }

    /// <summary>The same pixels as a direct-class image: sRGB, or gray for 1 and 2 channels.</summary>
    internal static unsafe MagickImage Open(PixelBuffer source)
    {
        var bytes = new ReadOnlySpan<byte>(source.Pixels, checked((int)source.LengthBytes));
        return source.Channels == 2 ? OpenGrayAlpha(source, bytes) : new MagickImage(bytes, Settings(source, Mapping(source.Channels)));
    }

    /// <summary>
    /// ImageMagick takes "gray, alpha" bytes for colours; as colours made gray they become what a gray PNG with alpha is.
    /// </summary>
    private static MagickImage OpenGrayAlpha(PixelBuffer source, ReadOnlySpan<byte> bytes)
    {
        var colours = new byte[2 * bytes.Length];
        for (var x = 0; x < bytes.Length / 2; x++)
        {
            colours.AsSpan(4 * x, 3).Fill(bytes[2 * x]);
            colours[(4 * x) + 3] = bytes[(2 * x) + 1];
        }

        var image = new MagickImage(colours, Settings(source, "RGBA"));
        image.Grayscale();
        return image;
    }

    private static PixelReadSettings Settings(PixelBuffer source, string mapping) =>
        new((uint)source.WidthPixels, (uint)source.HeightPixels, StorageType.Char, mapping);

    /// <summary>The pixels of an image that was opened here or is gray or sRGB.</summary>
    internal static unsafe PixelBuffer Export(MagickImage image)
    {
        var isGray = image.ColorSpace == ColorSpace.Gray;
        var channels = (isGray ? 1 : 3) + (image.HasAlpha ? 1 : 0);
        using var pixels = image.GetPixelsUnsafe();
        var bytes = pixels.ToByteArray(Mapping(channels))!;
        var result = PixelBuffer.Allocate((int)image.Width, (int)image.Height, channels);
        bytes.CopyTo(new Span<byte>(result.Pixels, bytes.Length));
        return result;
    }

    private static string Mapping(int channels) => channels switch { 1 => "R", 2 => "RA", 3 => "RGB", _ => "RGBA" };
}
