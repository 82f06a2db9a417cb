using System.Globalization;
using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Jpeg;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Jpeg;

/// <summary>JPEGs for specs, and what libjpeg-turbo, inside Magick.NET, and our own reader make of them.</summary>
internal static class JpegPictures
{
    /// <summary>How components are sampled, by the words of ImageMagick.</summary>
    public static IReadOnlyList<string> Samplings { get; } = ["1x1", "2x1", "2x2", "1x2", "4x1", "4x2", "2x1,1x1,2x1", "1x1,2x2,1x1", "2x2,2x1,1x2"];

    /// <summary>Sizes round those of blocks and MCUs.</summary>
    public static IReadOnlyList<int> Sides { get; } = [1, 2, 3, 5, 8, 9, 15, 16, 17, 31, 32, 33, 48, 67];

    /// <summary>A picture with soft and with sharp parts, as a JPEG.</summary>
    public static byte[] Encode(int width, int height, string sampling = "2x2", int quality = 85, bool isGray = false, bool isProgressive = false, int seed = 1)
    {
        var random = new Random(seed);
        var pixels = new byte[width * height * 3];
        for (var at = 0; at < width * height; at++)
        {
            var (x, y) = (at % width, at / width);
            for (var channel = 0; channel < 3; channel++)
            {
                var soft = 128 + (70 * Math.Sin((x + (channel * 5)) / 9.0)) + (50 * Math.Cos((y - (3 * channel)) / 7.0));
                pixels[(at * 3) + channel] = (byte)Math.Clamp(soft + random.Next(-30, 30) + ((x / 13) + (y / 11) & 1) * 60, 0, 255);
            }
        }

        using var image = new MagickImage();
        image.ReadPixels(pixels, new PixelReadSettings((uint)width, (uint)height, StorageType.Char, PixelMapping.RGB));
        if (isGray)
        {
            image.Grayscale();
        }

        image.Quality = (uint)quality;
        image.Settings.SetDefine("jpeg:sampling-factor", sampling);
        image.Settings.Interlace = isProgressive ? Interlace.Jpeg : Interlace.NoInterlace;
        return image.ToByteArray(MagickFormat.Jpeg);
    }

    /// <summary>What libjpeg-turbo makes of a file: its pixels, and what it warns of.</summary>
    public static (int Width, int Height, byte[] Pixels, string? Warning) ByMagick(byte[] file, int shrinkBy = 1)
    {
        string? warning = null;
        using var image = new MagickImage();
        image.Warning += (_, fault) => warning ??= fault.Message;
        image.Read(file, new MagickReadSettings { Format = MagickFormat.Jpeg });
        if (shrinkBy > 1)
        {
            var settings = new MagickReadSettings { Format = MagickFormat.Jpeg };
            settings.SetDefine("jpeg:size", string.Create(CultureInfo.InvariantCulture, $"{image.Width / (double)shrinkBy}x{image.Height / (double)shrinkBy}"));
            image.Read(file, settings);
        }

        using var pixels = image.GetPixelsUnsafe();
        var mapping = image.ColorSpace == ColorSpace.Gray ? "R" : "RGB";
        return ((int)image.Width, (int)image.Height, pixels.ToByteArray(mapping)!, warning);
    }

    /// <summary>What our own reader makes of it.</summary>
    public static (int Width, int Height, byte[] Pixels, List<string> Damages) ByReader(byte[] file, int shrinkBy = 1, LaneWidth? width = null)
    {
        var container = Open(file);
        using var data = container.OpenFrame(0);
        var damages = new List<string>();
        using var pixels = new JpegReader(container.FrameHeader!, shrinkBy, width).Read(data, damages);
        return (pixels.WidthPixels, pixels.HeightPixels, pixels.Rows(0, pixels.HeightPixels).ToArray(), damages);
    }

    /// <summary>Opens a file.</summary>
    public static JpegContainer Open(byte[] file) =>
        (JpegContainer)ImageContainer.Open(new MemoryStream(file), FramePolicy.First, new ImageLimits());

    /// <summary>Expects the pixels of libjpeg-turbo, from lanes of all widths, and no damage.</summary>
    public static void AssertEqual(byte[] file, int shrinkBy, string name)
    {
        var expected = ByMagick(file, shrinkBy);
        foreach (var width in new[] { LaneWidth.Narrow, LaneWidth.Wide })
        {
            var actual = ByReader(file, shrinkBy, width);
            Assert.Empty(actual.Damages);
            Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
            var differences = expected.Pixels.Where((sample, at) => sample != actual.Pixels[at]).Count();
            Assert.True(differences == 0, $"{name}, {width}: {differences} of {expected.Pixels.Length} samples differ");
        }
    }

    /// <summary>The same with a note that its components are red, green and blue themselves.</summary>
    public static byte[] AsRgb(byte[] file)
    {
        var jfif = file.AsSpan().IndexOf("JFIF"u8) - 4;
        var adobe = new byte[] { 0xFF, JpegMarker.App14, 0, 14, (byte)'A', (byte)'d', (byte)'o', (byte)'b', (byte)'e', 0, 100, 0, 0, 0, 0, 0 };
        return [.. file[..jfif], .. adobe, .. file[(jfif + 18)..]];
    }

    /// <summary>The same with a byte or a few of them changed, left out, put in or cut off.</summary>
    public static byte[] Damage(byte[] file, Random random)
    {
        var bytes = file.ToList();
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            var at = random.Next(2, bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Enumerable.Range(0, random.Next(1, 5)).Select(_ => (byte)random.Next(256)));
                    break;
                case 3:
                    bytes.InsertRange(at, [0xFF, (byte)random.Next(0xC0, 0x100)]);
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return random.Next(10) == 0 ? [.. bytes.Take(random.Next(4, bytes.Count))] : [.. bytes];
    }
}
