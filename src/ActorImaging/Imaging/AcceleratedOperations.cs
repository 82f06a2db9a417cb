using System.Diagnostics.CodeAnalysis;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>Which kernels make an operation.</summary>
internal static class AcceleratedOperations
{
    private const double TintPercent = 100;

    /// <summary>Finds the kernels for an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="actual">The size that the pixels have.</param>
    /// <param name="shrunk">What is known of pixels that were decoded at a fraction of their size; null where they have their own.</param>
    /// <param name="orientation">How the image is stored.</param>
    /// <param name="steps">The kernels, first to last; none when there is nothing to do.</param>
    /// <returns>Whether kernels can do it.</returns>
    public static bool TryFindSteps(
        ImageOperation operation, PixelSize actual, ShrunkSource? shrunk, ImageOrientation orientation, [NotNullWhen(true)] out IReadOnlyList<Func<PixelBuffer, RowSource>>? steps)
    {
        steps = operation switch
        {
            ResizeOperation resize => Resize(resize, actual, shrunk),
            BlurOperation { SigmaPixels: var sigma } when GaussianBlur.Supports(sigma) => [pixels => GaussianBlur.Of(pixels, sigma)],
            SharpenOperation { SigmaPixels: var sigma } when Sharpen.Supports(sigma) => [pixels => Sharpen.Of(pixels, sigma)],
            GrayscaleOperation => [pixels => new Grayscale(pixels)],
            TintOperation { Color: var color } => [Tint(color)],
            RotateOperation { AngleDegrees: var angle } when RightAngleRotation.Supports(angle) => [StepOf(operation)],
            CropOperation crop when crop.RectangleIn(actual).Size.Pixels > 0 => [Crop(crop, actual)],
            FlipOperation or FlopOperation => [StepOf(operation)],
            AutoOrientOperation => [.. UprightOperations.For(orientation).Select(StepOf)],
            _ => null,
        };
        return steps is not null;
    }

    /// <summary>What puts pixels elsewhere.</summary>
    private static Func<PixelBuffer, RowSource> StepOf(ImageOperation operation) => operation switch
    {
        FlipOperation => pixels => new Flip(pixels),
        FlopOperation => pixels => new Flop(pixels),
        RotateOperation { AngleDegrees: var angle } => pixels => RightAngleRotation.Of(pixels, angle),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Expected one that moves pixels."),
    };

    private static List<Func<PixelBuffer, RowSource>> Resize(ResizeOperation resize, PixelSize actual, ShrunkSource? shrunk)
    {
        var size = shrunk?.Size ?? actual;
        var (scaled, result) = (resize.ScaledSizeOf(size), resize.SizeOf(size));
        var isPadded = resize.Fit == ResizeFit.Contain;
        var kept = isPadded ? scaled : result;
        var (left, top, _) = new CropOperation(kept.WidthPixels, kept.HeightPixels).RectangleIn(scaled);
        var target = new ResampleTarget(
            shrunk?.Horizontal ?? SampleRange.Of(actual.WidthPixels),
            shrunk?.Vertical ?? SampleRange.Of(actual.HeightPixels),
            scaled.WidthPixels,
            scaled.HeightPixels,
            left,
            top,
            kept.WidthPixels,
            kept.HeightPixels);
        List<Func<PixelBuffer, RowSource>> steps = [];
        if (shrunk is not null || scaled != actual || kept != scaled)
        {
            steps.Add(pixels => Resample.Of(pixels, target, target.Filter));
        }

        if (isPadded && result != scaled)
        {
            steps.Add(pixels => new Pad(pixels, result.WidthPixels, result.HeightPixels));
        }

        return steps;
    }

    private static Func<PixelBuffer, RowSource> Tint(RgbColor color) =>
        pixels => new Tint(pixels, (color.Red, color.Green, color.Blue), (TintPercent, TintPercent, TintPercent));

    private static Func<PixelBuffer, RowSource> Crop(CropOperation crop, PixelSize size)
    {
        var (left, top, cut) = crop.RectangleIn(size);
        return pixels => new Crop(pixels, left, top, cut.WidthPixels, cut.HeightPixels);
    }
}
