using System.Globalization;

namespace ActorImaging.Tasks;

/// <summary>Sharpens by a Laplacian of Gaussian, as ImageMagick's <c>-sharpen 0xSIGMA</c> does.</summary>
public sealed record SharpenOperation : ImageOperation
{
    /// <summary>The word that starts the text form.</summary>
    public const string Word = "sharpen";

    /// <summary>The sigma meant when none is given, in pixels.</summary>
    public const double DefaultSigmaPixels = 1;

    /// <summary>The largest sigma, in pixels: ImageMagick's kernel is two-dimensional, so its cost grows with the square.</summary>
    public const double MaxSigmaPixels = 100;

    private const string Expected = "SIGMA in pixels, above 0 and at most 100, such as 1, or nothing for 1";

    /// <summary>Sharpens with the given standard deviation.</summary>
    /// <param name="sigmaPixels">The standard deviation in pixels, above 0 and at most <see cref="MaxSigmaPixels"/>.</param>
    /// <exception cref="InvalidImageOperationException">The sigma is out of range.</exception>
    public SharpenOperation(double sigmaPixels = DefaultSigmaPixels)
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
    public override string ToString() =>
        SigmaPixels.Equals(DefaultSigmaPixels) ? Word : string.Create(CultureInfo.InvariantCulture, $"{Word}:{SigmaPixels}");

    internal static SharpenOperation Parse(string parameters)
    {
        if (parameters.Length == 0)
        {
            return new SharpenOperation();
        }

        return double.TryParse(parameters, NumberStyles.Float, CultureInfo.InvariantCulture, out var sigma)
            ? new SharpenOperation(sigma)
            : throw InvalidImageOperationException.Expected(Word, Expected, parameters);
    }
}
