namespace ActorImaging.Tasks;

/// <summary>Mirrors left to right.</summary>
public sealed record FlopOperation : ImageOperation
{
    /// <summary>The word that starts the text form.</summary>
    public const string Word = "flop";

    /// <inheritdoc />
    public override string Name => Word;

    /// <inheritdoc />
    public override string ToString() => Word;
}
