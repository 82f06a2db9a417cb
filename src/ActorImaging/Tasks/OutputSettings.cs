namespace ActorImaging.Tasks;

/// <summary>How an output is encoded and when it is written.</summary>
public sealed record OutputSettings
{
    /// <summary>The quality of lossy formats when none is given.</summary>
    public const int DefaultQualityPercent = 80;

    /// <summary>How hard WebP is compressed, by libwebp's method: 0 fast to 6 small.</summary>
    public const int WebPMethod = 4;

    /// <summary>How hard AVIF is compressed, by the encoder's speed: 0 small to 9 fast.</summary>
    public const int AvifSpeed = 6;

    /// <summary>How hard JPEG XL is compressed, by libjxl's effort: 1 fast to 9 small.</summary>
    public const int JpegXlEffort = 7;

    /// <summary>The quality of lossy formats, 1 to 100.</summary>
    public int QualityPercent { get; init; } = DefaultQualityPercent;

    /// <summary>How finely JPEG and AVIF keep colour.</summary>
    public ChromaSubsampling Chroma { get; init; } = ChromaSubsampling.Quarter;

    /// <summary>How hard PNG is compressed.</summary>
    public PngPreset Png { get; init; } = PngPreset.Fast;

    /// <summary>Whether JPEG is written progressively, so that a browser can show it while it comes.</summary>
    public bool IsProgressive { get; init; }

    /// <summary>What of the source's metadata goes into the output.</summary>
    public MetadataPolicy Metadata { get; init; } = MetadataPolicy.Keep;

    /// <summary>What becomes of the source's colour profile.</summary>
    public ColorProfilePolicy ColorProfile { get; init; } = ColorProfilePolicy.Keep;

    /// <summary>What becomes of a source with more bits a channel than the output has.</summary>
    public DepthPolicy Depth { get; init; } = DepthPolicy.Warn;

    /// <summary>When a file that is there is replaced.</summary>
    public OverwritePolicy Overwrite { get; init; } = OverwritePolicy.Always;
}
