using System.Globalization;

namespace ActorImaging.Tasks;

/// <summary>An opaque colour of 8 bits a channel, in sRGB.</summary>
/// <param name="Red">Red, 0 to 255.</param>
/// <param name="Green">Green, 0 to 255.</param>
/// <param name="Blue">Blue, 0 to 255.</param>
public readonly record struct RgbColor(byte Red, byte Green, byte Blue)
{
    private const int TextLength = 7;

    /// <summary>The colour as <c>#rrggbb</c> in lower case.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    /// <summary>Reads <c>#rrggbb</c>, in either case.</summary>
    /// <param name="text">The text.</param>
    /// <param name="color">The colour, when the text is one.</param>
    /// <returns>Whether the text is a colour.</returns>
    public static bool TryParse(string text, out RgbColor color)
    {
        color = default;
        if (text.Length != TextLength || text[0] != '#'
            || !uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
        {
            return false;
        }

        color = new RgbColor((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
        return true;
    }
}
