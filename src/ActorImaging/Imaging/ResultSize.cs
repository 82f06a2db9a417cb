using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>How large an image becomes, followed from operation to operation, and whether that is allowed and can be written.</summary>
internal static class ResultSize
{
    /// <summary>The size after all operations.</summary>
    public static PixelSize Of(IEnumerable<ImageOperation> operations, ImageHeader header)
    {
        var (size, isTurned) = (header.Size, header.IsTurned);
        foreach (var operation in operations)
        {
            size = OperationSize.After(operation, size, isTurned);
            isTurned &= operation is not AutoOrientOperation;
        }

        return size;
    }

    /// <summary>The least that is known of the size after all operations whatever they are applied to; null where nothing is known.</summary>
    public static PixelSize? LeastOf(IEnumerable<ImageOperation> operations)
    {
        PixelSize? least = null;
        foreach (var operation in operations)
        {
            least = operation switch
            {
                ResizeOperation { Percent: null, IsUpscaleAllowed: true, Fit: not ResizeFit.Inside } resize => new PixelSize(resize.WidthPixels ?? 1, resize.HeightPixels ?? 1),
                ResizeOperation or CropOperation or AutoOrientOperation => null,
                RotateOperation rotate => rotate.IsQuarterTurn ? least?.Turned : rotate.AngleDegrees % 180 == 0 ? least : null,
                _ => least,
            };
        }

        return least;
    }

    /// <summary>Whether a format can hold an image of a size.</summary>
    public static bool IsHeld(PixelSize size, ImageFormat format) =>
        Math.Max(size.WidthPixels, size.HeightPixels) <= ImageFormats.MaxSidePixels(format);

    /// <summary>Checks what an operation that enlarges makes, on the way and in the end.</summary>
    /// <exception cref="ImageLimitException">It would be too large.</exception>
    /// <param name="operation">The operation.</param>
    /// <param name="sizes">The sizes of the frames before.</param>
    /// <param name="limits">What is allowed.</param>
    public static void Require(ImageOperation operation, IReadOnlyList<PixelSize> sizes, ImageLimits limits)
    {
        if (operation is ResizeOperation resize)
        {
            limits.RequireOutput([.. sizes.Select(resize.SizeOf)]);
            limits.RequireOutput([.. sizes.Select(size => resize.Fit == ResizeFit.Cover ? default : resize.ScaledSizeOf(size))]);
        }
        else if (operation is RotateOperation rotate && sizes.Any(size => rotate.BoundsOf(size).Pixels > size.Pixels))
        {
            limits.RequireOutput([.. sizes.Select(rotate.BoundsOf)]);
        }
    }

    /// <summary>Checks that a format can hold frames of some sizes.</summary>
    /// <exception cref="UnsupportedOutputException">It can't.</exception>
    public static void RequireHeld(IReadOnlyList<PixelSize> sizes, ImageFormat format)
    {
        foreach (var size in sizes.Where(size => !IsHeld(size, format)))
        {
            throw new UnsupportedOutputException(FormattableString.Invariant(
                $"becomes {size}, but {ImageFormats.NameOf(format)} holds {ImageFormats.MaxSidePixels(format):N0} pixels a side at the most: make it smaller, or write another format"));
        }
    }
}
