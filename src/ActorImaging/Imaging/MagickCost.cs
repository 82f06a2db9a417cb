using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// What Magick.NET's operations cost, in nanoseconds a source pixel on one core, as orders of magnitude. The schedule starts the longest
/// tasks first; for that only the ratios matter.
/// </summary>
internal static class MagickCost
{
    /// <summary>Decoding a PNG and encoding one by Huffman coding alone.</summary>
    public const double OfCoding = 100;

    private const double TapsPerSigma = 5; // the kernel reaches some 2.5 sigma either way

    /// <summary>The cost of one operation.</summary>
    public static double Of(ImageOperation operation) => operation switch
    {
        BlurOperation blur => 8 * TapsPerSigma * blur.SigmaPixels,
        SharpenOperation sharpen => 4 * Square(TapsPerSigma * sharpen.SigmaPixels),
        RotateOperation rotate => rotate.AngleDegrees % 90 == 0 ? 8 : 280,
        TintOperation => 27,
        ResizeOperation => 25 - OfCoding / 2, // its output is small, so there is little to encode
        GrayscaleOperation => 6 - OfCoding / 4, // one channel is left to encode
        _ => 10,
    };

    private static double Square(double value) => value * value;
}
