using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Imaging.Png;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>Makes the article's source pictures as PNG files, and reuses those that are there.</summary>
/// <param name="folder">Where the files are; made when it is missing.</param>
/// <param name="widthPixels">Columns, at least 1.</param>
/// <param name="heightPixels">Rows, at least 1.</param>
internal sealed class SourceImages(string folder, int widthPixels, int heightPixels)
{
    /// <summary>Makes one picture, unless a PNG of its name and size is there.</summary>
    /// <param name="spec">Which one.</param>
    /// <returns>Its path, and whether it was there.</returns>
    /// <exception cref="ImageOutputException">The file can't be written.</exception>
    public (string Path, bool IsReused) Ensure(SourceImageSpec spec)
    {
        var path = Path.Combine(folder, FormattableString.Invariant($"{spec.Name}-{widthPixels}x{heightPixels}.png"));
        if (IsThere(path))
        {
            return (path, true);
        }

        OutputFile.Write(path, output => Encode(spec, output));
        return (path, false);
    }

    private bool IsThere(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using var file = SourceFile.Open(path);
            var header = ImageContainer.Open(file, FramePolicy.First, new ImageLimits()).Header;
            return header.Format == ImageFormat.Png && header.Size == new PixelSize(widthPixels, heightPixels) && IsWhole(file);
        }
        catch (Exception fault) when (fault is CorruptSourceException or UnsupportedImageException)
        {
            return false; // not an image: it is written anew
        }
    }

    /// <summary>Whether the file ends as every PNG does: one that was cut short does not.</summary>
    private static bool IsWhole(FileStream png)
    {
        ReadOnlySpan<byte> end = [0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82];
        Span<byte> last = stackalloc byte[end.Length];
        png.Seek(-end.Length, SeekOrigin.End);
        png.ReadExactly(last);
        return last.SequenceEqual(end);
    }

    private void Encode(SourceImageSpec spec, Stream output)
    {
        using var pixels = PixelBuffer.Allocate(widthPixels, heightPixels, TintedNoise.Channels);
        for (var (y, noise) = (0, new TintedNoise(spec.Tint, spec.Seed)); y < heightPixels; y++)
        {
            noise.Fill(pixels.Row(y));
        }

        PngWriter.Write(PngRows.From(pixels), ImageMetadata.None, PngPreset.Fast, output);
    }
}
