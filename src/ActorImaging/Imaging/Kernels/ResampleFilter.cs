namespace ActorImaging.Imaging.Kernels;

/// <summary>The filters that ImageMagick's Resize chooses from when none is named.</summary>
internal enum ResampleFilter
{
    /// <summary>Lanczos with three lobes: sinc(x) sinc(x / 3) within 3 pixels.</summary>
    Lanczos,

    /// <summary>Mitchell and Netravali's cubic, B = C = 1/3, within 2 pixels.</summary>
    Mitchell,
}

/// <summary>ImageMagick's choice of filter and the filters' formulas.</summary>
/// <remarks>MagickCore/resize.c of ImageMagick 7.1.2. Mitchell and Netravali, Reconstruction Filters in Computer Graphics, 1988.</remarks>
internal static class ResampleFilters
{
    /// <summary>The filter of Resize: Mitchell for more pixels than before, for alpha (even if opaque), and for a palette; else Lanczos.</summary>
    /// <param name="source">The pixels to resize.</param>
    /// <param name="widthPixels">New columns.</param>
    /// <param name="heightPixels">New rows.</param>
    /// <param name="hasPalette">
    /// Whether ImageMagick would hold the source as a palette (ClassType Pseudo): gray PNG and JPEG files as they come from the decoder too.
    /// </param>
    internal static ResampleFilter Choose(PixelBuffer source, int widthPixels, int heightPixels, bool hasPalette)
    {
        // Multiplied in ImageMagick's order: at equal areas the last bit decides
        var enlarges = widthPixels * (1.0 / source.WidthPixels) * (heightPixels * (1.0 / source.HeightPixels)) > 1;
        return hasPalette || enlarges || AlphaChannel.IsIn(source.Channels) ? ResampleFilter.Mitchell : ResampleFilter.Lanczos;
    }

    /// <summary>Pixels from the centre within which the filter is not zero.</summary>
    internal static double SupportPixels(this ResampleFilter filter) => filter == ResampleFilter.Lanczos ? 3 : 2;

    /// <summary>The weight at <paramref name="distance"/> pixels from the centre, before normalization.</summary>
    internal static double Weight(this ResampleFilter filter, double distance)
    {
        var x = Math.Abs(distance);
        return filter == ResampleFilter.Lanczos ? Sinc(x) * Sinc(x / 3) : MitchellWeight(x);
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double MitchellWeight(double x) => x switch
    {
        < 1 => ((((7 * x) - 12) * x * x) + (16 / 3.0)) / 6,
        < 2 => ((((((-7 / 3.0 * x) + 12) * x) - 20) * x) + (32 / 3.0)) / 6,
        _ => 0,
    };
}
