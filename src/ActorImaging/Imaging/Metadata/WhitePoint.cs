namespace ActorImaging.Imaging.Metadata;

/// <summary>The white that colours are relative to, by its CIE 1931 chromaticity.</summary>
/// <param name="X">x, above 0 and below 1.</param>
/// <param name="Y">y, above 0 and below 1.</param>
internal readonly record struct WhitePoint(double X, double Y)
{
    /// <summary>Paper under the light by which it is proofed: that of profiles (ICC.1:2022, 7.2.16), and of CIELab where nothing else is said.</summary>
    public static WhitePoint D50 { get; } = new(0.3457, 0.3585);

    /// <summary>Daylight: that of sRGB.</summary>
    public static WhitePoint D65 { get; } = new(0.3127, 0.3290);

    /// <summary>Whether there is such a light.</summary>
    public bool IsPossible => X > 0 && Y > 0 && X + Y < 1;

    /// <summary>X and Z where Y is 1.</summary>
    public (double X, double Y, double Z) Xyz => (X / Y, 1, (1 - X - Y) / Y);
}
