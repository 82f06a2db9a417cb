using ImageMagick;

namespace ActorImaging.Tests.Imaging;

/// <summary>Pictures for specs, and a look at their pixels.</summary>
internal static class TestImage
{
    /// <summary>Writes an RGB picture as PNG.</summary>
    public static string WriteRgb(string folder, string name, int width, int height, Func<int, int, (byte Red, byte Green, byte Blue)> pixel)
    {
        var bytes = new byte[width * height * 3];
        for (var at = 0; at < width * height; at++)
        {
            (bytes[at * 3], bytes[(at * 3) + 1], bytes[(at * 3) + 2]) = pixel(at % width, at / width);
        }

        var path = Path.Combine(folder, name);
        using var image = new MagickImage();
        image.ReadPixels(bytes, new PixelReadSettings((uint)width, (uint)height, StorageType.Char, PixelMapping.RGB));
        image.Write(path, MagickFormat.Png24);
        return path;
    }

    /// <summary>A picture with something in it everywhere.</summary>
    public static (byte Red, byte Green, byte Blue) Varied(int x, int y) => ((byte)((x * 7) + y), (byte)((x * x) + (3 * y)), (byte)((x * y) ^ (5 * y)));

    /// <summary>The size and RGB bytes of a file.</summary>
    public static (int Width, int Height, byte[] Rgb) Read(string path)
    {
        using var image = new MagickImage(path);
        using var pixels = image.GetPixelsUnsafe();
        return ((int)image.Width, (int)image.Height, pixels.ToByteArray(PixelMapping.RGB)!);
    }
}
