using System.Collections.Immutable;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Planning;

/// <summary>
/// What somebody says of the outputs, by options or in a plan file; null where nothing is said. Checked: whatever stands here can be used.
/// </summary>
internal record VariantSettings
{
    /// <summary>What is done, first to last.</summary>
    public ImmutableArray<ImageOperation>? Operations { get; init; }

    /// <summary>The format; each source's own where nothing is said.</summary>
    public ImageFormat? Format { get; init; }

    /// <summary>The quality of lossy formats, 1 to 100.</summary>
    public int? Quality { get; init; }

    /// <summary>How finely JPEG and AVIF keep colour.</summary>
    public ChromaSubsampling? Chroma { get; init; }

    /// <summary>How hard PNG is compressed.</summary>
    public PngPreset? Png { get; init; }

    /// <summary>Whether JPEG is written progressively.</summary>
    public bool? Progressive { get; init; }

    /// <summary>What becomes of metadata.</summary>
    public MetadataPolicy? Metadata { get; init; }

    /// <summary>What becomes of colour profiles.</summary>
    public ColorProfilePolicy? Profile { get; init; }

    /// <summary>Bits a channel of outputs, where it is meant that sources with more lose some: 8.</summary>
    public int? Depth { get; init; }

    /// <summary>Whether the EXIF orientation stays as it is, instead of being applied first.</summary>
    public bool? KeepOrientation { get; init; }

    /// <summary>What these make of a variant, with what others say where these are silent.</summary>
    /// <param name="name">The variant's name; empty for the only one.</param>
    /// <param name="common">What is said of all variants; its operations come first.</param>
    /// <param name="overwrite">When a file that is there is replaced.</param>
    /// <param name="depth">What becomes of sources with more bits a channel than outputs have, unless something is said of it.</param>
    public Variant Resolve(string name, VariantSettings common, OverwritePolicy overwrite, DepthPolicy depth)
    {
        var defaults = new OutputSettings();
        ImmutableArray<ImageOperation> first = KeepOrientation ?? common.KeepOrientation ?? false ? [] : [new AutoOrientOperation()];
        return new Variant(
            name,
            [.. first, .. common.Operations ?? [], .. Operations ?? []],
            Format ?? common.Format,
            new OutputSettings
            {
                QualityPercent = Quality ?? common.Quality ?? defaults.QualityPercent,
                Chroma = Chroma ?? common.Chroma ?? defaults.Chroma,
                Png = Png ?? common.Png ?? defaults.Png,
                IsProgressive = Progressive ?? common.Progressive ?? defaults.IsProgressive,
                Metadata = Metadata ?? common.Metadata ?? defaults.Metadata,
                ColorProfile = Profile ?? common.Profile ?? defaults.ColorProfile,
                Depth = (Depth ?? common.Depth) is null ? depth : DepthPolicy.Lower,
                Overwrite = overwrite,
            });
    }
}

/// <summary>What is said of one of several variants.</summary>
internal sealed record NamedVariantSettings(string Name) : VariantSettings;
