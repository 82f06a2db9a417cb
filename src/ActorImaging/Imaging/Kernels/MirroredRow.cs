using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Kernels;

/// <summary>A row with its last pixel first.</summary>
internal static unsafe class MirroredRow
{
    /// <summary>Mirrors <paramref name="pixels"/> pixels of <paramref name="channels"/> bytes; the rows do not overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Write(byte* from, byte* to, int pixels, int channels, LaneWidth width)
    {
        var x = 0;
        if (width != LaneWidth.Scalar)
        {
            // A vector holds this many whole pixels. What it stores beyond them the next store overwrites
            var step = Vector128<byte>.Count / channels;
            var shuffle = Shuffle(step, channels);
            for (; x <= pixels - step - step; x += step)
            {
                var block = Vector128.Load(from + ((long)(pixels - step - x) * channels));
                Vector128.ShuffleNative(block, shuffle).Store(to + ((long)x * channels));
            }
        }

        for (; x < pixels; x++)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                to[((long)x * channels) + channel] = from[((long)(pixels - 1 - x) * channels) + channel];
            }
        }
    }

    private static Vector128<byte> Shuffle(int pixels, int channels)
    {
        Span<byte> indices = stackalloc byte[16];
        indices.Clear();
        for (var at = 0; at < pixels * channels; at++)
        {
            indices[at] = (byte)(((pixels - 1 - (at / channels)) * channels) + (at % channels));
        }

        return Vector128.Create<byte>(indices);
    }
}
