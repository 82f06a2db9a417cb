using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Writes JPEG by our own writer.</summary>
internal sealed class JpegEncoder : IImageEncoder
{
    /// <summary>Rows that are looked at to see that an image has colours: of a photograph the first one tells.</summary>
    private const int LookRows = 16;

    /// <inheritdoc/>
    public string Name => "own JPEG writer";

    /// <summary>Whether it writes what is wanted.</summary>
    public static bool Supports(Frame frame, OutputSettings settings) =>
        !settings.IsProgressive && frame.Colors is FrameColors.Gray or FrameColors.Rgb;

    /// <inheritdoc/>
    public void Encode(IReadOnlyList<Frame> frames, ImageMetadata metadata, OutputSettings settings, Stream output)
    {
        var frame = frames[0];
        var wantsColours = metadata.IccProfile?.ColorSpace == IccColorSpace.Rgb;
        using JpegBands bands = frame.Planes is { } planes
            ? new PlaneBands(planes, wantsColours, settings.Chroma, settings.QualityPercent)
            : BandsOf(frame, wantsColours, settings);
        JpegWriter.Write(bands, metadata, output);
    }

    private static PixelBands BandsOf(Frame frame, bool wantsColours, OutputSettings settings)
    {
        if (!wantsColours && frame.Colors == FrameColors.Rgb && !HasColours(frame))
        {
            frame.StartKernel(pixels => new Grayscale(pixels));
        }

        if (frame.PendingRows is null)
        {
            frame.StartKernel(pixels => new Crop(pixels, 0, 0, pixels.WidthPixels, pixels.HeightPixels)); // all of it, row by row
        }

        var rows = frame.PendingRows!;
        return wantsColours || frame.Colors == FrameColors.Rgb
            ? PixelBands.Colour(rows, settings.Chroma, settings.QualityPercent)
            : PixelBands.Gray(rows, settings.QualityPercent);
    }

    /// <summary>Whether a frame of three or four channels has colours. Where its first rows have none, all of it is looked at.</summary>
    private static bool HasColours(Frame frame)
    {
        if (frame.PendingRows is { } pending)
        {
            using var beginning = PixelBuffer.Allocate(pending.WidthPixels, Math.Min(LookRows, pending.HeightPixels), pending.Channels);
            pending.ReadRows(0, beginning.Rows(0, beginning.HeightPixels));
            if (!GrayPixels.AreAll(beginning.Rows(0, beginning.HeightPixels), beginning.Channels))
            {
                return true;
            }
        }

        var pixels = frame.FinishPixels();
        return Enumerable.Range(0, pixels.HeightPixels).Any(y => !GrayPixels.AreAll(pixels.Row(y), pixels.Channels));
    }
}
