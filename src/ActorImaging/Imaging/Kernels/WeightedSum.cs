using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// Weighted sums of rows, sample by sample, in fixed point: what every convolution and resampling here comes down to. Vertically the taps
/// are rows of the picture; horizontally they are one row, shifted.
/// </summary>
/// <remarks>
/// Samples and results are bytes or words (short). The sum is rounded half up and clamped to the result's range. All widths compute the
/// same integers, so their bytes are identical. A precise sum looks twice at what is within the fixed-point error of a half, see
/// <see cref="SecondLook"/>.
/// </remarks>
internal static unsafe class WeightedSum
{
    /// <summary>to[i] = sum over k of (taps[2k][i] + taps[2k + 1][i]) x weight k: for symmetric kernels, at half the multiplications.</summary>
    /// <param name="taps">Four for each pair of weights.</param>
    /// <param name="weights">The weights of the tap pairs.</param>
    /// <param name="shift">Bits to drop from the sum.</param>
    /// <param name="to">Where the results go; overlaps no tap.</param>
    /// <param name="count">Samples a row.</param>
    /// <param name="width">How many at once.</param>
    /// <param name="isPrecise">Whether to look twice, for bytes only.</param>
    internal static void OfPairs<TIn, TOut>(
        TIn** taps, FixedPointWeights weights, int shift, TOut* to, int count, LaneWidth width, bool isPrecise)
        where TIn : unmanaged
        where TOut : unmanaged
    {
        fixed (int* pairs = weights.Pairs)
        fixed (long* fine = weights.Fine)
        {
            var look = new SecondLook(fine, weights.Fine.Length, isPrecise ? weights.Doubt : 0);
            var pairCount = weights.Pairs.Length;
            switch (Fitting(width, count))
            {
                case LaneWidth.Widest:
                    Pairs<WordLanes512, Vector512<short>, Vector512<int>, TIn, TOut>(taps, pairs, pairCount, shift, to, count, look);
                    break;
                case LaneWidth.Wide:
                    Pairs<WordLanes256, Vector256<short>, Vector256<int>, TIn, TOut>(taps, pairs, pairCount, shift, to, count, look);
                    break;
                case LaneWidth.Narrow:
                    Pairs<WordLanes128, Vector128<short>, Vector128<int>, TIn, TOut>(taps, pairs, pairCount, shift, to, count, look);
                    break;
                default:
                    ScalarPairs(taps, pairs, pairCount, shift, to, count, look);
                    break;
            }
        }
    }

    /// <summary>to[i] = sum over k of taps[k][i] x weight k.</summary>
    /// <param name="taps">Two for each pair of weights.</param>
    /// <param name="weights">The weights of the taps.</param>
    /// <param name="to">Where the results go; overlaps no tap.</param>
    /// <param name="count">Samples a row.</param>
    /// <param name="width">How many at once.</param>
    /// <param name="isPrecise">Whether to look twice, for bytes only.</param>
    internal static void OfRows(byte** taps, FixedPointWeights weights, byte* to, int count, LaneWidth width, bool isPrecise)
    {
        var shift = weights.Shift;
        fixed (int* pairs = weights.Pairs)
        fixed (long* fine = weights.Fine)
        {
            var look = new SecondLook(fine, weights.Fine.Length, isPrecise ? weights.Doubt : 0);
            var pairCount = weights.Pairs.Length;
            switch (Fitting(width, count))
            {
                case LaneWidth.Widest:
                    Rows<WordLanes512, Vector512<short>, Vector512<int>>(taps, pairs, pairCount, shift, to, count, look);
                    break;
                case LaneWidth.Wide:
                    Rows<WordLanes256, Vector256<short>, Vector256<int>>(taps, pairs, pairCount, shift, to, count, look);
                    break;
                case LaneWidth.Narrow:
                    Rows<WordLanes128, Vector128<short>, Vector128<int>>(taps, pairs, pairCount, shift, to, count, look);
                    break;
                default:
                    ScalarRows(taps, pairs, pairCount, shift, to, count, look);
                    break;
            }
        }
    }

    /// <summary>The widest vectors, at most <paramref name="width"/>, of which two fit into a row.</summary>
    private static LaneWidth Fitting(LaneWidth width, int count)
    {
        while (width > LaneWidth.Scalar && count < 8 << (int)width)
        {
            width--;
        }

        return width;
    }

    // The last step of a row overlaps the one before instead of leaving a remainder. AggressiveOptimization: a batch is over before tiered
    // compilation would have replaced these loops
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pairs<TLanes, TWords, TSums, TIn, TOut>(TIn** taps, int* weights, int pairs, int shift, TOut* to, int count, SecondLook look)
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<TLanes, TWords, TSums>(byte** taps, int* weights, int pairs, int shift, byte* to, int count, SecondLook look)
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScalarPairs<TIn, TOut>(TIn** taps, int* weights, int pairs, int shift, TOut* to, int count, SecondLook look)
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScalarRows(byte** taps, int* weights, int pairs, int shift, byte* to, int count, SecondLook look)
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
