using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>What the steps of tasks cost, in nanoseconds a pixel on one core, as orders of magnitude: measured on one machine, in 2026.</summary>
internal sealed class StepCosts
{
    /// <summary>Reading a JPEG at a fraction of its size still reads all of it: this share of the time is left at the least.</summary>
    public const double LeastDecodedShare = 0.2;

    private readonly double _encodingPng;
    private readonly double _encodingJpeg;
    private readonly Func<ImageOperation, double> _ofOperation;

    private StepCosts(double encodingPng, double encodingJpeg, Func<ImageOperation, double> ofOperation)
    {
        (_encodingPng, _encodingJpeg) = (encodingPng, encodingJpeg);
        _ofOperation = ofOperation;
    }

    /// <summary>Those of Magick.NET.</summary>
    public static StepCosts OfMagick { get; } = new(encodingPng: 33, encodingJpeg: 8, OfMagickOperation);

    /// <summary>Those of the kernels and our own writers.</summary>
    public static StepCosts OfKernels { get; } = new(encodingPng: 4, encodingJpeg: 3, OfKernel);

    /// <summary>Decoding a source.</summary>
    public double Decoding { get; } = 15;

    /// <summary>An operation, a pixel of the larger of its two images.</summary>
    public double OfOperation(ImageOperation operation) => _ofOperation(operation);

    /// <summary>Encoding an output, by its name.</summary>
    public double OfEncoding(string outputPath) => ImageFormats.TryGetByExtension(outputPath, out var format)
        ? format switch
        {
            ImageFormat.Png => _encodingPng,
            ImageFormat.Jpeg => _encodingJpeg,
            ImageFormat.WebP => 70,
            ImageFormat.Avif => 2000,
            ImageFormat.JpegXl => 300,
            ImageFormat.Gif => 100,
            _ => 8,
        }
        : 0;

    private static double OfMagickOperation(ImageOperation operation) => operation switch
    {
        BlurOperation blur => 40 * blur.SigmaPixels,
        SharpenOperation sharpen => 100 * sharpen.SigmaPixels * sharpen.SigmaPixels, // its kernel is two-dimensional
        RotateOperation rotate => IsRightAngle(rotate) ? 8 : 280,
        TintOperation => 27,
        ResizeOperation => 25,
        _ => 6,
    };

    private static double OfKernel(ImageOperation operation) => operation switch
    {
        BlurOperation blur => 0.5 + (0.3 * blur.SigmaPixels),
        SharpenOperation sharpen => 0.5 + (0.3 * sharpen.SigmaPixels),
        RotateOperation rotate => IsRightAngle(rotate) ? 1.5 : OfMagickOperation(rotate),
        ResizeOperation => 3,
        _ => 0.5,
    };

    private static bool IsRightAngle(RotateOperation rotate) => rotate.AngleDegrees % 90 == 0;
}
