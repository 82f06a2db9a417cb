namespace ActorImaging.Imaging.Png;

/// <summary>What a PNG says about its pixels beside them. Everything is optional, and nothing is said of its own accord.</summary>
internal sealed record PngMetadata
{
    /// <summary>Nothing.</summary>
    public static PngMetadata None { get; } = new();

    /// <summary>ICC profile, uncompressed; empty for none. Its colour space must be that of the channels delivered (gray or RGB).</summary>
    public ReadOnlyMemory<byte> IccProfile { get; init; }

    /// <summary>EXIF data, with or without the "Exif" prefix that JPEG puts before the byte order mark; empty for none.</summary>
    public ReadOnlyMemory<byte> Exif { get; init; }

    /// <summary>Exponent of the samples, as PNG gives it: 0.45455 for sRGB-like pictures, 1.0 for linear light. At least 0.00001.</summary>
    public double? Gamma { get; init; }

    /// <summary>White point and primaries.</summary>
    public PngChromaticities? Chromaticities { get; init; }

    /// <summary>That the samples are sRGB, and how to map them to a smaller gamut. Left out where there is an ICC profile.</summary>
    public PngRenderingIntent? SrgbIntent { get; init; }

    /// <summary>Pixels a metre, or the shape of a pixel.</summary>
    public PngResolution? Resolution { get; init; }

    /// <summary>Texts by keyword, such as Title, Author and Copyright.</summary>
    public IReadOnlyList<PngText> Texts { get; init; } = [];
}

/// <summary>A text (PNG specification, third edition, 11.3.3).</summary>
/// <param name="Keyword">1 to 79 characters of Latin-1, without a space at either end.</param>
/// <param name="Text">The text, without NUL.</param>
internal sealed record PngText(string Keyword, string Text)
{
    private const int MaxKeywordCharacters = 79;

    /// <summary>Whether there can be such a text.</summary>
    public bool IsValid => Keyword.Length is > 0 and <= MaxKeywordCharacters
        && Keyword.All(character => character is (>= ' ' and <= '~') or (>= '\u00A1' and <= '\u00FF'))
        && Keyword[0] != ' ' && Keyword[^1] != ' '
        && !Text.Contains('\0', StringComparison.Ordinal);
}

/// <summary>CIE 1931 x and y of white point and primaries, 0 to 1 as a rule (PNG specification, third edition, 11.3.2.1).</summary>
internal sealed record PngChromaticities(
    double WhiteX, double WhiteY, double RedX, double RedY, double GreenX, double GreenY, double BlueX, double BlueY);

/// <summary>The values of the sRGB chunk (PNG specification, third edition, 11.3.2.5).</summary>
internal enum PngRenderingIntent
{
    /// <summary>Pleasing at the cost of exact colours: photographs.</summary>
    Perceptual = 0,

    /// <summary>Exact colours relative to the paper: logos.</summary>
    RelativeColorimetric = 1,

    /// <summary>Saturation kept at the cost of hue: charts.</summary>
    Saturation = 2,

    /// <summary>Exact colours: proofs.</summary>
    AbsoluteColorimetric = 3,
}

/// <summary>How large pixels are meant to be (PNG specification, third edition, 11.3.4.3).</summary>
/// <param name="HorizontalPixels">Pixels a unit from left to right, 1 to 2^31 - 1.</param>
/// <param name="VerticalPixels">Pixels a unit from top to bottom, 1 to 2^31 - 1.</param>
/// <param name="IsPerMetre">Whether the unit is the metre; if not, only the ratio means something.</param>
internal sealed record PngResolution(int HorizontalPixels, int VerticalPixels, bool IsPerMetre)
{
    private const double InchesPerMetre = 1 / 0.0254;

    /// <summary>The resolution nearest to so many pixels an inch.</summary>
    public static PngResolution FromPixelsPerInch(double horizontal, double vertical) =>
        new((int)Math.Round(horizontal * InchesPerMetre), (int)Math.Round(vertical * InchesPerMetre), IsPerMetre: true);
}
