using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace ActorImaging.Tasks;

/// <summary>The names, extensions and bounds of the formats.</summary>
public static class ImageFormats
{
    private const int MaxJpegSide = 65_500; // what libjpeg writes; the format has 65,535
    private const int MaxWebPSide = 16_383;
    private const int Max16BitSide = 65_535;

    private static readonly Known[] All =
    [
        new(ImageFormat.Png, "PNG", [".png", ".apng"]),
        new(ImageFormat.Jpeg, "JPEG", [".jpg", ".jpeg"]) { MaxSidePixels = MaxJpegSide },
        new(ImageFormat.WebP, "WebP", [".webp"]) { MaxSidePixels = MaxWebPSide },
        new(ImageFormat.Gif, "GIF", [".gif"]) { MaxSidePixels = Max16BitSide },
        new(ImageFormat.Tiff, "TIFF", [".tif", ".tiff"]),
        new(ImageFormat.Bmp, "BMP", [".bmp"]),
        new(ImageFormat.Avif, "AVIF", [".avif"]) { MaxSidePixels = Max16BitSide },
        new(ImageFormat.JpegXl, "JPEG XL", [".jxl"]),
        new(ImageFormat.Heic, "HEIC", [".heic", ".heif", ".hif"]) { IsWritten = false },
    ];

    /// <summary>Every format.</summary>
    public static ImmutableArray<ImageFormat> Read { get; } = [.. All.Select(known => known.Format)];

    /// <summary>Every extension of a format that is written, with its dot, in lower case.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. All.Where(known => known.IsWritten).SelectMany(known => known.Extensions)];

    /// <summary>Every extension of a format that is read.</summary>
    public static IReadOnlyList<string> SourceExtensions { get; } = [.. All.SelectMany(known => known.Extensions)];

    /// <summary>Whether a file has a name of a format that is read.</summary>
    /// <param name="path">The file.</param>
    public static bool IsSource(string path) => SourceExtensions.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>The name that people know a format by.</summary>
    /// <param name="format">The format.</param>
    public static string NameOf(ImageFormat format) => Find(format).Name;

    /// <summary>The extension that files of a format get, with its dot.</summary>
    /// <param name="format">The format.</param>
    public static string ExtensionOf(ImageFormat format) => Find(format).Extensions[0];

    /// <summary>What a format is called in lists and options: its extensions without their dots.</summary>
    internal static IReadOnlyList<string> WordsFor(ImageFormat format) => [.. Find(format).Extensions.Select(extension => extension[1..])];

    /// <summary>Whether files of a format are written, and not read alone.</summary>
    /// <param name="format">The format.</param>
    public static bool IsWritten(ImageFormat format) => Find(format).IsWritten;

    /// <summary>The most columns or rows that a file of a format can hold, or that its encoder writes.</summary>
    /// <param name="format">The format.</param>
    public static int MaxSidePixels(ImageFormat format) => Find(format).MaxSidePixels;

    /// <summary>The format of a file by its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">The format, when its extension names one.</param>
    /// <returns>Whether it does.</returns>
    public static bool TryGetByExtension(string path, [NotNullWhen(true)] out ImageFormat? format)
    {
        var extension = Path.GetExtension(path).ToLowerInvariant();
        format = Array.Find(All, candidate => candidate.Extensions.Contains(extension))?.Format;
        return format is not null;
    }

    private static Known Find(ImageFormat format) => Array.Find(All, known => known.Format == format)!;

    private sealed record Known(ImageFormat Format, string Name, string[] Extensions)
    {
        public bool IsWritten { get; init; } = true;

        public int MaxSidePixels { get; init; } = int.MaxValue;
    }
}
