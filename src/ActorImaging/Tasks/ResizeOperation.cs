using System.Globalization;

namespace ActorImaging.Tasks;

/// <summary>Resamples the image to exactly the given size, whatever its aspect ratio was.</summary>
public sealed record ResizeOperation : ImageOperation
{
    /// <summary>The word that starts the text form.</summary>
    public const string Word = "resize";

    /// <summary>The largest width or height, in pixels.</summary>
    public const int MaxSidePixels = 65_535;

    private const string Expected = "WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600";

    /// <summary>Resamples to <paramref name="widthPixels"/> by <paramref name="heightPixels"/>.</summary>
    /// <param name="widthPixels">Columns, from 1 to <see cref="MaxSidePixels"/>.</param>
    /// <param name="heightPixels">Rows, from 1 to <see cref="MaxSidePixels"/>.</param>
    /// <exception cref="InvalidImageOperationException">A side is out of range.</exception>
    public ResizeOperation(int widthPixels, int heightPixels)
    {
        if (widthPixels is < 1 or > MaxSidePixels || heightPixels is < 1 or > MaxSidePixels)
        {
            throw InvalidImageOperationException.Expected(
                Word, Expected, string.Create(CultureInfo.InvariantCulture, $"{widthPixels}x{heightPixels}"));
        }

        WidthPixels = widthPixels;
        HeightPixels = heightPixels;
    }

    /// <summary>Columns of the result.</summary>
    public int WidthPixels { get; }

    /// <summary>Rows of the result.</summary>
    public int HeightPixels { get; }

    /// <inheritdoc />
    public override string Name => Word;

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Word}:{WidthPixels}x{HeightPixels}");

    internal static ResizeOperation Parse(string parameters)
    {
        var sides = parameters.Split('x');
        return sides.Length == 2 && TryParseSide(sides[0], out var width) && TryParseSide(sides[1], out var height)
            ? new ResizeOperation(width, height)
            : throw InvalidImageOperationException.Expected(Word, Expected, parameters);
    }

    private static bool TryParseSide(string text, out int pixels) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out pixels);
}
