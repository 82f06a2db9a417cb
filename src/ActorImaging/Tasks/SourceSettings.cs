namespace ActorImaging.Tasks;

/// <summary>How a source is read.</summary>
public sealed record SourceSettings
{
    /// <summary>What becomes of the frames of an animation or the pages of a document.</summary>
    public FramePolicy Frames { get; init; } = FramePolicy.First;

    /// <summary>What becomes of a source that can be decoded in part only, such as a truncated JPEG.</summary>
    public WarningPolicy OnWarning { get; init; } = WarningPolicy.Fail;

    /// <summary>
    /// The denominator of the fraction of its size that the source is decoded at, where its format can do so: 1, 2, 4 or 8. More than 1 is for
    /// tasks that begin with a resize to at most that fraction; <see cref="SourceShrink.For"/> finds it. Sizes, percentages and aspect ratios
    /// of that resize are still the source's own.
    /// </summary>
    public int ShrinkBy { get; init; } = 1;

    /// <summary>
    /// Whether brightness and colour of a JPEG are kept apart, as they are coded, for as long as nothing else is wanted: less work, and less is lost. For
    /// sources of which all that is made is JPEG again and the same picture otherwise; <see cref="SourcePlanes.Suffice"/> finds that. Without effect
    /// on other sources.
    /// </summary>
    public bool KeepsPlanes { get; init; }
}
