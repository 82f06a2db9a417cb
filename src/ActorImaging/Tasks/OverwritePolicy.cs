namespace ActorImaging.Tasks;

/// <summary>When an output that is there is replaced. A task that does not replace it ends as skipped.</summary>
public enum OverwritePolicy
{
    /// <summary>Always.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,

    /// <summary>When the source was changed after the output.</summary>
    Newer,

    /// <summary>When the new output is smaller than the old one.</summary>
    Smaller,
}
