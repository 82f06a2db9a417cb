using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>The orientation that EXIF data within a source give, for headers.</summary>
internal static class ExifOrientation
{
    /// <summary>It stands near the beginning, in the first directory.</summary>
    private const int MostBytes = 1 << 16;

    /// <summary>Reads it; upright where none is said.</summary>
    /// <param name="source">The source.</param>
    /// <param name="position">Where the EXIF data begin, with or without the mark that JPEG puts before them.</param>
    /// <param name="lengthBytes">How long they are.</param>
    public static ImageOrientation Of(SourceReader source, long position, long lengthBytes) => lengthBytes > 0
        ? new ExifBlock(ExifBlock.WithoutPrefix(source.ReadBytes(position, Math.Min(lengthBytes, MostBytes)))).Orientation ?? ImageOrientation.TopLeft
        : ImageOrientation.TopLeft;
}
