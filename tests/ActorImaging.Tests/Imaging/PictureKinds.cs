using ImageMagick;

namespace ActorImaging.Tests.Imaging;

/// <summary>Small pictures of every kind that decoders make something different of.</summary>
internal static class PictureKinds
{
    private const int Width = 61;
    private const int Height = 43;

    /// <summary>Each writes a picture of its kind.</summary>
    public static IReadOnlyDictionary<string, Action<MagickImage, string>> All { get; } = new SortedDictionary<string, Action<MagickImage, string>>(StringComparer.Ordinal)
    {
        ["rgb"] = (image, path) => image.Write(path, MagickFormat.Png24),
        ["rgba"] = (image, path) =>
        {
            FadeOut(image);
            image.Write(path, MagickFormat.Png32);
        },
        ["gray"] = (image, path) =>
        {
            image.Grayscale();
            image.Write(path, MagickFormat.Png);
        },
        ["gray-alpha"] = (image, path) =>
        {
            image.Grayscale();
            FadeOut(image);
            image.Write(path, MagickFormat.Png);
        },
        ["palette"] = (image, path) =>
        {
            image.Quantize(new QuantizeSettings { Colors = 40, DitherMethod = DitherMethod.No });
            image.Write(path, MagickFormat.Png8);
        },
        ["black-and-white"] = (image, path) =>
        {
            image.Threshold(new Percentage(50));
            image.Write(path, MagickFormat.Png);
        },
        ["16-bit"] = (image, path) =>
        {
            image.Settings.SetDefine("png:bit-depth", "16");
            image.Write(path, MagickFormat.Png48);
        },
        ["cmyk-jpeg"] = (image, path) =>
        {
            image.ColorSpace = ColorSpace.CMYK;
            image.Write(path, MagickFormat.Jpeg);
        },
        ["jpeg"] = (image, path) => image.Write(path, MagickFormat.Jpeg),
        ["gray-jpeg"] = (image, path) =>
        {
            image.Grayscale();
            image.Write(path, MagickFormat.Jpeg);
        },
        ["gif"] = (image, path) => image.Write(path, MagickFormat.Gif),
        ["webp"] = (image, path) => image.Write(path, MagickFormat.WebP),
        ["tiff"] = (image, path) => image.Write(path, MagickFormat.Tiff),
    };

    /// <summary>Writes a picture of a kind; its name says no format.</summary>
    public static string Write(string kind, string folder)
    {
        var path = Path.Combine(folder, $"{kind}.img");
        if (!File.Exists(path))
        {
            using var image = CreateVaried(Width, Height);
            All[kind](image, path);
        }

        return path;
    }

    /// <summary>Writes a JPEG that is stored in an orientation and upright is 32 wide and 24 high.</summary>
    public static string WriteOriented(int orientation, string folder)
    {
        var isTurned = orientation >= 5;
        using var image = CreateVaried(isTurned ? 24 : 32, isTurned ? 32 : 24);
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Orientation, (ushort)orientation);
        image.SetProfile(exif);
        image.Orientation = (Orientation)orientation;
        var path = Path.Combine(folder, $"orientation-{orientation}.img");
        image.Write(path, MagickFormat.Jpeg);
        return path;
    }

    /// <summary>Writes a PNG with a colour profile, EXIF data and a resolution of 300 pixels an inch.</summary>
    public static string WriteWithMetadata(string folder)
    {
        using var image = CreateVaried(Width, Height);
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Copyright, "someone");
        exif.SetValue(ExifTag.Model, "a camera");
        image.SetProfile(exif);
        image.SetProfile(ColorProfiles.AdobeRGB1998);
        image.Density = new Density(300, 300, DensityUnit.PixelsPerInch);
        var path = Path.Combine(folder, "metadata.img");
        image.Write(path, MagickFormat.Jpeg);
        return path;
    }

    private static MagickImage CreateVaried(int width, int height)
    {
        var bytes = new byte[width * height * 3];
        for (var at = 0; at < width * height; at++)
        {
            (bytes[at * 3], bytes[(at * 3) + 1], bytes[(at * 3) + 2]) = TestImage.Varied(at % width, at / width);
        }

        var image = new MagickImage();
        image.ReadPixels(bytes, new PixelReadSettings((uint)width, (uint)height, StorageType.Char, PixelMapping.RGB));
        return image;
    }

    private static void FadeOut(MagickImage image)
    {
        image.Alpha(AlphaAction.On);
        using var pixels = image.GetPixels();
        foreach (var pixel in pixels)
        {
            pixel[pixel.Channels - 1] = (byte)(pixel.X * 255 / (int)(image.Width - 1));
            pixels.SetPixel(pixel);
        }
    }
}
