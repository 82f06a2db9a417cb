using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Chroma for two pixels, or for two by two: their mean, what is exactly between rounded down and up by turns, as libjpeg has it.</summary>
internal static unsafe class ChromaDownsampling
{
    /// <summary>Two samples side by side become one.</summary>
    /// <param name="row">The samples; with room to read up to a multiple of 16.</param>
    /// <param name="to">Receives half as many, with room up to a multiple of 8.</param>
    /// <param name="count">How many it receives.</param>
    /// <param name="width">How many at once.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Halve(byte* row, byte* to, int count, LaneWidth width)
    {
        if (width == LaneWidth.Scalar)
        {
            for (var x = 0; x < count; x++)
            {
                to[x] = (byte)((row[2 * x] + row[(2 * x) + 1] + (x & 1)) >> 1);
            }

            return;
        }

        var rounding = Vector128.Create(0x00010000).AsUInt16();
        for (var x = 0; x < count; x += 8)
        {
            Store((PairSums(row + (2 * x)) + rounding) >>> 1, to + x);
        }
    }

    /// <summary>Two by two samples become one.</summary>
    /// <param name="row">A row of samples; with room to read up to a multiple of 16.</param>
    /// <param name="next">The one below.</param>
    /// <param name="to">Receives half as many, with room up to a multiple of 8.</param>
    /// <param name="count">How many it receives.</param>
    /// <param name="width">How many at once.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Quarter(byte* row, byte* next, byte* to, int count, LaneWidth width)
    {
        if (width == LaneWidth.Scalar)
        {
            for (var x = 0; x < count; x++)
            {
                to[x] = (byte)((row[2 * x] + row[(2 * x) + 1] + next[2 * x] + next[(2 * x) + 1] + 1 + (x & 1)) >> 2);
            }

            return;
        }

        var rounding = Vector128.Create(0x00020001).AsUInt16();
        for (var x = 0; x < count; x += 8)
        {
            Store((PairSums(row + (2 * x)) + PairSums(next + (2 * x)) + rounding) >>> 2, to + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> PairSums(byte* samples)
    {
        var pairs = Vector128.Load(samples).AsUInt16();
        return (pairs & Vector128.Create((ushort)0xFF)) + (pairs >>> 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<ushort> words, byte* to) => *(ulong*)to = Vector128.Narrow(words, words).AsUInt64().ToScalar();
}
