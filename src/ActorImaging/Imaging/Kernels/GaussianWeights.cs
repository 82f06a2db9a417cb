namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// The Gaussians that ImageMagick 7 convolves with: the weight at distance 0, 1, ... of one dimension, adding up to 1 over both sides.
/// </summary>
/// <remarks>
/// Formulas: MagickCore/gem.c (width), morphology.c (blur) and effect.c (sharpen) of ImageMagick 7.1.2, at 8 bits a channel.
/// </remarks>
internal static class GaussianWeights
{
    /// <summary>
    /// The greatest sigma taken. From a few hundred pixels on nothing changes any more: the kernel is as wide as it gets.
    /// </summary>
    internal const double GreatestSigmaPixels = 1e6;

    private const double Epsilon = 1e-12;

    /// <summary>The smallest weight that can still change an 8-bit sample.</summary>
    private const double OneLevel = 1.0 / 255;

    /// <summary>Of Blur(0, sigma). ImageMagick samples the Gaussian three times a pixel and adds the three up.</summary>
    internal static double[] OfBlur(double sigmaPixels)
    {
        var sigma = Checked(sigmaPixels);
        if (sigma <= Epsilon)
        {
            return [1];
        }

        var weights = new double[RadiusOfBlur(sigma) + 1];
        for (var distance = 0; distance < weights.Length; distance++)
        {
            // ImageMagick drops what is next to nothing; under alpha 0 it would still show
            var weight = ThreeSamples(distance, 3 * sigma) / (3 * sigma * Math.Sqrt(2 * Math.PI));
            weights[distance] = weight < Epsilon ? 0 : weight;
        }

        return Normalized(weights);
    }

    /// <summary>
    /// The same to the last bit of ImageMagick's, from the left to the right of a pixel: it adds up each three in one direction, so that both sides
    /// differ in their last bits, and these decide ties.
    /// </summary>
    internal static double[] OfBlurToTheLastBit(double sigmaPixels)
    {
        var sigma = 3 * Checked(sigmaPixels);
        if (sigma <= 3 * Epsilon)
        {
            return [1];
        }

        var weights = new double[(2 * RadiusOfBlur(sigma / 3)) + 1];
        var (alpha, beta) = (1.0 / (2.0 * sigma * sigma), 1.0 / (Math.Sqrt(2 * Math.PI) * sigma));
        var outermost = ((weights.Length * 3) - 1) / 2;
        for (var sample = -outermost; sample <= outermost; sample++)
        {
            weights[(sample + outermost) / 3] += Math.Exp(-((double)sample * sample) * alpha) * beta;
        }

        weights = Array.ConvertAll(weights, weight => weight < Epsilon ? 0 : weight);
        var scale = 1.0 / weights.Sum();
        return [.. weights.Reverse().Select(weight => weight * scale)];
    }

    /// <summary>Of the Gaussian within Sharpen(0, sigma), sampled once a pixel.</summary>
    internal static double[] OfSharpen(double sigmaPixels)
    {
        var sigma = Math.Max(Checked(sigmaPixels), Epsilon);
        var weights = new double[RadiusOfSharpen(sigma) + 1];
        for (var distance = 0; distance < weights.Length; distance++)
        {
            weights[distance] = Sample(distance, sigma);
        }

        return Normalized(weights);
    }

    private static double Checked(double sigmaPixels) => Math.Abs(sigmaPixels) <= GreatestSigmaPixels
        ? Math.Abs(sigmaPixels)
        : throw new ArgumentOutOfRangeException(nameof(sigmaPixels), sigmaPixels, $"Expected at most {GreatestSigmaPixels} pixels.");

    /// <summary>Grows until the outermost weight falls below one level.</summary>
    private static int RadiusOfBlur(double sigma)
    {
        var total = 1 + (2 * Sample(1, sigma));
        for (var radius = 2; ; radius++)
        {
            total += 2 * Sample(radius, sigma);
            if (Sample(radius, sigma) / total < OneLevel)
            {
                return radius - 1;
            }
        }
    }

    /// <summary>The same rule on the two-dimensional kernel, whose total is the square of one dimension's.</summary>
    private static int RadiusOfSharpen(double sigma)
    {
        var total = 1 + (2 * Sample(1, sigma));
        for (var radius = 2; ; radius++)
        {
            total += 2 * Sample(radius, sigma);
            if (Sample(radius, sigma) / (total * total) < OneLevel)
            {
                return radius - 1;
            }
        }
    }

    private static double ThreeSamples(int distance, double sigmaThirds)
    {
        var centre = 3 * distance;
        return Sample(centre - 1, sigmaThirds) + Sample(centre, sigmaThirds) + Sample(centre + 1, sigmaThirds);
    }

    private static double Sample(int distance, double sigma) => Math.Exp(-(double)distance * distance / (2 * sigma * sigma));

    private static double[] Normalized(double[] weights)
    {
        var total = (2 * weights.Sum()) - weights[0];
        return Array.ConvertAll(weights, weight => weight / total);
    }
}
