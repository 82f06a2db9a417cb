using System.Collections.Immutable;

namespace ActorImaging.Tasks;

/// <summary>
/// Whether the planes of a JPEG, brightness and the two of colour, may stay apart on the way to an output: where that is a JPEG, too, and the picture is
/// only made smaller, cut, turned or mirrored. That takes half the work, since colour has a quarter of the samples.
/// </summary>
/// <remarks>
/// Gray is none of it: it is made of all three planes, or the same picture would be of another gray by how its file was written. Neither is what weighs
/// neighbours by their colours.
/// </remarks>
public static class SourcePlanes
{
    private const double QuarterTurnDegrees = 90;

    /// <summary>Whether they suffice for one of the outputs of a source; they have to for all of them (<see cref="SourceSettings.KeepsPlanes"/>).</summary>
    /// <param name="header">What the source says of itself.</param>
    /// <param name="operations">What is done to it for the output.</param>
    /// <param name="format">The output's format.</param>
    /// <param name="output">How it is encoded.</param>
    public static bool Suffice(ImageHeader header, ImmutableArray<ImageOperation> operations, ImageFormat format, OutputSettings output)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(output);
        if (header.Format != ImageFormat.Jpeg || format != ImageFormat.Jpeg
            || output is not { IsProgressive: false, ColorProfile: ColorProfilePolicy.Keep } || output.Chroma != ChromaSubsampling.Quarter)
        {
            return false;
        }

        var (size, isTurned) = (header.Size, header.IsTurned);
        foreach (var operation in operations)
        {
            if (!Keeps(operation, size))
            {
                return false;
            }

            size = OperationSize.After(operation, size, isTurned);
            isTurned &= operation is not AutoOrientOperation;
        }

        return true;
    }

    private static bool Keeps(ImageOperation operation, PixelSize size) => operation switch
    {
        ResizeOperation { Fit: not ResizeFit.Contain } resize => IsSmaller(resize.ScaledSizeOf(size), size),
        RotateOperation rotate => rotate.AngleDegrees % QuarterTurnDegrees == 0,
        CropOperation crop => crop.RectangleIn(size).Size.Pixels > 0,
        FlipOperation or FlopOperation or AutoOrientOperation => true,
        _ => false,
    };

    private static bool IsSmaller(PixelSize scaled, PixelSize size) => scaled.WidthPixels <= size.WidthPixels && scaled.HeightPixels <= size.HeightPixels;
}
