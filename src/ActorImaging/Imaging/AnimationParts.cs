using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging;

/// <summary>What of each frame of an animation is written: the rectangle that differs from the frame before, which it replaces.</summary>
internal static class AnimationParts
{
    /// <summary>The pixels of all frames, stored alike: colours if any has some, alpha if any has it.</summary>
    /// <param name="frames">The frames, all of the same size, each as it is shown; the pixels stay theirs.</param>
    public static List<PixelBuffer> Alike(IReadOnlyList<Frame> frames)
    {
        var counts = frames.Select(frame => frame.FinishPixels().Channels).ToList();
        var channels = (counts.Exists(count => count >= 3) ? 3 : 1) + (counts.Exists(count => count is 2 or 4) ? 1 : 0);
        return [.. frames.Select(frame => WithChannels(frame, channels))];
    }

    /// <summary>Where a frame differs from the one before: all of the first, and one pixel of one that doesn't, since a frame has one at least.</summary>
    public static PixelRectangle Changed(IReadOnlyList<PixelBuffer> pictures, int index) =>
        index == 0 ? new PixelRectangle(0, 0, pictures[0].WidthPixels, pictures[0].HeightPixels) : Between(pictures[index - 1], pictures[index]);

    private static PixelBuffer WithChannels(Frame frame, int channels)
    {
        if (frame.FinishPixels().Channels <= 2 && channels >= 3)
        {
            frame.StartKernel(pixels => new GrayAsColours(pixels));
        }

        if (frame.FinishPixels().Channels < channels)
        {
            frame.StartKernel(pixels => new WithAlpha(pixels));
        }

        return frame.FinishPixels();
    }

    private static PixelRectangle Between(PixelBuffer before, PixelBuffer after)
    {
        var (top, bottom, left, right) = (-1, -1, after.StrideBytes, -1);
        for (var y = 0; y < after.HeightPixels; y++)
        {
            ReadOnlySpan<byte> old = before.Row(y), row = after.Row(y);
            var first = row.CommonPrefixLength(old);
            if (first == row.Length)
            {
                continue;
            }

            var last = row.Length - 1;
            while (last > right && row[last] == old[last])
            {
                last--;
            }

            (top, bottom) = (top < 0 ? y : top, y);
            (left, right) = (Math.Min(left, first), Math.Max(right, last));
        }

        return top < 0
            ? new PixelRectangle(0, 0, 1, 1)
            : new PixelRectangle(left / after.Channels, top, (right / after.Channels) - (left / after.Channels) + 1, bottom - top + 1);
    }
}

/// <summary>A part of a picture.</summary>
/// <param name="LeftPixels">Columns left of it.</param>
/// <param name="TopPixels">Rows above it.</param>
/// <param name="WidthPixels">Its columns.</param>
/// <param name="HeightPixels">Its rows.</param>
internal readonly record struct PixelRectangle(int LeftPixels, int TopPixels, int WidthPixels, int HeightPixels)
{
    /// <summary>The pixels of it, to be taken row by row.</summary>
    public RowSource Of(PixelBuffer picture) => new Crop(picture, LeftPixels, TopPixels, WidthPixels, HeightPixels);
}
