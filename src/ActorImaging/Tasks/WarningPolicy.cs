namespace ActorImaging.Tasks;

/// <summary>What becomes of a source that is damaged but can be decoded in part.</summary>
public enum WarningPolicy
{
    /// <summary>The task fails.</summary>
    Fail,

    /// <summary>What was decoded is used, and the result carries the warning.</summary>
    Keep,
}
