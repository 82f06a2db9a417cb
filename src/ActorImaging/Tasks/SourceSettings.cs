namespace ActorImaging.Tasks;

/// <summary>How a source is read.</summary>
public sealed record SourceSettings
{
    /// <summary>What becomes of the frames of an animation or the pages of a document.</summary>
    public FramePolicy Frames { get; init; } = FramePolicy.First;

    /// <summary>What becomes of a source that can be decoded in part only, such as a truncated JPEG.</summary>
    public WarningPolicy OnWarning { get; init; } = WarningPolicy.Fail;
}
