namespace ActorImaging.Imaging.Metadata;

/// <summary>How large pixels are meant to be.</summary>
/// <param name="Horizontal">Pixels a unit from left to right, above 0.</param>
/// <param name="Vertical">Pixels a unit from top to bottom, above 0.</param>
/// <param name="Unit">The unit.</param>
internal sealed record ImageDensity(double Horizontal, double Vertical, DensityUnit Unit)
{
    private const double InchesPerMetre = 1 / 0.0254;
    private const double CentimetresPerMetre = 100;
    private const double Tolerance = 0.5;

    /// <summary>What programs write that have nothing to say.</summary>
    private static readonly double[] UsualPerInch = [72, 96];

    /// <summary>The same in pixels a metre; as it is where only the ratio means something.</summary>
    public ImageDensity PerMetre => Unit switch
    {
        DensityUnit.Inch => new(Horizontal * InchesPerMetre, Vertical * InchesPerMetre, DensityUnit.Metre),
        DensityUnit.Centimetre => new(Horizontal * CentimetresPerMetre, Vertical * CentimetresPerMetre, DensityUnit.Metre),
        _ => this,
    };

    /// <summary>The same in pixels an inch; as it is where only the ratio means something.</summary>
    public ImageDensity PerInch => Unit == DensityUnit.None
        ? this
        : new(PerMetre.Horizontal / InchesPerMetre, PerMetre.Vertical / InchesPerMetre, DensityUnit.Inch);

    /// <summary>Whether it says something that would be missed.</summary>
    public bool IsTelling => Unit == DensityUnit.None
        ? Math.Abs(Horizontal - Vertical) > double.Epsilon
        : !UsualPerInch.Any(usual => Math.Abs(PerInch.Horizontal - usual) < Tolerance && Math.Abs(PerInch.Vertical - usual) < Tolerance);

    /// <summary>A density, where the numbers are one.</summary>
    public static ImageDensity? Of(double horizontal, double vertical, DensityUnit unit) =>
        double.IsFinite(horizontal) && double.IsFinite(vertical) && horizontal > 0 && vertical > 0 ? new(horizontal, vertical, unit) : null;

    /// <summary>The same after a turn by a quarter.</summary>
    public ImageDensity Turned() => new(Vertical, Horizontal, Unit);
}

/// <summary>What a density is counted by.</summary>
internal enum DensityUnit
{
    /// <summary>Nothing: the two numbers give the shape of a pixel.</summary>
    None,

    /// <summary>An inch of 2.54 cm.</summary>
    Inch,

    /// <summary>A centimetre.</summary>
    Centimetre,

    /// <summary>A metre.</summary>
    Metre,
}
