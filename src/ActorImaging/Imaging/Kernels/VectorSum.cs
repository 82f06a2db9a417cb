using System.Runtime.CompilerServices;

namespace ActorImaging.Imaging.Kernels;

/// <summary>The weighted sums on vectors, two at a time, for rows that hold two.</summary>
/// <remarks>
/// The last step of a row overlaps the one before instead of leaving a remainder. AggressiveOptimization, here and in every hot loop: a
/// batch is over before tiered compilation would have replaced them, which cost 0.9 s once.
/// </remarks>
internal static unsafe class VectorSum
{
    /// <summary><see cref="WeightedSum.OfPairs"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Pairs<TLanes, TWords, TSums, TIn, TOut>(
        TIn** taps, int* weights, int pairs, int shift, TOut* to, int count, SecondLook look)
        where TLanes : IWordLanes<TWords, TSums>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        nint last = count - (2 * TLanes.Count);
        for (nint x = 0; ; x = nint.Min(x + (2 * TLanes.Count), last))
        {
            TSums low = TLanes.Repeat(1 << shift >> 1), high = low, nextLow = low, nextHigh = low;
            var next = x + TLanes.Count;
            for (nint pair = 0; pair < pairs; pair++)
            {
                var tap = taps + (4 * pair);
                var first = TLanes.Add(TLanes.Load(tap[0] + x), TLanes.Load(tap[1] + x));
                var second = TLanes.Add(TLanes.Load(tap[2] + x), TLanes.Load(tap[3] + x));
                low = TLanes.MultiplyAddLow(low, first, second, weights[pair]);
                high = TLanes.MultiplyAddHigh(high, first, second, weights[pair]);
                first = TLanes.Add(TLanes.Load(tap[0] + next), TLanes.Load(tap[1] + next));
                second = TLanes.Add(TLanes.Load(tap[2] + next), TLanes.Load(tap[3] + next));
                nextLow = TLanes.MultiplyAddLow(nextLow, first, second, weights[pair]);
                nextHigh = TLanes.MultiplyAddHigh(nextHigh, first, second, weights[pair]);
            }

            TLanes.Store(low, high, shift, to + x);
            TLanes.Store(nextLow, nextHigh, shift, to + next);
            if (look.Doubt != 0)
            {
                var near = TLanes.NearHalf(low, high, shift, look.Doubt);
                near |= TLanes.NearHalf(nextLow, nextHigh, shift, look.Doubt) << TLanes.Count;
                if (near != 0)
                {
                    look.CorrectPairs((byte**)taps, (byte*)to, near, x);
                }
            }

            if (x == last)
            {
                return;
            }
        }
    }

    /// <summary><see cref="WeightedSum.OfRows"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Rows<TLanes, TWords, TSums>(byte** taps, int* weights, int pairs, int shift, byte* to, int count, SecondLook look)
        where TLanes : IWordLanes<TWords, TSums>
    {
        nint last = count - (2 * TLanes.Count);
        for (nint x = 0; ; x = nint.Min(x + (2 * TLanes.Count), last))
        {
            TSums low = TLanes.Repeat(1 << shift >> 1), high = low, nextLow = low, nextHigh = low;
            var next = x + TLanes.Count;
            for (nint pair = 0; pair < pairs; pair++)
            {
                byte* tap = taps[2 * pair], tapAfter = taps[(2 * pair) + 1];
                TWords first = TLanes.Load(tap + x), second = TLanes.Load(tapAfter + x);
                low = TLanes.MultiplyAddLow(low, first, second, weights[pair]);
                high = TLanes.MultiplyAddHigh(high, first, second, weights[pair]);
                first = TLanes.Load(tap + next);
                second = TLanes.Load(tapAfter + next);
                nextLow = TLanes.MultiplyAddLow(nextLow, first, second, weights[pair]);
                nextHigh = TLanes.MultiplyAddHigh(nextHigh, first, second, weights[pair]);
            }

            TLanes.Store(low, high, shift, to + x);
            TLanes.Store(nextLow, nextHigh, shift, to + next);
            if (look.Doubt != 0)
            {
                var near = TLanes.NearHalf(low, high, shift, look.Doubt);
                near |= TLanes.NearHalf(nextLow, nextHigh, shift, look.Doubt) << TLanes.Count;
                if (near != 0)
                {
                    look.CorrectRows(taps, to, near, x);
                }
            }

            if (x == last)
            {
                return;
            }
        }
    }
}
