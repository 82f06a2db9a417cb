using ImageMagick;

namespace ActorImaging.Cli.Tests;

/// <summary>Small pictures for specs, and a look at what became of them.</summary>
internal static class Picture
{
    /// <summary>Writes a picture with something in it everywhere, which differs by its seed.</summary>
    public static string Write(string path, int width = 24, int height = 16, int seed = 0, Action<MagickImage>? change = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var image = Create(width, height, seed);
        image.Format = MagickFormat.Png24;
        change?.Invoke(image);
        image.Write(path, image.Format);
        return path;
    }

    /// <summary>The picture itself.</summary>
    public static MagickImage Create(int width, int height, int seed = 0)
    {
        var bytes = new byte[width * height * 3];
        new Random(seed).NextBytes(bytes);
        return new MagickImage(bytes, new PixelReadSettings((uint)width, (uint)height, StorageType.Char, PixelMapping.RGB));
    }

    /// <summary>Width and height of a file.</summary>
    public static (int Width, int Height) SizeOf(string path)
    {
        using var image = new MagickImage(path);
        return ((int)image.Width, (int)image.Height);
    }

    /// <summary>The RGB bytes of a file.</summary>
    public static byte[] PixelsOf(string path)
    {
        using var image = new MagickImage(path);
        using var pixels = image.GetPixels();
        return pixels.ToByteArray(PixelMapping.RGB)!;
    }
}
