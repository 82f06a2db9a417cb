using System.Buffers.Binary;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// Writes animated PNG (PNG specification, third edition, 11.3.6): the first frame whole, which programs show that know no animation, and of each
/// further one the rectangle that differs from the one before, which it replaces.
/// </summary>
internal static class AnimatedPngWriter
{
    /// <summary>Writes an animation.</summary>
    /// <param name="frames">The frames, all of the same size, each as it is shown.</param>
    /// <param name="metadata">What is said beside them.</param>
    /// <param name="preset">Time for size.</param>
    /// <param name="output">Receives the PNG.</param>
    public static void Write(IReadOnlyList<Frame> frames, ImageMetadata metadata, PngPreset preset, Stream output)
    {
        var channels = CommonChannels(frames);
        var pictures = frames.Select(frame => WithChannels(frame, channels)).ToList();
        var chunks = new PngChunks(output);
        PngHeader.Write(chunks, PngRows.From(pictures[0]), metadata);
        WriteControl(chunks, frames.Count, metadata.Loops);
        var sequence = 0;
        for (var index = 0; index < pictures.Count; index++)
        {
            var changed = index == 0 ? Rectangle.Of(pictures[0]) : Rectangle.Between(pictures[index - 1], pictures[index]);
            WriteFrameControl(chunks, sequence++, changed, frames[index]);
            using var part = new Crop(pictures[index], changed.Left, changed.Top, changed.Width, changed.Height);
            PngWriter.WriteImageData(chunks, new KernelRows(part), preset, index == 0 ? null : () => sequence++, CancellationToken.None);
        }

        chunks.Write("IEND"u8, []);
    }

    /// <summary>All frames are stored alike: colours if any has some, alpha if any has it.</summary>
    private static int CommonChannels(IReadOnlyList<Frame> frames)
    {
        var counts = frames.Select(frame => frame.FinishPixels().Channels).ToList();
        return (counts.Exists(count => count >= 3) ? 3 : 1) + (counts.Exists(count => count is 2 or 4) ? 1 : 0);
    }

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

    private static void WriteControl(PngChunks chunks, int frames, int loops)
    {
        Span<byte> data = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(data, frames);
        BinaryPrimitives.WriteInt32BigEndian(data[4..], loops);
        chunks.Write("acTL"u8, data);
    }

    private static void WriteFrameControl(PngChunks chunks, int sequence, Rectangle rectangle, Frame frame)
    {
        Span<byte> data = stackalloc byte[26];
        data.Clear(); // it stays, and replaces what is below
        BinaryPrimitives.WriteInt32BigEndian(data, sequence);
        BinaryPrimitives.WriteInt32BigEndian(data[4..], rectangle.Width);
        BinaryPrimitives.WriteInt32BigEndian(data[8..], rectangle.Height);
        BinaryPrimitives.WriteInt32BigEndian(data[12..], rectangle.Left);
        BinaryPrimitives.WriteInt32BigEndian(data[16..], rectangle.Top);
        var (ticks, perSecond) = (frame.Delay.Ticks, Math.Max(1, frame.Delay.TicksPerSecond));
        while (ticks > ushort.MaxValue || perSecond > ushort.MaxValue)
        {
            (ticks, perSecond) = (ticks / 2, Math.Max(1, perSecond / 2)); // what does not fit is not known so precisely
        }

        BinaryPrimitives.WriteUInt16BigEndian(data[20..], (ushort)ticks);
        BinaryPrimitives.WriteUInt16BigEndian(data[22..], (ushort)perSecond);
        chunks.Write("fcTL"u8, data);
    }

    private readonly record struct Rectangle(int Left, int Top, int Width, int Height)
    {
        public static Rectangle Of(PixelBuffer picture) => new(0, 0, picture.WidthPixels, picture.HeightPixels);

        /// <summary>Where two pictures of one size and kind differ; one pixel where they don't, since a frame has one at least.</summary>
        public static Rectangle Between(PixelBuffer before, PixelBuffer after)
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
                ? new Rectangle(0, 0, 1, 1)
                : new Rectangle(left / after.Channels, top, (right / after.Channels) - (left / after.Channels) + 1, bottom - top + 1);
        }
    }
}
