using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Questions about transparency. Alpha is the last of 2 or 4 channels; 255 is opaque.</summary>
internal static unsafe class AlphaChannel
{
    /// <summary>Whether a picture of so many channels has an alpha channel.</summary>
    internal static bool IsIn(int channels) => channels is 2 or 4;

    /// <summary>
    /// Whether nothing is transparent: without an alpha channel, or with 255 throughout. Colours then need no weighting by alpha.
    /// </summary>
    internal static bool IsOpaque(PixelBuffer source)
    {
        if (!IsIn(source.Channels))
        {
            return true;
        }

        for (var y = 0; y < source.HeightPixels; y++)
        {
            if (!IsOpaque(source.Pixels + ((long)y * source.StrideBytes), source.StrideBytes, source.Channels))
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsOpaque(byte* row, int strideBytes, int channels)
    {
        var x = 0;
        var colours = Vector128.Create(channels == 4 ? 0x00FFFFFFu : 0x00FF00FFu).AsByte();
        var all = Vector128<byte>.AllBitsSet;
        for (; x <= strideBytes - Vector128<byte>.Count; x += Vector128<byte>.Count)
        {
            all &= Vector128.Load(row + x) | colours;
        }

        var opaque = all == Vector128<byte>.AllBitsSet;
        for (x += channels - 1; x < strideBytes; x += channels)
        {
            opaque &= row[x] == byte.MaxValue;
        }

        return opaque;
    }
}
