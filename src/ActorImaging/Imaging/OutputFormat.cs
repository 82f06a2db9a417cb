using ImageMagick;

namespace ActorImaging.Imaging;

/// <summary>The formats that are written, by the extension of the output file.</summary>
public static class OutputFormat
{
    private static readonly Dictionary<string, MagickFormat> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = MagickFormat.Png,
        [".jpg"] = MagickFormat.Jpeg,
        [".jpeg"] = MagickFormat.Jpeg,
        [".webp"] = MagickFormat.WebP,
        [".gif"] = MagickFormat.Gif,
        [".tif"] = MagickFormat.Tiff,
        [".tiff"] = MagickFormat.Tiff,
        [".bmp"] = MagickFormat.Bmp,
    };

    /// <summary>The extensions that name a format, each with its dot.</summary>
    public static IReadOnlyCollection<string> Extensions => ByExtension.Keys;

    /// <summary>The format of an output file.</summary>
    /// <param name="outputPath">Its name.</param>
    /// <exception cref="MagickMissingDelegateErrorException">The extension names no format that is written.</exception>
    internal static MagickFormat Of(string outputPath) =>
        ByExtension.TryGetValue(Path.GetExtension(outputPath), out var format)
            ? format
            : throw new MagickMissingDelegateErrorException(
                $"output '{outputPath}': expected one of {string.Join(", ", Extensions)}");
}
