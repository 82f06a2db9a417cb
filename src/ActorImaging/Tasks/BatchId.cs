namespace ActorImaging.Tasks;

/// <summary>Names one batch, for ever: an answer that belongs to an earlier batch is known by it.</summary>
/// <param name="Value">A value no other batch has.</param>
public readonly record struct BatchId(Guid Value)
{
    /// <summary>A name that no batch has had.</summary>
    public static BatchId Create() => new(Guid.CreateVersion7());

    /// <summary>The value in its short form.</summary>
    public override string ToString() => Value.ToString("N");
}
