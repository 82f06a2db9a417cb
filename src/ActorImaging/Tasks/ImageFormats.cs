using System.Diagnostics.CodeAnalysis;

namespace ActorImaging.Tasks;

/// <summary>The names and extensions of the formats.</summary>
public static class ImageFormats
{
    private static readonly (ImageFormat Format, string[] Extensions)[] All =
    [
        (ImageFormat.Png, [".png"]),
        (ImageFormat.Jpeg, [".jpg", ".jpeg"]),
        (ImageFormat.WebP, [".webp"]),
        (ImageFormat.Gif, [".gif"]),
        (ImageFormat.Tiff, [".tif", ".tiff"]),
        (ImageFormat.Bmp, [".bmp"]),
        (ImageFormat.Avif, [".avif"]),
        (ImageFormat.JpegXl, [".jxl"]),
    ];

    /// <summary>Every extension that names a format, with its dot, in lower case.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. All.SelectMany(known => known.Extensions)];

    /// <summary>Those of formats that are read, too: AVIF and JPEG XL are only written.</summary>
    public static IReadOnlyList<string> SourceExtensions { get; } =
        [.. All.Where(known => known.Format is not (ImageFormat.Avif or ImageFormat.JpegXl)).SelectMany(known => known.Extensions)];

    /// <summary>Whether a file has a name of a format that is read.</summary>
    /// <param name="path">The file.</param>
    public static bool IsSource(string path) => SourceExtensions.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>The extension that files of a format get, with its dot.</summary>
    /// <param name="format">The format.</param>
    public static string ExtensionOf(ImageFormat format) => Array.Find(All, known => known.Format == format).Extensions[0];

    /// <summary>The format of a file by its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">The format, when its extension names one.</param>
    /// <returns>Whether it does.</returns>
    public static bool TryGetByExtension(string path, [NotNullWhen(true)] out ImageFormat? format)
    {
        var extension = Path.GetExtension(path).ToLowerInvariant();
        var known = Array.Find(All, candidate => candidate.Extensions.Contains(extension));
        format = known.Extensions is null ? null : known.Format;
        return format is not null;
    }
}
