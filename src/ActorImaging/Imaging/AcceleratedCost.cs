using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// What the kernels cost, in nanoseconds a source pixel on one core, as orders of magnitude. The schedule starts the longest tasks first;
/// for that only the ratios matter.
/// </summary>
internal static class AcceleratedCost
{
    /// <summary>Decoding and encoding a PNG.</summary>
    public const double OfCoding = 22;

    private const double RightAngleDegrees = 90;

    /// <summary>The cost of one operation.</summary>
    public static double Of(ImageOperation operation) => operation switch
    {
        BlurOperation blur => 2 + (0.6 * blur.SigmaPixels),
        SharpenOperation sharpen => 2 + (0.6 * sharpen.SigmaPixels),
        ResizeOperation => 5 - (OfCoding / 4), // its output is small, so there is little to encode
        GrayscaleOperation => 1 - (OfCoding / 8), // one channel is left to encode
        RotateOperation { AngleDegrees: var angle } when angle % RightAngleDegrees != 0 => MagickCost.Of(operation),
        RotateOperation => 3,
        _ => 1,
    };
}
