using ActorImaging.Imaging.Jpeg;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Metadata;

/// <summary>What files of a format can hold beside pixels, as this program writes them; docs/formats.md shows it as a table.</summary>
internal sealed record FormatCapabilities
{
    private static readonly Dictionary<ImageFormat, FormatCapabilities> All = new()
    {
        [ImageFormat.Png] = new()
        {
            Exif = true,
            Xmp = true,
            ImageResources = true,
            Profile = true,
            GrayProfile = true,
            ColorFields = true,
            Density = true,
            Texts = true,
            Comment = true,
            Orientation = true,
            Frames = true,
            Alpha = true,
        },
        [ImageFormat.Jpeg] = new()
        {
            Exif = true,
            Xmp = true,
            ImageResources = true,
            Profile = true,
            GrayProfile = true,
            Density = true,
            Comment = true,
            Orientation = true,
            Cmyk = true,
            MostExifBytes = JpegMetadataWriter.MostExifBytes,
            MostProfileBytes = JpegMetadataWriter.MostProfileBytes,
        },
        [ImageFormat.WebP] = new() { Exif = true, Xmp = true, Profile = true, Orientation = true, Frames = true, Alpha = true },
        [ImageFormat.Gif] = new() { Xmp = true, XmpIsText = true, Comment = true, Frames = true, Alpha = true },
        [ImageFormat.Tiff] = new()
        {
            Exif = true,
            Xmp = true,
            ImageResources = true,
            Profile = true,
            GrayProfile = true,
            Density = true,
            Orientation = true,
            Frames = true,
            FramesOfAnySize = true,
            Alpha = true,
            Cmyk = true,
        },
        [ImageFormat.Bmp] = new() { Density = true },
        [ImageFormat.Avif] = new() { Exif = true, Xmp = true, Profile = true, ProfileIsRead = true, Alpha = true },
        [ImageFormat.JpegXl] = new() { Exif = true, Xmp = true, Profile = true, GrayProfile = true, ProfileIsRead = true, Alpha = true },
    };

    /// <summary>EXIF data.</summary>
    public bool Exif { get; private init; }

    /// <summary>The most bytes of EXIF data.</summary>
    public int MostExifBytes { get; private init; } = int.MaxValue;

    /// <summary>The most bytes of a colour profile.</summary>
    public int MostProfileBytes { get; private init; } = int.MaxValue;

    /// <summary>XMP.</summary>
    public bool Xmp { get; private init; }

    /// <summary>Whether XMP lies there as text, which no zero may be in: readers that walk over it would take that for its end.</summary>
    public bool XmpIsText { get; private init; }

    /// <summary>Photoshop's image resources, and IPTC's records in them.</summary>
    public bool ImageResources { get; private init; }

    /// <summary>Colour profiles.</summary>
    public bool Profile { get; private init; }

    /// <summary>Colour profiles of gray, with samples of gray.</summary>
    public bool GrayProfile { get; private init; }

    /// <summary>Whether what writes the format reads the profile, so that one which only looks like one is of no use.</summary>
    public bool ProfileIsRead { get; private init; }

    /// <summary>Gamma, chromaticities and code points, as PNG has them.</summary>
    public bool ColorFields { get; private init; }

    /// <summary>How large pixels are meant to be.</summary>
    public bool Density { get; private init; }

    /// <summary>Texts by keyword.</summary>
    public bool Texts { get; private init; }

    /// <summary>A comment.</summary>
    public bool Comment { get; private init; }

    /// <summary>An orientation that readers heed: where there is none, it is applied to the pixels.</summary>
    public bool Orientation { get; private init; }

    /// <summary>Several frames or pages.</summary>
    public bool Frames { get; private init; }

    /// <summary>Pages, each of a size of its own, where others hold the frames of an animation.</summary>
    public bool FramesOfAnySize { get; private init; }

    /// <summary>Transparency.</summary>
    public bool Alpha { get; private init; }

    /// <summary>Cyan, magenta, yellow and black.</summary>
    public bool Cmyk { get; private init; }

    /// <summary>Those of a format that is written.</summary>
    public static FormatCapabilities Of(ImageFormat format) => All[format];

    /// <summary>The formats that hold several frames.</summary>
    public static IEnumerable<ImageFormat> HoldingFrames => All.Where(known => known.Value.Frames).Select(known => known.Key);
}
