namespace ActorImaging.Imaging.Metadata;

/// <summary>CIE 1931 x and y of white point and primaries, 0 to 1 as a rule (PNG specification, third edition, 11.3.2.1).</summary>
internal sealed record Chromaticities(
    double WhiteX, double WhiteY, double RedX, double RedY, double GreenX, double GreenY, double BlueX, double BlueY)
{
    /// <summary>Those of sRGB and BT.709.</summary>
    public static Chromaticities Srgb { get; } = new(0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06);
}

/// <summary>A colour space by the code points of ITU-T H.273.</summary>
/// <param name="Primaries">Colour primaries, such as 1 for BT.709, 9 for BT.2020, 12 for P3.</param>
/// <param name="Transfer">Transfer characteristics, such as 13 for sRGB, 16 for PQ, 18 for HLG.</param>
/// <param name="Matrix">Matrix coefficients; 0 for RGB, which PNG always has.</param>
/// <param name="IsFullRange">Whether samples use the whole range.</param>
internal sealed record CodingIndependentCodePoints(byte Primaries, byte Transfer, byte Matrix, bool IsFullRange)
{
    private const byte Bt709Primaries = 1;
    private const byte Unspecified = 2;
    private const byte Bt709Transfer = 1;
    private const byte Bt601Transfer = 6;
    private const byte SrgbTransfer = 13;
    private const byte PerceptualQuantizer = 16;
    private const byte HybridLogGamma = 18;

    /// <summary>
    /// Whether it says nothing, or what is taken for granted: the curves of BT.709 and BT.601, which video has, are shown as sRGB's by every viewer of
    /// pictures.
    /// </summary>
    public bool IsSrgb => Primaries is Bt709Primaries or Unspecified && Transfer is Bt709Transfer or Unspecified or Bt601Transfer or SrgbTransfer;

    /// <summary>Whether the samples reach beyond white, which no curve of a profile says.</summary>
    public bool IsHighDynamicRange => Transfer is PerceptualQuantizer or HybridLogGamma;
}

/// <summary>How colours are mapped to a smaller gamut (ICC.1:2022, 7.2.15).</summary>
internal enum RenderingIntent
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
