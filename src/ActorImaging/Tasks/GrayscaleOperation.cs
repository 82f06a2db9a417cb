namespace ActorImaging.Tasks;

/// <summary>Turns colours into their Rec. 709 luma, computed on the encoded values, as ImageMagick's <c>-grayscale</c> does.</summary>
public sealed record GrayscaleOperation : ImageOperation
{
    /// <summary>The word that starts the text form.</summary>
    public const string Word = "grayscale";

    /// <inheritdoc />
    public override string Name => Word;

    /// <inheritdoc />
    public override string ToString() => Word;
}
