namespace ActorImaging.Tasks;

/// <summary>What an operation makes of the size of an image.</summary>
internal static class OperationSize
{
    /// <summary>The size after an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="size">The size before.</param>
    /// <param name="isTurned">Whether the orientation turns the image by a quarter.</param>
    public static PixelSize After(ImageOperation operation, PixelSize size, bool isTurned) => operation switch
    {
        ResizeOperation resize => resize.SizeOf(size),
        CropOperation crop => crop.RectangleIn(size).Size,
        RotateOperation rotate => rotate.BoundsOf(size),
        AutoOrientOperation when isTurned => size.Turned,
        _ => size,
    };
}
