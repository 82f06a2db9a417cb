using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Magick;
using ActorImaging.Peers;
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

    /// <summary>
    /// A JPEG of 12 megapixels that is to a codec what photographs are: one of those that the comparison with other programs is made on, or the file
    /// that PHOTOGRAPH names.
    /// </summary>
    public static byte[] Photograph()
    {
        MagickRuntime.EnsureInitialized();
        if (Environment.GetEnvironmentVariable("PHOTOGRAPH") is { } path)
        {
            return File.ReadAllBytes(path);
        }

        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "actor-imaging-benchmarks")).FullName;
        Photographs.Write(folder, 1); // it takes seconds: each benchmark is a process of its own, and the next one finds it
        return File.ReadAllBytes(Directory.GetFiles(folder)[0]);
    }

    /// <summary>The same, made smaller.</summary>
    public static PixelBuffer Photograph(int width, int height)
    {
        using var image = Shrunk(Photograph(), 2);
        image.Resize(new MagickGeometry((uint)width, (uint)height) { IgnoreAspectRatio = true });
        return MagickPixels.TryExport(image, out var pixels) ? pixels : throw new InvalidOperationException("expected a photograph in colours");
    }

    /// <summary>A JPEG as Magick.NET decodes it at a fraction of its size: the hint makes libjpeg do it.</summary>
    public static MagickImage Shrunk(byte[] jpeg, int shrinkBy)
    {
        using var source = new MemoryStream(jpeg);
        var size = ImageContainer.Open(source, FramePolicy.First, new ImageLimits()).Header.Size;
        var read = new MagickReadSettings { Format = MagickFormat.Jpeg };
        read.SetDefine("jpeg:size", ShrunkSource.SizeOf(size, shrinkBy).ToString());
        return new MagickImage(jpeg, read);
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
