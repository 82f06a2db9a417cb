using ImageMagick;

namespace ActorImaging.Peers;

/// <summary>Photographs that photographers took, out of Debian's packages of wallpapers: <c>peers/photographs.sh</c> fetches them.</summary>
internal static class WallpaperPhotographs
{
    private const double PixelsPerMegapixel = 1e6;

    /// <summary>Those that were fetched; none where there is no registry of packages.</summary>
    public static IReadOnlyList<string> All { get; } = Environment.GetEnvironmentVariable("PHOTOGRAPHS") is { } folder && Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Copies them into a folder.</summary>
    public static void Copy(IReadOnlyList<string> photographs, string folder)
    {
        foreach (var photograph in photographs)
        {
            File.Copy(photograph, Path.Combine(folder, Path.GetFileName(photograph)), overwrite: true);
        }
    }

    /// <summary>How many millions of pixels they have together.</summary>
    public static double MegapixelsOf(IReadOnlyList<string> photographs) =>
        photographs.Select(photograph => new MagickImageInfo(photograph)).Sum(info => (double)info.Width * info.Height) / PixelsPerMegapixel;
}
