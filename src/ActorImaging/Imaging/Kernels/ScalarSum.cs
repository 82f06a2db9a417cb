using System.Runtime.CompilerServices;

namespace ActorImaging.Imaging.Kernels;

/// <summary>The weighted sums one sample at a time: for rows shorter than two vectors, and to check the vectors against.</summary>
internal static unsafe class ScalarSum
{
    /// <summary><see cref="WeightedSum.OfPairs"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Pairs<TIn, TOut>(TIn** taps, int* weights, int pairs, int shift, TOut* to, int count, SecondLook look)
        where TIn : unmanaged
        where TOut : unmanaged
    {
        for (var x = 0; x < count; x++)
        {
            var sum = 1 << shift >> 1;
            for (var pair = 0; pair < pairs; pair++)
            {
                var tap = taps + (4 * pair);
                sum += (Sample(tap[0] + x) + Sample(tap[1] + x)) * (short)weights[pair];
                sum += (Sample(tap[2] + x) + Sample(tap[3] + x)) * (weights[pair] >> 16);
            }

            Store(sum >> shift, to + x);
            if (look.IsNearHalf(sum, shift))
            {
                look.CorrectPairs((byte**)taps, (byte*)to, 1, x);
            }
        }
    }

    /// <summary><see cref="WeightedSum.OfRows"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Rows(byte** taps, int* weights, int pairs, int shift, byte* to, int count, SecondLook look)
    {
        for (var x = 0; x < count; x++)
        {
            var sum = 1 << shift >> 1;
            for (var pair = 0; pair < pairs; pair++)
            {
                sum += taps[2 * pair][x] * (short)weights[pair];
                sum += taps[(2 * pair) + 1][x] * (weights[pair] >> 16);
            }

            Store(sum >> shift, to + x);
            if (look.IsNearHalf(sum, shift))
            {
                look.CorrectRows(taps, to, 1, x);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Sample<T>(T* from)
        where T : unmanaged => typeof(T) == typeof(byte) ? *(byte*)from : *(short*)from;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(int sum, T* to)
        where T : unmanaged
    {
        if (typeof(T) == typeof(byte))
        {
            *(byte*)to = (byte)Math.Clamp(sum, byte.MinValue, byte.MaxValue);
        }
        else
        {
            *(short*)to = (short)Math.Clamp(sum, short.MinValue, short.MaxValue);
        }
    }
}
