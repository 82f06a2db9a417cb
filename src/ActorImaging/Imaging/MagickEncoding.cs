using System.Diagnostics;
using System.Globalization;
using ActorImaging.Tasks;
using ImageMagick;
using ImageMagick.Formats;

namespace ActorImaging.Imaging;

/// <summary>What is settled before Magick.NET writes an image: encoder settings, metadata, colours.</summary>
internal static class MagickEncoding
{
    private static readonly string[] CopyrightTexts = ["Copyright", "Author"];

    /// <summary>The format's name in Magick.NET.</summary>
    public static MagickFormat FormatOf(ImageFormat format) => format switch
    {
        ImageFormat.Png => MagickFormat.Png,
        ImageFormat.Jpeg => MagickFormat.Jpeg,
        ImageFormat.WebP => MagickFormat.WebP,
        ImageFormat.Gif => MagickFormat.Gif,
        ImageFormat.Tiff => MagickFormat.Tiff,
        ImageFormat.Bmp => MagickFormat.Bmp,
        ImageFormat.Avif => MagickFormat.Avif,
        ImageFormat.JpegXl => MagickFormat.Jxl,
        _ => throw new UnreachableException($"no format {format}"),
    };

    /// <summary>Whether a file of the format can hold several frames.</summary>
    public static bool HoldsFrames(ImageFormat format) => format is ImageFormat.Gif or ImageFormat.Tiff or ImageFormat.WebP;

    /// <summary>Whether the orientation must be applied to the pixels, because the output won't say it.</summary>
    public static bool LosesOrientation(ImageFormat format, OutputSettings settings) =>
        settings.Metadata != MetadataPolicy.Keep || format is ImageFormat.Gif or ImageFormat.Bmp;

    /// <summary>Settles how an image is written.</summary>
    public static void Prepare(MagickImage image, ImageFormat format, OutputSettings settings, MagickPngEncoding fastPng)
    {
        SettleColors(image, format, settings);
        if (LosesOrientation(format, settings) && image.Orientation is not (Orientation.Undefined or Orientation.TopLeft))
        {
            ExifOrientation.Apply(image);
        }

        SettleMetadata(image, settings.Metadata);
        image.Quality = (uint)settings.QualityPercent;
        switch (format)
        {
            case ImageFormat.Png:
                MagickPngEncoding.Of(settings.Png, fastPng).ApplyTo(image);
                break;
            case ImageFormat.Jpeg:
                image.Settings.Interlace = settings.IsProgressive ? Interlace.Plane : Interlace.NoInterlace;
                Pin(image, "jpeg:sampling-factor", settings.Chroma.ToString());
                break;
            case ImageFormat.WebP:
                Pin(image, "webp:method", Text(OutputSettings.WebPMethod));
                break;
            case ImageFormat.Avif:
                Pin(image, "heic:chroma", settings.Chroma.ToString().Replace(":", string.Empty, StringComparison.Ordinal));
                Pin(image, "heic:speed", Text(OutputSettings.AvifSpeed));
                break;
            case ImageFormat.JpegXl:
                Pin(image, "jxl:effort", Text(OutputSettings.JpegXlEffort));
                break;
            case ImageFormat.Tiff:
                image.Settings.Compression = CompressionMethod.LZW;
                break;
        }
    }

    /// <summary>Fixes what an encoder would choose by itself. By text: the overload with a format lists all formats, which the policy refuses.</summary>
    private static void Pin(MagickImage image, string define, string value) => image.Settings.SetDefine(define, value);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void SettleColors(MagickImage image, ImageFormat format, OutputSettings settings)
    {
        var isCmyk = image.ColorSpace == ColorSpace.CMYK;
        if (settings.ColorProfile == ColorProfilePolicy.Srgb || (isCmyk && format is not (ImageFormat.Jpeg or ImageFormat.Tiff)))
        {
            if (image.GetColorProfile() is not null)
            {
                image.TransformColorSpace(ColorProfiles.SRGB);
                image.RemoveProfile("icc");
            }
            else if (isCmyk)
            {
                image.ColorSpace = ColorSpace.sRGB;
            }
        }

        if (format is ImageFormat.Jpeg or ImageFormat.Bmp && image.HasAlpha)
        {
            image.BackgroundColor = MagickColors.White; // these have no alpha: without this, what is transparent turns black
            image.Alpha(AlphaAction.Remove);
        }
    }

    /// <summary>Leaves away what is not to be kept beside the pixels.</summary>
    public static void SettleMetadata(MagickImage image, MetadataPolicy policy)
    {
        if (policy == MetadataPolicy.Keep)
        {
            return;
        }

        var colors = image.GetColorProfile();
        var (rights, credits) = policy == MetadataPolicy.Copyright ? (CopyrightOf(image), CreditsOf(image)) : (null, null);
        image.Strip();
        foreach (var text in TextsOf(image).Where(text => policy == MetadataPolicy.Strip || !CopyrightTexts.Contains(text)).ToList())
        {
            image.RemoveAttribute(text);
        }

        image.RemoveArtifact("png:exclude-chunk"); // Strip forbids the PNG writer what is put back here
        if (colors is not null)
        {
            image.SetProfile(colors);
        }

        if (rights is not null)
        {
            image.SetProfile(rights);
        }

        if (credits is not null)
        {
            image.SetProfile(credits);
        }
    }

    /// <summary>The names of the texts that a PNG or a comment gave to an image: what ImageMagick finds out itself has a prefix.</summary>
    public static IEnumerable<string> TextsOf(IMagickImage image) => image.AttributeNames.Where(name => !name.Contains(':', StringComparison.Ordinal));

    private static IptcProfile? CreditsOf(MagickImage image)
    {
        var credits = new IptcProfile();
        foreach (var value in image.GetIptcProfile()?.Values ?? [])
        {
            if (value.Tag is IptcTag.CopyrightNotice or IptcTag.Byline or IptcTag.Credit)
            {
                credits.SetValue(value.Tag, value.Value);
            }
        }

        return credits.Values.Any() ? credits : null;
    }

    private static ExifProfile? CopyrightOf(MagickImage image)
    {
        if (image.GetExifProfile() is not { } exif)
        {
            return null;
        }

        var rights = new ExifProfile();
        foreach (var tag in new[] { ExifTag.Copyright, ExifTag.Artist })
        {
            if (exif.GetValue(tag) is { } value)
            {
                rights.SetValue(tag, value.Value);
            }
        }

        return rights.Values.Count > 0 ? rights : null;
    }
}
