using System.Diagnostics.CodeAnalysis;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging;

/// <summary>Which kernels make an operation.</summary>
internal static class AcceleratedOperations
{
    private const double QuarterTurnDegrees = 90;
    private const double TintPercent = 100;

    /// <summary>Finds the kernels for an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="size">The size of the image now; of a source that was decoded smaller than it is, the size that it has.</param>
    /// <param name="actual">The size that its pixels have.</param>
    /// <param name="orientation">The orientation that its EXIF data give.</param>
    /// <param name="steps">The kernels, first to last; none when there is nothing to do.</param>
    /// <returns>Whether kernels can do it.</returns>
    public static bool TryFindSteps(
        ImageOperation operation, PixelSize size, PixelSize actual, Orientation orientation, [NotNullWhen(true)] out IReadOnlyList<KernelStep>? steps)
    {
        steps = operation switch
        {
            ResizeOperation resize => Resize(resize, size, actual),
            BlurOperation { SigmaPixels: var sigma } when GaussianBlur.Supports(sigma) =>
                [new KernelStep((pixels, _) => GaussianBlur.Of(pixels, sigma))],
            SharpenOperation { SigmaPixels: var sigma } when Sharpen.Supports(sigma) =>
                [new KernelStep((pixels, _) => Sharpen.Of(pixels, sigma))],
            GrayscaleOperation => [new KernelStep((pixels, _) => new Grayscale(pixels))],
            TintOperation { Color: var color } => [Tint(color)],
            RotateOperation { AngleDegrees: var angle } when RightAngleRotation.Supports(angle) => [Rotate(angle)],
            CropOperation crop when crop.RectangleIn(actual).Size.Pixels > 0 => [Crop(crop, actual)],
            FlipOperation => [Flip],
            FlopOperation => [Flop],
            AutoOrientOperation => AutoOrient(orientation),
            _ => null,
        };
        return steps is not null;
    }

    private static KernelStep Flip { get; } = new((pixels, _) => new Flip(pixels), KeepsPalette: true);

    private static KernelStep Flop { get; } = new((pixels, _) => new Flop(pixels), KeepsPalette: true);

    private static List<KernelStep> Resize(ResizeOperation resize, PixelSize size, PixelSize actual)
    {
        var steps = new List<KernelStep>();
        var scaled = resize.ScaledSizeOf(size);
        if (scaled != actual)
        {
            steps.Add(new KernelStep((pixels, hasPalette) => Resample.Of(
                pixels,
                scaled.WidthPixels,
                scaled.HeightPixels,
                ResampleFilters.Choose(pixels, scaled.WidthPixels, scaled.HeightPixels, hasPalette))));
        }

        var result = resize.SizeOf(size);
        if (result != scaled)
        {
            steps.Add(resize.Fit == ResizeFit.Contain
                ? new KernelStep((pixels, _) => new Pad(pixels, result.WidthPixels, result.HeightPixels))
                : Crop(new CropOperation(result.WidthPixels, result.HeightPixels), scaled));
        }

        return steps;
    }

    private static KernelStep Tint(RgbColor color) => new((pixels, _) =>
        new Tint(pixels, (color.Red, color.Green, color.Blue), (TintPercent, TintPercent, TintPercent)));

    private static KernelStep Rotate(double angleDegrees) =>
        new((pixels, _) => RightAngleRotation.Of(pixels, angleDegrees), KeepsPalette: true);

    private static KernelStep Crop(CropOperation crop, PixelSize size)
    {
        var (left, top, cut) = crop.RectangleIn(size);
        return new KernelStep((pixels, _) => new Crop(pixels, left, top, cut.WidthPixels, cut.HeightPixels), KeepsPalette: true);
    }

    /// <summary>What turns an image upright that is stored with this orientation (EXIF 2.32, tag 274).</summary>
    private static IReadOnlyList<KernelStep> AutoOrient(Orientation orientation) => orientation switch
    {
        Orientation.TopRight => [Flop],
        Orientation.BottomRight => [Rotate(2 * QuarterTurnDegrees)],
        Orientation.BottomLeft => [Flip],
        Orientation.LeftTop => [Rotate(QuarterTurnDegrees), Flop],
        Orientation.RightTop => [Rotate(QuarterTurnDegrees)],
        Orientation.RightBottom => [Rotate(3 * QuarterTurnDegrees), Flop],
        Orientation.LeftBottom => [Rotate(3 * QuarterTurnDegrees)],
        _ => [],
    };
}
