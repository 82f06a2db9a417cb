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
    /// <summary>
    /// to[i] = sum over k of (taps[2k][i] + taps[2k + 1][i]) x weight k: for symmetric kernels, at half the multiplications.
    /// </summary>
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
            var look = new SecondLook(fine, real: null, weights.Fine.Length, isPrecise ? weights.Doubt : 0);
            var length = weights.Pairs.Length;
            switch (Fitting(width, count))
            {
                case LaneWidth.Widest:
                    VectorSum.Pairs<WordLanes512, Vector512<short>, Vector512<int>, TIn, TOut>(taps, pairs, length, shift, to, count, look);
                    break;
                case LaneWidth.Wide:
                    VectorSum.Pairs<WordLanes256, Vector256<short>, Vector256<int>, TIn, TOut>(taps, pairs, length, shift, to, count, look);
                    break;
                case LaneWidth.Narrow:
                    VectorSum.Pairs<WordLanes128, Vector128<short>, Vector128<int>, TIn, TOut>(taps, pairs, length, shift, to, count, look);
                    break;
                default:
                    ScalarSum.Pairs(taps, pairs, length, shift, to, count, look);
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
        fixed (double* real = weights.Real)
        {
            var look = new SecondLook(fine, real, weights.Fine.Length, isPrecise ? weights.Doubt : 0);
            var length = weights.Pairs.Length;
            switch (Fitting(width, count))
            {
                case LaneWidth.Widest:
                    VectorSum.Rows<WordLanes512, Vector512<short>, Vector512<int>>(taps, pairs, length, shift, to, count, look);
                    break;
                case LaneWidth.Wide:
                    VectorSum.Rows<WordLanes256, Vector256<short>, Vector256<int>>(taps, pairs, length, shift, to, count, look);
                    break;
                case LaneWidth.Narrow:
                    VectorSum.Rows<WordLanes128, Vector128<short>, Vector128<int>>(taps, pairs, length, shift, to, count, look);
                    break;
                default:
                    ScalarSum.Rows(taps, pairs, length, shift, to, count, look);
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
}
