using ImageMagick;

namespace ActorImaging.Peers;

/// <summary>ImageMagick's tint: a table for each channel, which as a picture of 256 pixels serves libvips, too.</summary>
internal static class TintTable
{
    private const int Levels = 256;

    /// <summary>Tints as the experiment does.</summary>
    public static void Tint(MagickImage image) => image.Tint(new MagickGeometry(new Percentage(100), new Percentage(100)), new MagickColor("#ff6432"));

    /// <summary>Writes the table.</summary>
    public static void Write(string path)
    {
        var levels = Enumerable.Range(0, Levels).SelectMany(level => new[] { (byte)level, (byte)level, (byte)level }).ToArray();
        using var table = new MagickImage();
        table.ReadPixels(levels, new PixelReadSettings(Levels, 1, StorageType.Char, PixelMapping.RGB));
        Tint(table);
        table.Write(path, MagickFormat.Png24);
    }
}
