using ActorImaging.Imaging;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Magick;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Benchmarks;

/// <summary>Pictures to measure with.</summary>
internal static class Pictures
{
    private const int Seed = 1;
    private const double BlurSigma = 5;
    private const int CellPixels = 40;

    /// <summary>The article's tinted noise.</summary>
    public static PixelBuffer Noise(int width, int height)
    {
        var pixels = PixelBuffer.Allocate(width, height, 3);
        var noise = new TintedNoise(new RgbColor(220, 20, 60), Seed);
        for (var y = 0; y < height; y++)
        {
            noise.Fill(pixels.Row(y));
        }

        return pixels;
    }

    /// <summary>The same out of focus.</summary>
    public static PixelBuffer Blurred(int width, int height)
    {
        using var noise = Noise(width, height);
        using var blur = GaussianBlur.Of(noise, BlurSigma);
        return blur.ToPixelBuffer();
    }

    /// <summary>Fields of one colour with thin lines between them.</summary>
    public static PixelBuffer Drawn(int width, int height)
    {
        var pixels = PixelBuffer.Allocate(width, height, 3);
        for (var y = 0; y < height; y++)
        {
            var row = pixels.Row(y);
            for (var at = 0; at < row.Length; at++)
            {
                var x = at / 3;
                var isLine = x % CellPixels == 0 || y % CellPixels == 0;
                row[at] = (byte)(isLine ? 0 : ((x / CellPixels * 37) + (y / CellPixels * 59) + (at % 3 * 80)) % 256);
            }
        }

        return pixels;
    }

    /// <summary>The same pixels as an image of Magick.NET's.</summary>
    public static MagickImage ToMagick(PixelBuffer pixels)
    {
        MagickRuntime.EnsureInitialized();
        var bytes = new byte[pixels.LengthBytes];
        for (var y = 0; y < pixels.HeightPixels; y++)
        {
            pixels.Row(y).CopyTo(bytes.AsSpan(y * pixels.StrideBytes));
        }

        return new MagickImage(bytes, new PixelReadSettings((uint)pixels.WidthPixels, (uint)pixels.HeightPixels, StorageType.Char, PixelMapping.RGB));
    }
}
