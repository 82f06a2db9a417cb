using System.Collections.Immutable;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>What turns an image upright.</summary>
internal static class UprightOperations
{
    private static readonly ImageOperation Flop = new FlopOperation(), Flip = new FlipOperation();
    private static readonly ImageOperation Quarter = new RotateOperation(90), Half = new RotateOperation(180), ThreeQuarters = new RotateOperation(270);

    /// <summary>The operations for an image that is stored with an orientation (EXIF 3.0, tag 274), first to last.</summary>
    public static ImmutableArray<ImageOperation> For(ImageOrientation orientation) => orientation switch
    {
        ImageOrientation.TopRight => [Flop],
        ImageOrientation.BottomRight => [Half],
        ImageOrientation.BottomLeft => [Flip],
        ImageOrientation.LeftTop => [Quarter, Flop],
        ImageOrientation.RightTop => [Quarter],
        ImageOrientation.RightBottom => [ThreeQuarters, Flop],
        ImageOrientation.LeftBottom => [ThreeQuarters],
        _ => [],
    };
}
