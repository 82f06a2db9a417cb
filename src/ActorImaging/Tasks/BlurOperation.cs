using System.Globalization;

namespace ActorImaging.Tasks;

/// <summary>Blurs by a Gaussian, as ImageMagick's <c>-blur 0xSIGMA</c> does.</summary>
public sealed record BlurOperation : ImageOperation
{
    /// <summary>The word that starts the text form.</summary>
    public const string Word = "blur";

    /// <summary>The largest sigma, in pixels.</summary>
    public const double MaxSigmaPixels = 1000;

    private const string Expected = "SIGMA in pixels, above 0 and at most 1000, such as 5";

    /// <summary>Blurs by a Gaussian of the given standard deviation.</summary>
    /// <param name="sigmaPixels">The standard deviation in pixels, above 0 and at most <see cref="MaxSigmaPixels"/>.</param>
    /// <exception cref="InvalidImageOperationException">The sigma is out of range.</exception>
    public BlurOperation(double sigmaPixels)
    {
        if (!(sigmaPixels is > 0 and <= MaxSigmaPixels))
        {
            throw InvalidImageOperationException.Expected(Word, Expected, sigmaPixels.ToString(CultureInfo.InvariantCulture));
        }

        SigmaPixels = sigmaPixels;
    }

    /// <summary>Standard deviation of the Gaussian, in pixels.</summary>
    public double SigmaPixels { get; }

    /// <inheritdoc />
    public override string Name => Word;

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Word}:{SigmaPixels}");

    internal static BlurOperation Parse(string parameters) =>
        double.TryParse(parameters, NumberStyles.Float, CultureInfo.InvariantCulture, out var sigma)
            ? new BlurOperation(sigma)
            : throw InvalidImageOperationException.Expected(Word, Expected, parameters);
}
