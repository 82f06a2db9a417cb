using ActorImaging.Imaging.Kernels;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>Which operations are done to luma and chroma apart: those that move samples or weigh them, whatever they mean.</summary>
internal static class PlaneOperations
{
    /// <summary>Whether an operation is one of them.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="size">The size of the image.</param>
    public static bool Supports(ImageOperation operation, PixelSize size) => operation switch
    {
        ResizeOperation resize => resize.Fit != ResizeFit.Contain,
        RotateOperation rotate => RightAngleRotation.Supports(rotate.AngleDegrees),
        CropOperation crop => crop.RectangleIn(size).Size.Pixels > 0,
        FlipOperation or FlopOperation or AutoOrientOperation => true,
        _ => false,
    };

    /// <summary>Does an operation.</summary>
    /// <param name="operation">The operation, which is supported.</param>
    /// <param name="planes">The image; stays the caller's.</param>
    /// <param name="size">The size that counts, of which the image may be a fraction.</param>
    /// <param name="orientation">How the image is stored.</param>
    /// <returns>The result, the caller's own.</returns>
    public static PlanarPixels Apply(ImageOperation operation, PlanarPixels planes, PixelSize size, ImageOrientation orientation) => operation switch
    {
        ResizeOperation resize => planes.Resized(resize, size),
        CropOperation crop => Crop(crop, planes),
        RotateOperation { AngleDegrees: var angle } => planes.Reordered(plane => plane.Turn(angle)),
        FlipOperation => planes.Reordered(plane => plane.Flip()),
        FlopOperation => planes.Reordered(plane => plane.Flop()),
        AutoOrientOperation => TurnUpright(planes, orientation),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Expected an operation that is done to planes."),
    };

    private static PlanarPixels Crop(CropOperation crop, PlanarPixels planes)
    {
        var (left, top, size) = crop.RectangleIn(planes.Size);
        return planes.Cropped(left, top, size);
    }

    private static PlanarPixels TurnUpright(PlanarPixels planes, ImageOrientation orientation)
    {
        var upright = planes.AddReference();
        foreach (var operation in UprightOperations.For(orientation))
        {
            using var before = upright;
            upright = Apply(operation, before, before.Size, orientation);
        }

        return upright;
    }
}
