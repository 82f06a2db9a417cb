using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Containers;
using ActorImaging.Tests.Imaging.Matrix;
using ImageMagick;

namespace ActorImaging.Fuzz;

/// <summary>Whole files, small and of every kind, from which damaged ones are made.</summary>
internal static class Corpus
{
    /// <summary>Makes them, by format.</summary>
    /// <param name="only">The format that is wanted; null for all.</param>
    public static List<byte[]>[] Make(ImageFormat? only)
    {
        var folder = Directory.CreateTempSubdirectory("actor-imaging-fuzz-").FullName;
        try
        {
            return
            [
                .. Enum.GetValues<ImageFormat>().Select(format => only is not null && format != only ? [] : (List<byte[]>)
                [
                    .. ColorSample.All.Where(sample => sample.Format == format).Select(sample => File.ReadAllBytes(ColorSample.Write(format, sample.Kind, folder).Path)),
                    .. MetadataSample.Held.ContainsKey(format) ? [File.ReadAllBytes(MetadataSample.Write(format, folder))] : Array.Empty<byte[]>(),
                    .. Fixtures(format),
                    .. More(format),
                ]),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<byte[]> Fixtures(ImageFormat format) => Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "fixtures"), $"*{ImageFormats.ExtensionOf(format)}")
        .Select(File.ReadAllBytes);

    private static IEnumerable<byte[]> More(ImageFormat format) => format switch
    {
        ImageFormat.Png => [AnimatedPng(), Interlaced(), Commented()],
        ImageFormat.Jpeg => [Progressive(), .. JpegCorpus.Make()],
        ImageFormat.Gif => [Animated(MagickFormat.Gif)],
        ImageFormat.WebP => [Animated(MagickFormat.WebP), Lossy()],
        ImageFormat.Tiff => [Animated(MagickFormat.Tiff), Compressed(CompressionMethod.Zip), Compressed(CompressionMethod.JPEG), Compressed(CompressionMethod.RLE)],
        _ => [],
    };

    private static byte[] AnimatedPng()
    {
        byte[] Control(byte sequence, byte left, byte disposal) => Crafted.PngChunk(
            "fcTL", [0, 0, 0, sequence, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0, left, 0, 0, 0, 0, 0, 1, 0, 10, disposal, 1]);
        var rows = Crafted.PngRows(32, 8);
        return Crafted.Png(
            Crafted.PngHeader(16, 8, 8, 6), Crafted.PngChunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0]), Crafted.PngChunk("IDAT", Crafted.PngRows(64, 8)),
            Control(0, 0, 1), Crafted.PngChunk("fdAT", [0, 0, 0, 1, .. rows]), Control(2, 8, 2), Crafted.PngChunk("fdAT", [0, 0, 0, 3, .. rows]));
    }

    private static byte[] Interlaced()
    {
        using var image = ColorSample.Create();
        image.Settings.Interlace = Interlace.Png;
        return image.ToByteArray(MagickFormat.Png);
    }

    private static byte[] Commented()
    {
        using var image = ColorSample.Create();
        var bare = image.ToByteArray(MagickFormat.Png);
        byte[][] chunks =
        [
            Crafted.PngChunk("zTXt", [.. "Title\0\0"u8, .. Crafted.Deflate(new byte[3000])]), Crafted.PngChunk("iTXt", [.. "Title\0\u0001\0de\0x\0"u8, .. Crafted.Deflate([65, 66])]),
            Crafted.PngChunk("cICP", [12, 16, 0, 1]), Crafted.PngChunk("eXIf", Crafted.Tiff(0, (274, 3, 1, 6), (34665, 4, 1, 8))), Crafted.PngChunk("abCd", [1]),
        ];
        return [.. bare[..33], .. chunks.SelectMany(chunk => chunk), .. bare[33..]];
    }

    private static byte[] Progressive()
    {
        using var image = ColorSample.Create();
        image.Settings.Interlace = Interlace.Plane;
        image.Settings.SetDefine("jpeg:sampling-factor", "4:2:0");
        byte[] exif = [.. "MM\0*\0\0\0\u0008\0\u0001\u0001;\0\u0002\0\0\0\u0008\0\0\0\u001A\0\0\0\0someone\0"u8]; // in the order of phones; others have the other
        return Crafted.WithSegments(image.ToByteArray(MagickFormat.Jpeg), Crafted.Segment(0xE1, [.. "Exif\0\0"u8, .. exif]));
    }

    private static byte[] Lossy()
    {
        using var image = ColorSample.Create();
        image.Alpha(AlphaAction.Set);
        using (var hole = new MagickImage(new MagickColor(9, 9, 9, 90), 7, 7))
        {
            image.Composite(hole, 3, 3, CompositeOperator.Copy);
        }

        return image.ToByteArray(MagickFormat.WebP);
    }

    private static byte[] Compressed(CompressionMethod method)
    {
        using var image = ColorSample.Create();
        image.Settings.Compression = method;
        return image.ToByteArray(MagickFormat.Tiff);
    }

    private static byte[] Animated(MagickFormat format)
    {
        using var frames = new MagickImageCollection();
        foreach (var color in new[] { MagickColors.Red, MagickColors.Green, MagickColors.Blue })
        {
            frames.Add(new MagickImage(color, 12, 10) { AnimationDelay = 10 });
        }

        return frames.ToByteArray(format);
    }
}
