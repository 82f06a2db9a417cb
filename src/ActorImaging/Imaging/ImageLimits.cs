using System.Collections.Immutable;
using System.Globalization;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>What a source and a result may be at most: other people's files are not to be trusted. Checked before pixels are decoded.</summary>
public sealed record ImageLimits
{
    /// <summary>The formats that are read, by content.</summary>
    public ImmutableArray<ImageFormat> Formats { get; init; } = ImageFormats.Read;

    /// <summary>Bytes of a source file.</summary>
    public long SourceBytes { get; init; } = 1L << 30;

    /// <summary>Bytes of everything that a source has beside its pixels, all together and inflated; what is beyond is left out.</summary>
    public long MetadataBytes { get; init; } = 8L << 20;

    /// <summary>Columns of a source.</summary>
    public int WidthPixels { get; init; } = ResizeOperation.MaxSidePixels;

    /// <summary>Rows of a source.</summary>
    public int HeightPixels { get; init; } = ResizeOperation.MaxSidePixels;

    /// <summary>Pixels of a frame of a source, as wide as its widest and as high as its highest.</summary>
    public long Pixels { get; init; } = 268_402_689;

    /// <summary>Frames or pages of a source that are decoded.</summary>
    public int Frames { get; init; } = 1000;

    /// <summary>Scans of a JPEG, each of which goes over all of its pixels.</summary>
    public int Scans { get; init; } = 64;

    /// <summary>Pixels of all frames together: of a source that has several, of a result, and of each step on the way to it that enlarges.</summary>
    public long OutputPixels { get; init; } = 268_402_689;

    /// <summary>Checks that a format is read.</summary>
    /// <exception cref="UnsupportedImageException">It is not.</exception>
    internal void RequireFormat(ImageFormat format)
    {
        if (!Formats.Contains(format))
        {
            throw new UnsupportedImageException($"is {ImageFormats.NameOf(format)}, which is not among the formats that are read (actor-imaging.formats.read)");
        }
    }

    /// <summary>Checks the size of a file.</summary>
    /// <exception cref="ImageLimitException">It is too large.</exception>
    internal void RequireSourceBytes(long bytes) => Require(bytes, SourceBytes, "bytes", "source-bytes");

    /// <summary>Checks what the header says.</summary>
    /// <exception cref="ImageLimitException">Something is too large.</exception>
    internal void RequireSource(ImageHeader header)
    {
        Require(header.Bounds.WidthPixels, WidthPixels, "pixels wide", "width", verb: "is");
        Require(header.Bounds.HeightPixels, HeightPixels, "pixels high", "height", verb: "is");
        Require(header.Bounds.Pixels, Pixels, $"pixels ({header.Bounds})", "pixels");
        RequireCounted(header.Frames, Frames, "frames", "frames");
        RequireCounted(header.Scans, Scans, "scans", "scans");
        if (header.Frames > 1)
        {
            Require(header.Pixels, OutputPixels, FormattableString.Invariant($"pixels in {header.Frames} frames"), "output-pixels");
        }
    }

    /// <summary>Checks what a step would make.</summary>
    /// <exception cref="ImageLimitException">It would be too large.</exception>
    internal void RequireOutput(IReadOnlyList<PixelSize> sizes) => Require(
        sizes.Sum(size => size.Pixels),
        OutputPixels,
        FormattableString.Invariant($"pixels after an operation ({(sizes.Count == 1 ? string.Empty : $"{sizes.Count:N0} frames of up to ")}{sizes.MaxBy(size => size.Pixels)})"),
        "output-pixels");

    private static void Require(long actual, long limit, string unit, string key, string verb = "has")
    {
        if (actual > limit)
        {
            throw new ImageLimitException(string.Create(
                CultureInfo.InvariantCulture, $"{verb} {actual:N0} {unit}, over the limit of {limit:N0} (actor-imaging.limits.{key})"));
        }
    }

    /// <summary>Checks what is counted no further than to one more than the limit.</summary>
    private static void RequireCounted(int counted, int limit, string unit, string key)
    {
        if (counted > limit)
        {
            throw new ImageLimitException(string.Create(
                CultureInfo.InvariantCulture, $"has more than {limit:N0} {unit}, which is the limit (actor-imaging.limits.{key})"));
        }
    }
}
