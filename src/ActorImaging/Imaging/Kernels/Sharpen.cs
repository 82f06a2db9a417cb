namespace ActorImaging.Imaging.Kernels;

/// <summary>Sharpening: what ImageMagick's Sharpen(0, sigma) computes, to within one level.</summary>
/// <remarks>
/// ImageMagick convolves with the negative of a square of Gaussian weights G, its centre replaced by twice their sum S, all divided by the
/// total S + G0. That is ((G0 + 2S) image - S blur(image)) / (S + G0) with G0 the centre of G: a separable blur, at a cost that grows with
/// the radius and not with its square. With g = G0 / S, gain = (2 + g) / (1 + g), it reads gain x image - (gain - 1) x blur.
/// </remarks>
internal static class Sharpen
{
    /// <summary>Sigma of Magick.NET's Sharpen() without arguments.</summary>
    internal const double DefaultSigmaPixels = 1;

    /// <summary>The sharpened rows of <paramref name="source"/>.</summary>
    /// <param name="source">Pixels of 1 to 4 channels.</param>
    /// <param name="sigmaPixels">
    /// Standard deviation in pixels; up to one million (<see cref="Supports"/>), 0 leaves the picture as it is, the sign does not matter.
    /// </param>
    /// <param name="width">How many pixels at once; the processor's best if not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A sigma that is not supported.</exception>
    internal static RowSource Of(PixelBuffer source, double sigmaPixels, LaneWidth? width = null)
    {
        var weights = GaussianWeights.OfSharpen(sigmaPixels);
        var centre = weights[0] * weights[0];
        var gain = (2 + centre) / (1 + centre);
        return AlphaChannel.IsOpaque(source)
            ? new FixedPointSharpen(source, weights, gain, width ?? LaneWidths.Native)
            : new AssociatedSharpen(source, weights, gain, width ?? LaneWidths.Native);
    }

    /// <summary>Whether there is a kernel for this sigma: for every one that is of use.</summary>
    internal static bool Supports(double sigmaPixels) => Math.Abs(sigmaPixels) <= GaussianWeights.GreatestSigmaPixels;
}
