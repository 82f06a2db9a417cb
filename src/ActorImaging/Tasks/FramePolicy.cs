namespace ActorImaging.Tasks;

/// <summary>What becomes of the frames of an animation or the pages of a document.</summary>
public enum FramePolicy
{
    /// <summary>The first one is used.</summary>
    First,

    /// <summary>All are used where the output's format can hold them; where it can't, the task fails.</summary>
    All,

    /// <summary>A source with more than one makes the task fail.</summary>
    Error,
}
