using System.Diagnostics;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging.Magick;

/// <summary>The formats by their names in Magick.NET.</summary>
internal static class MagickFormats
{
    /// <summary>The name of a format.</summary>
    public static MagickFormat Of(ImageFormat format) => format switch
    {
        ImageFormat.Png => MagickFormat.Png,
        ImageFormat.Jpeg => MagickFormat.Jpeg,
        ImageFormat.WebP => MagickFormat.WebP,
        ImageFormat.Gif => MagickFormat.Gif,
        ImageFormat.Tiff => MagickFormat.Tiff,
        ImageFormat.Bmp => MagickFormat.Bmp,
        ImageFormat.Avif => MagickFormat.Avif,
        ImageFormat.Heic => MagickFormat.Heic,
        ImageFormat.JpegXl => MagickFormat.Jxl,
        _ => throw new UnreachableException($"no format {format}"),
    };
}
