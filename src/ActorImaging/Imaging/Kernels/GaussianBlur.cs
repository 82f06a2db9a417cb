namespace ActorImaging.Imaging.Kernels;

/// <summary>Gaussian blur: what ImageMagick's Blur(0, sigma) computes, to within one level.</summary>
/// <remarks>
/// The radius follows from sigma (sigma 5: 12 pixels; never more than 128 or so). Of transparent pixels, colours are weighted by
/// their alpha.
/// </remarks>
internal static class GaussianBlur
{
    /// <summary>The blurred rows of <paramref name="source"/>.</summary>
    /// <param name="source">Pixels of 1 to 4 channels.</param>
    /// <param name="sigmaPixels">
    /// Standard deviation in pixels; up to one million (<see cref="Supports"/>), 0 leaves the picture as it is, the sign does not matter.
    /// </param>
    /// <param name="width">How many pixels at once; the processor's best if not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A sigma that is not supported.</exception>
    internal static RowSource Of(PixelBuffer source, double sigmaPixels, LaneWidth? width = null)
    {
        var weights = GaussianWeights.OfBlur(sigmaPixels);
        return AlphaChannel.IsOpaque(source)
            ? new FixedPointBlur(source, weights, width ?? LaneWidths.Native)
            : new AssociatedBlur(source, weights, GaussianWeights.OfBlurToTheLastBit(sigmaPixels), width ?? LaneWidths.Native);
    }

    /// <summary>Whether there is a kernel for this sigma: for every one that is of use.</summary>
    internal static bool Supports(double sigmaPixels) => Math.Abs(sigmaPixels) <= GaussianWeights.GreatestSigmaPixels;
}
