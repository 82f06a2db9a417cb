using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>The orientation that EXIF data within a source give, for headers.</summary>
internal static class ExifOrientation
{
    /// <summary>EXIF data that are longer than any program writes are not looked into for it.</summary>
    private const int MostBytes = 1 << 20;

    /// <summary>Reads it; upright where none is said.</summary>
    /// <param name="source">The source.</param>
    /// <param name="position">Where the EXIF data begin, with or without the mark that JPEG puts before them.</param>
    /// <param name="lengthBytes">How long they are.</param>
    public static ImageOrientation Of(SourceReader source, long position, long lengthBytes) => lengthBytes is > 0 and <= MostBytes
        ? new ExifBlock(ExifBlock.WithoutPrefix(source.ReadBytes(position, lengthBytes))).Orientation ?? ImageOrientation.TopLeft
        : ImageOrientation.TopLeft;
}
