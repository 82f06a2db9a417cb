using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Containers;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Matrix;

/// <summary>Pictures of four patches, of every kind by which samples can mean colours.</summary>
internal static class ColorSample
{
    /// <summary>Columns of a picture; a patch has half of them.</summary>
    public const int Width = 32;

    /// <summary>Rows of a picture.</summary>
    public const int Height = 24;

    private static readonly MagickColor[] Patches = [new(200, 30, 40), new(30, 160, 60), new(20, 60, 190), new(128, 128, 128)];

    /// <summary>The kinds that each format can have.</summary>
    public static IEnumerable<(ImageFormat Format, string Kind)> All =>
    [
        .. For(ImageFormat.Png, "rgb", "alpha", "gray", "gray-alpha", "palette", "16-bit", "adobe", "gray-in-adobe", "linear-gray", "gamma"),
        .. For(ImageFormat.Jpeg, "rgb", "gray", "cmyk", "adobe", "linear-gray", "gray-with-colour-profile", "junk-profile"),
        .. For(ImageFormat.WebP, "rgb", "alpha", "adobe", "junk-profile"),
        .. For(ImageFormat.Gif, "palette", "alpha"),
        .. For(ImageFormat.Tiff, "rgb", "alpha", "gray", "gray-alpha", "16-bit", "cmyk", "lab", "adobe", "linear-gray", "junk-profile"),
        .. For(ImageFormat.Bmp, "rgb", "palette"),
        .. For(ImageFormat.Avif, "rgb", "alpha", "adobe"),
        .. For(ImageFormat.JpegXl, "rgb", "alpha", "gray", "adobe"),
    ];

    /// <summary>Writes a picture.</summary>
    /// <returns>Its path, and what it shows as sRGB.</returns>
    public static (string Path, MagickColor[] Shown) Write(ImageFormat format, string kind, string folder)
    {
        using var image = Create();
        var path = Path.Combine(folder, $"{format}-{kind}{ImageFormats.ExtensionOf(format)}");
        var shown = Change(image, kind);
        image.Quality = 97;
        image.Settings.SetDefine("heic:chroma", "444");
        image.Settings.SetDefine("jpeg:sampling-factor", "4:4:4");
        image.Settings.SetDefine("webp:lossless", "true");
        image.Write(path, kind == "palette" && format == ImageFormat.Png ? MagickFormat.Png8 : MetadataSample.MagickFormatOf(format));
        if (kind == "gamma")
        {
            AddGamma(path);
        }
        else if (kind == "lab")
        {
            LabSample.Name(path);
        }
        else if (kind == "junk-profile")
        {
            AddJunk(path, format);
        }

        return (path, shown);
    }

    /// <summary>Four patches in sRGB.</summary>
    public static MagickImage Create()
    {
        var image = new MagickImage(MagickColors.White, Width, Height);
        for (var index = 0; index < Patches.Length; index++)
        {
            using var patch = new MagickImage(Patches[index], Width / 2, Height / 2);
            image.Composite(patch, index % 2 * Width / 2, index / 2 * Height / 2, CompositeOperator.Copy);
        }

        return image;
    }

    /// <summary>The colours in the middle of the patches, by a reader that is not ours.</summary>
    public static MagickColor[] PatchesOf(IMagickImage<byte> image)
    {
        using var srgb = (MagickImage)image.Clone();
        if (srgb.GetColorProfile() is not null)
        {
            srgb.TransformColorSpace(ColorProfiles.SRGB);
        }

        srgb.ColorSpace = ColorSpace.sRGB;
        using var pixels = srgb.GetPixels();
        int column = (int)srgb.Width / 4, row = (int)srgb.Height / 4;
        return [.. new[] { (1, 1), (3, 1), (1, 3), (3, 3) }.Select(place => (MagickColor)pixels.GetPixel(place.Item1 * column, place.Item2 * row).ToColor()!)];
    }

    private static IEnumerable<(ImageFormat Format, string Kind)> For(ImageFormat format, params string[] kinds) => kinds.Select(kind => (format, kind));

    private static MagickColor[] Change(MagickImage image, string kind)
    {
        var shown = PatchesOf(image);
        switch (kind)
        {
            case "alpha" or "gray-alpha":
                if (kind == "gray-alpha")
                {
                    image.Grayscale();
                    shown = PatchesOf(image);
                }

                HideLastPatch(image);
                shown[3] = new MagickColor(0, 0, 0, 0);
                break;
            case "gray":
                image.Grayscale();
                return PatchesOf(image);
            case "16-bit":
                image.Settings.SetDefine("png:bit-depth", "16");
                image.Depth = 16;
                break;
            case "cmyk":
                image.ColorSpace = ColorSpace.CMYK;
                break;
            case "lab":
                LabSample.PutInto(image);
                break;
            case "adobe":
                image.TransformColorSpace(ColorProfiles.SRGB, ColorProfiles.AdobeRGB1998);
                break;
            case "gray-in-adobe":
                image.Grayscale();
                image.ColorSpace = ColorSpace.sRGB;
                image.TransformColorSpace(ColorProfiles.SRGB, ColorProfiles.AdobeRGB1998);
                image.Settings.SetDefine("png:color-type", "2");
                return PatchesOf(image);
            case "linear-gray":
                image.Grayscale();
                shown = LinearAsShown(image);
                image.SetProfile(new ColorProfile(GrayProfile.Linear));
                return shown;
            case "gray-with-colour-profile":
                image.Grayscale();
                shown = PatchesOf(image);
                image.SetProfile(ColorProfiles.AdobeRGB1998);
                return shown;
            case "gamma":
                return LinearAsShown(image);
        }

        return shown;
    }

    private static void HideLastPatch(MagickImage image)
    {
        image.Alpha(AlphaAction.Set);
        using var hole = new MagickImage(MagickColors.Transparent, Width / 2, Height / 2);
        image.Composite(hole, Width / 2, Height / 2, CompositeOperator.Copy);
    }

    /// <summary>What samples show that stand for linear light (IEC 61966-2-1).</summary>
    private static MagickColor[] LinearAsShown(MagickImage image) =>
        [.. PatchesOf(image).Select(color => new MagickColor(Encode(color.R), Encode(color.G), Encode(color.B)))];

    private static byte Encode(byte sample)
    {
        var light = sample / 255.0;
        return (byte)Math.Round(255 * (light <= 0.0031308 ? 12.92 * light : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055));
    }

    private static void AddJunk(string path, ImageFormat format)
    {
        byte[] bare = File.ReadAllBytes(path), junk = [.. "this is no profile, "u8, .. new byte[500]];
        File.WriteAllBytes(path, format switch
        {
            ImageFormat.Jpeg => Crafted.WithSegments(bare, Crafted.Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. junk])),
            ImageFormat.WebP => Crafted.Riff(Crafted.RiffChunk("VP8X", Crafted.ExtendedWebP(0x20, Width, Height)), Crafted.RiffChunk("ICCP", junk), bare[12..]),
            _ => Crafted.WithTag(bare, 34675, 7, junk),
        });
    }

    /// <summary>Says that the samples are linear light, by the chunk that says so and nothing else.</summary>
    private static void AddGamma(string path)
    {
        using var image = new MagickImage(path);
        image.Settings.SetDefine("png:exclude-chunks", "all");
        var bare = image.ToByteArray(MagickFormat.Png24);
        var chunk = Crafted.PngChunk("gAMA", [0, 1, 0x86, 0xA0]);
        File.WriteAllBytes(path, [.. bare[..33], .. chunk, .. bare[33..]]);
    }
}
