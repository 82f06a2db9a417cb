namespace ActorImaging.Tasks;

/// <summary>
/// Colours the mid-tones, leaving black and white as they are, as ImageMagick's <c>-fill COLOR -tint 100</c> does.
/// </summary>
public sealed record TintOperation : ImageOperation
{
    /// <summary>The word that starts the text form.</summary>
    public const string Word = "tint";

    /// <summary>Colours the mid-tones with <paramref name="color"/>.</summary>
    /// <param name="color">The colour.</param>
    public TintOperation(RgbColor color) => Color = color;

    /// <summary>The colour of the tint.</summary>
    public RgbColor Color { get; }

    /// <inheritdoc />
    public override string Name => Word;

    /// <inheritdoc />
    public override string ToString() => $"{Word}:{Color}";

    internal static TintOperation Parse(string parameters) =>
        RgbColor.TryParse(parameters, out var color)
            ? new TintOperation(color)
            : throw InvalidImageOperationException.Expected(Word, "#RRGGBB in hexadecimal, such as #ff6432", parameters);
}
