namespace ActorImaging.Tasks;

/// <summary>Mirrors top to bottom.</summary>
public sealed record FlipOperation : ImageOperation
{
    /// <summary>The word that starts the text form.</summary>
    public const string Word = "flip";

    /// <inheritdoc />
    public override string Name => Word;

    /// <inheritdoc />
    public override string ToString() => Word;
}
