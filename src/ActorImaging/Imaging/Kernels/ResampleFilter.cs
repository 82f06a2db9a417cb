namespace ActorImaging.Imaging.Kernels;

/// <summary>The filters of resampling.</summary>
internal enum ResampleFilter
{
    /// <summary>Lanczos with three lobes: sinc(x) sinc(x / 3) within 3 pixels.</summary>
    Lanczos,

    /// <summary>Mitchell and Netravali's cubic, B = C = 1/3, within 2 pixels.</summary>
    Mitchell,
}

/// <summary>The choice of filter and the filters' formulas.</summary>
/// <remarks>MagickCore/resize.c of ImageMagick 7.1.2. Mitchell and Netravali, Reconstruction Filters in Computer Graphics, 1988.</remarks>
internal static class ResampleFilters
{
    /// <summary>Minimax coefficients for 8-bit builds, relative error 6.3e-6 (N. Robidoux and C. Racette, in resize.c).</summary>
    private static readonly double[] SincCoefficients =
    [
        0.173610016489197553621906385078711564924e-2,
        -0.384186115075660162081071290162149315834e-3,
        0.393684603287860108352720146121813443561e-4,
        -0.248947210682259168029030370205389323899e-5,
        0.107791837839662283066379987646635416692e-6,
        -0.324874073895735800961260474028013982211e-8,
        0.628155216606695311524920882748052490116e-10,
        -0.586110644039348333520104379959307242711e-12,
    ];

    /// <summary>
    /// Mitchell for more pixels than before, which Lanczos would surround with rings; else Lanczos. ImageMagick by itself takes Mitchell also for
    /// palettes and for alpha, opaque or not, so that the same picture would look different by how its file was written.
    /// </summary>
    /// <param name="widthFactor">New columns for one old one.</param>
    /// <param name="heightFactor">New rows for one old one.</param>
    internal static ResampleFilter Choose(double widthFactor, double heightFactor) =>
        widthFactor * heightFactor > 1 ? ResampleFilter.Mitchell : ResampleFilter.Lanczos;

    /// <summary>Pixels from the centre within which the filter is not zero.</summary>
    internal static double SupportPixels(this ResampleFilter filter) => filter == ResampleFilter.Lanczos ? 3 : 2;

    /// <summary>The weight at <paramref name="distance"/> pixels from the centre, before normalization.</summary>
    internal static double Weight(this ResampleFilter filter, double distance)
    {
        var x = Math.Abs(distance);
        return filter == ResampleFilter.Lanczos ? Sinc(x) * Sinc(x / 3) : MitchellWeight(x);
    }

    /// <summary>
    /// sin(pi x) / (pi x) as ImageMagick approximates it: a polynomial in x^2 that is zero at 1 to 4; the last digits count.
    /// </summary>
    private static double Sinc(double x)
    {
        var square = x * x;
        var factor = 0.0;
        for (var power = SincCoefficients.Length - 1; power >= 0; power--)
        {
            factor = (factor * square) + SincCoefficients[power];
        }

        return (square - 1) * (square - 4) * (square - 9) * (square - 16) * factor;
    }

    private static double MitchellWeight(double x) => x switch
    {
        < 1 => ((((7 * x) - 12) * x * x) + (16 / 3.0)) / 6,
        < 2 => ((((((-7 / 3.0 * x) + 12) * x) - 20) * x) + (32 / 3.0)) / 6,
        _ => 0,
    };
}
