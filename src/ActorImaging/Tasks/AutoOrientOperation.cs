namespace ActorImaging.Tasks;

/// <summary>Turns the image as its EXIF orientation says and takes the orientation away, so that it is applied once and never twice.</summary>
public sealed record AutoOrientOperation : ImageOperation
{
    /// <summary>The word that starts the text form.</summary>
    public const string Word = "auto-orient";

    /// <inheritdoc />
    public override string Name => Word;

    /// <inheritdoc />
    public override string ToString() => Word;
}
