using System.Globalization;
using ImageMagick;

namespace ActorImaging.Fuzz;

/// <summary>Small JPEGs, of each way in which components can be sampled, baseline and progressive.</summary>
internal static class JpegCorpus
{
    private static readonly string[] Samplings = ["1x1", "2x1", "2x2", "1x2", "4x1", "4x2", "2x1,1x1,2x1", "1x1,2x2,1x1", "2x2,2x1,1x2"];
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (17, 9), (40, 33)];

    /// <summary>Makes them.</summary>
    public static IEnumerable<byte[]> Make() =>
        from sampling in Samplings
        from size in Sizes
        from isProgressive in new[] { false, true }
        from isGray in sampling == Samplings[0] ? new[] { false, true } : [false]
        select Encode(size.Width, size.Height, sampling, isProgressive, isGray);

    private static byte[] Encode(int width, int height, string sampling, bool isProgressive, bool isGray)
    {
        var random = new Random(width);
        var pixels = new byte[width * height * 3];
        for (var at = 0; at < pixels.Length; at++)
        {
            pixels[at] = (byte)((at / 3 % width * 5) + (at / 3 / width * 4) + (at % 3 * 40) + random.Next(40));
        }

        using var image = new MagickImage();
        image.ReadPixels(pixels, new PixelReadSettings((uint)width, (uint)height, StorageType.Char, PixelMapping.RGB));
        if (isGray)
        {
            image.Grayscale();
        }

        image.Quality = (uint)(60 + random.Next(40));
        image.Settings.SetDefine("jpeg:sampling-factor", sampling);
        image.Settings.SetDefine("jpeg:optimize-coding", (width % 2 == 0).ToString(CultureInfo.InvariantCulture));
        image.Settings.Interlace = isProgressive ? Interlace.Jpeg : Interlace.NoInterlace;
        return image.ToByteArray(MagickFormat.Jpeg);
    }
}
