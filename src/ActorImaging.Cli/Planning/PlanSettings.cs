using System.Collections.Immutable;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Planning;

/// <summary>
/// Everything that is said of what is made of each source and where it goes, by options or in a plan file; null where nothing is said.
/// </summary>
internal sealed record PlanSettings : VariantSettings
{
    /// <summary>Several outputs of each source; the settings beside them hold for all.</summary>
    public ImmutableArray<NamedVariantSettings>? Variants { get; init; }

    /// <summary>The template of output names.</summary>
    public string? Name { get; init; }

    /// <summary>When a file that is there is replaced.</summary>
    public OverwritePolicy? Overwrite { get; init; }

    /// <summary>What becomes of animations and pages.</summary>
    public FramePolicy? Frames { get; init; }

    /// <summary>What becomes of sources that are damaged.</summary>
    public WarningPolicy? OnWarning { get; init; }

    /// <summary>These settings, and those below where these are silent.</summary>
    public PlanSettings Over(PlanSettings below) => new()
    {
        Operations = Operations ?? below.Operations,
        Format = Format ?? below.Format,
        Quality = Quality ?? below.Quality,
        Chroma = Chroma ?? below.Chroma,
        Png = Png ?? below.Png,
        Progressive = Progressive ?? below.Progressive,
        Metadata = Metadata ?? below.Metadata,
        Profile = Profile ?? below.Profile,
        Depth = Depth ?? below.Depth,
        KeepOrientation = KeepOrientation ?? below.KeepOrientation,
        Variants = Variants ?? below.Variants,
        Name = Name ?? below.Name,
        Overwrite = Overwrite ?? below.Overwrite,
        Frames = Frames ?? below.Frames,
        OnWarning = OnWarning ?? below.OnWarning,
    };

    /// <summary>The variants: one without a name, or those that are named.</summary>
    /// <param name="isInPlace">Whether results replace their sources: then no bit of them is lost unless that is said.</param>
    public IReadOnlyList<Variant> ResolveVariants(bool isInPlace)
    {
        var (overwrite, depth) = (Overwrite ?? OverwritePolicy.Never, isInPlace ? DepthPolicy.Refuse : DepthPolicy.Warn);
        return Variants is { Length: > 0 } named
            ? [.. named.Select(variant => variant.Resolve(variant.Name, this, overwrite, depth))]
            : [new VariantSettings().Resolve(string.Empty, this, overwrite, depth)];
    }

    /// <summary>How sources are read.</summary>
    /// <param name="isInPlace">Whether results replace their sources: then no frame is lost unless that is said.</param>
    public SourceSettings ResolveSource(bool isInPlace)
    {
        var defaults = new SourceSettings();
        return new SourceSettings
        {
            Frames = Frames ?? (isInPlace ? FramePolicy.All : defaults.Frames),
            OnWarning = OnWarning ?? defaults.OnWarning,
        };
    }
}
