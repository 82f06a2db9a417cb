using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// Weighted sums of rows, sample by sample, in fixed point: what every convolution and resampling here comes down to. Vertically the taps
/// are rows of the picture; horizontally they are one row, shifted.
/// </summary>
/// <remarks>
/// Samples and results are bytes or words (short). The sum is rounded half up and clamped to the result's range. All widths compute the
/// same integers, so their bytes are identical.
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
    /// <param name="doubtful">Where doubtful results are noted, if they matter.</param>
    internal static void OfPairs<TIn, TOut>(
        TIn** taps, FixedPointWeights weights, int shift, TOut* to, int count, LaneWidth width, DoubtfulSamples? doubtful = null)
        where TIn : unmanaged
        where TOut : unmanaged
    {
        var notes = new Notes(doubtful, weights.Doubt);
        fixed (int* pairs = weights.Pairs)
        {
            var pairCount = weights.Pairs.Length;
            var noted = Fitting(width, count) switch
            {
                LaneWidth.Widest => Pairs<WordLanes512, Vector512<short>, Vector512<int>, TIn, TOut>(taps, pairs, pairCount, shift, to, count, notes),
                LaneWidth.Wide => Pairs<WordLanes256, Vector256<short>, Vector256<int>, TIn, TOut>(taps, pairs, pairCount, shift, to, count, notes),
                LaneWidth.Narrow => Pairs<WordLanes128, Vector128<short>, Vector128<int>, TIn, TOut>(taps, pairs, pairCount, shift, to, count, notes),
                _ => ScalarPairs(taps, pairs, pairCount, shift, to, count, notes),
            };
            doubtful?.Count = noted;
        }
    }

    /// <summary>to[i] = sum over k of taps[k][i] x weight k.</summary>
    /// <param name="taps">Two for each pair of weights.</param>
    /// <param name="weights">The weights of the taps.</param>
    /// <param name="to">Where the results go; overlaps no tap.</param>
    /// <param name="count">Samples a row.</param>
    /// <param name="width">How many at once.</param>
    /// <param name="doubtful">Where doubtful results are noted, if they matter.</param>
    internal static void OfRows(byte** taps, FixedPointWeights weights, byte* to, int count, LaneWidth width, DoubtfulSamples? doubtful)
    {
        var notes = new Notes(doubtful, weights.Doubt);
        var shift = weights.Shift;
        fixed (int* pairs = weights.Pairs)
        {
            var pairCount = weights.Pairs.Length;
            var noted = Fitting(width, count) switch
            {
                LaneWidth.Widest => Rows<WordLanes512, Vector512<short>, Vector512<int>>(taps, pairs, pairCount, shift, to, count, notes),
                LaneWidth.Wide => Rows<WordLanes256, Vector256<short>, Vector256<int>>(taps, pairs, pairCount, shift, to, count, notes),
                LaneWidth.Narrow => Rows<WordLanes128, Vector128<short>, Vector128<int>>(taps, pairs, pairCount, shift, to, count, notes),
                _ => ScalarRows(taps, pairs, pairCount, shift, to, count, notes),
            };
            doubtful?.Count = noted;
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
    private static int Pairs<TLanes, TWords, TSums, TIn, TOut>(TIn** taps, int* weights, int pairs, int shift, TOut* to, int count, Notes notes)
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
            if (notes.Doubt != 0)
            {
                notes.Add(TLanes.NearHalf(low, high, shift, notes.Doubt), x);
                notes.Add(TLanes.NearHalf(nextLow, nextHigh, shift, notes.Doubt), next);
            }

            if (x == last)
            {
                return notes.Count;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Rows<TLanes, TWords, TSums>(byte** taps, int* weights, int pairs, int shift, byte* to, int count, Notes notes)
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
            if (notes.Doubt != 0)
            {
                notes.Add(TLanes.NearHalf(low, high, shift, notes.Doubt), x);
                notes.Add(TLanes.NearHalf(nextLow, nextHigh, shift, notes.Doubt), next);
            }

            if (x == last)
            {
                return notes.Count;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ScalarPairs<TIn, TOut>(TIn** taps, int* weights, int pairs, int shift, TOut* to, int count, Notes notes)
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
            if (notes.Doubt != 0 && ((sum + notes.Doubt) & ((1 << shift) - 1)) <= 2 * notes.Doubt)
            {
                notes.Add(1, x);
            }
        }

        return notes.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ScalarRows(byte** taps, int* weights, int pairs, int shift, byte* to, int count, Notes notes)
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
            if (notes.Doubt != 0 && ((sum + notes.Doubt) & ((1 << shift) - 1)) <= 2 * notes.Doubt)
            {
                notes.Add(1, x);
            }
        }

        return notes.Count;
    }

    /// <summary>The indices of doubtful results while a row is summed.</summary>
    private ref struct Notes(DoubtfulSamples? doubtful, int doubt)
    {
        private readonly int* _indices = doubtful is null ? null : doubtful.Indices;

        /// <summary>How near to a half is doubtful; 0 if nobody wants to know.</summary>
        internal readonly int Doubt { get; } = doubtful is null ? 0 : doubt;

        internal int Count { get; private set; }

        /// <summary>Notes index <paramref name="first"/> + i for every bit i.</summary>
        internal void Add(ulong bits, nint first)
        {
            for (; bits != 0; bits &= bits - 1)
            {
                _indices[Count++] = (int)first + BitOperations.TrailingZeroCount(bits);
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
