namespace ActorImaging.Tasks;

/// <summary>What becomes of a source with more than 8 bits a channel, which is what every output has.</summary>
public enum DepthPolicy
{
    /// <summary>It is written with 8, and the result carries a warning.</summary>
    Warn,

    /// <summary>It is written with 8, as is meant.</summary>
    Lower,

    /// <summary>The task fails: what replaces its source must not be less.</summary>
    Refuse,
}
