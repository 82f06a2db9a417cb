using ImageMagick;

namespace ActorImaging.Imaging;

/// <summary>What an image file says of itself before its pixels; read in milliseconds whatever its size.</summary>
/// <param name="WidthPixels">Columns.</param>
/// <param name="HeightPixels">Rows.</param>
public sealed record ImageHeader(int WidthPixels, int HeightPixels)
{
    /// <summary>Pixels of the image.</summary>
    public long Pixels => (long)WidthPixels * HeightPixels;

    /// <summary>Reads the header of a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="MagickException">The file is not an image.</exception>
    public static ImageHeader Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var info = new MagickImageInfo(file);
        return new ImageHeader((int)info.Width, (int)info.Height);
    }
}
