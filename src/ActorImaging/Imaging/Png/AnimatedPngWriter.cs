using System.Buffers.Binary;
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
        var pictures = AnimationParts.Alike(frames);
        var chunks = new PngChunks(output);
        PngHeader.Write(chunks, PngRows.From(pictures[0]), metadata);
        WriteControl(chunks, frames.Count, metadata.Loops);
        var sequence = 0;
        for (var index = 0; index < pictures.Count; index++)
        {
            var changed = AnimationParts.Changed(pictures, index);
            WriteFrameControl(chunks, sequence++, changed, frames[index]);
            using var part = changed.Of(pictures[index]);
            PngWriter.WriteImageData(chunks, new KernelRows(part), preset, index == 0 ? null : () => sequence++, CancellationToken.None);
        }

        chunks.Write("IEND"u8, []);
    }

    private static void WriteControl(PngChunks chunks, int frames, int loops)
    {
        Span<byte> data = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(data, frames);
        BinaryPrimitives.WriteInt32BigEndian(data[4..], loops);
        chunks.Write("acTL"u8, data);
    }

    private static void WriteFrameControl(PngChunks chunks, int sequence, PixelRectangle rectangle, Frame frame)
    {
        Span<byte> data = stackalloc byte[26];
        data.Clear(); // it stays, and replaces what is below
        BinaryPrimitives.WriteInt32BigEndian(data, sequence);
        BinaryPrimitives.WriteInt32BigEndian(data[4..], rectangle.WidthPixels);
        BinaryPrimitives.WriteInt32BigEndian(data[8..], rectangle.HeightPixels);
        BinaryPrimitives.WriteInt32BigEndian(data[12..], rectangle.LeftPixels);
        BinaryPrimitives.WriteInt32BigEndian(data[16..], rectangle.TopPixels);
        var (ticks, perSecond) = (frame.Delay.Ticks, Math.Max(1, frame.Delay.TicksPerSecond));
        while (ticks > ushort.MaxValue || perSecond > ushort.MaxValue)
        {
            (ticks, perSecond) = (ticks / 2, Math.Max(1, perSecond / 2)); // what does not fit is not known so precisely
        }

        BinaryPrimitives.WriteUInt16BigEndian(data[20..], (ushort)ticks);
        BinaryPrimitives.WriteUInt16BigEndian(data[22..], (ushort)perSecond);
        chunks.Write("fcTL"u8, data);
    }
}
