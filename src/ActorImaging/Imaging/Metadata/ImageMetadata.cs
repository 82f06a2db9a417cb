using System.Collections.Immutable;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Metadata;

/// <summary>
/// Everything that an image is beside its pixels, as bytes where a file has it as bytes: what nobody changes is carried as it was found.
/// </summary>
internal sealed record ImageMetadata
{
    /// <summary>Nothing.</summary>
    public static ImageMetadata None { get; } = new();

    /// <summary>The ICC profile, checked by <see cref="Metadata.IccProfile.TryRead"/>; null for none, which means sRGB unless something else below says what.</summary>
    public IccProfile? IccProfile { get; init; }

    /// <summary>EXIF data from their byte order mark on; empty for none.</summary>
    public ReadOnlyMemory<byte> Exif { get; init; }

    /// <summary>XMP, a packet of UTF-8; empty for none.</summary>
    public ReadOnlyMemory<byte> Xmp { get; init; }

    /// <summary>Photoshop's image resources, which IPTC's records are one of; empty for none.</summary>
    public ReadOnlyMemory<byte> ImageResources { get; init; }

    /// <summary>Texts by keyword, such as Title, Author and Comment.</summary>
    public ImmutableArray<ImageText> Texts { get; init; } = [];

    /// <summary>How large pixels are meant to be.</summary>
    public ImageDensity? Density { get; init; }

    /// <summary>Exponent of the samples as PNG gives it: 0.45455 for pictures like sRGB, 1 for linear light.</summary>
    public double? Gamma { get; init; }

    /// <summary>White point and primaries.</summary>
    public Chromaticities? Chromaticities { get; init; }

    /// <summary>The colour space by ITU-T H.273's code points; it wins over the profile and all else.</summary>
    public CodingIndependentCodePoints? CodePoints { get; init; }

    /// <summary>That the samples are sRGB, and how to map them to a smaller gamut.</summary>
    public RenderingIntent? SrgbIntent { get; init; }

    /// <summary>How the rows are stored; what says it otherwise in <see cref="Exif"/> and <see cref="Xmp"/> is set to it when it is written.</summary>
    public ImageOrientation Orientation { get; init; } = ImageOrientation.TopLeft;

    /// <summary>How often an animation is shown; 0 for ever.</summary>
    public int Loops { get; init; }

    /// <summary>Chunks of PNG that this program does not know and that may be copied whatever is done to the pixels.</summary>
    public ImmutableArray<AncillaryChunk> PngChunks { get; init; } = [];

    /// <summary>Whether something says that the samples are other colours than those of sRGB.</summary>
    public bool HasColorSpace => IccProfile is not null || Gamma is not null || Chromaticities is not null || CodePoints is not null;

    /// <summary>The same without a word of what colours the samples are: those of sRGB.</summary>
    public ImageMetadata WithoutColorSpace() => this with
    {
        IccProfile = null,
        Gamma = null,
        Chromaticities = null,
        CodePoints = null,
        SrgbIntent = null,
        PngChunks = PngChunks.RemoveAll(chunk => AncillaryChunk.IsOfHighDynamicRange(chunk.Type)),
    };
}
