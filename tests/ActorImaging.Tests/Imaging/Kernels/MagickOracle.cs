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

    /// <summary>The same pixels as a direct-class sRGB (or gray) image.</summary>
    internal static unsafe MagickImage Open(PixelBuffer source)
    {
        var settings = new PixelReadSettings((uint)source.WidthPixels, (uint)source.HeightPixels, StorageType.Char, Mapping(source.Channels));
        return new MagickImage(new ReadOnlySpan<byte>(source.Pixels, checked((int)source.LengthBytes)), settings);
    }

    private static unsafe PixelBuffer Export(MagickImage image)
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
