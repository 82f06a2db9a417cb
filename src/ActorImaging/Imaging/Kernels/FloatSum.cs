using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Weighted sums of rows of 32-bit floating point numbers, for pixels with alpha, whose products need more than 16 bits.</summary>
/// <remarks>
/// Multiplication and addition are rounded apart (no fused multiply-add) and in one order, so all widths give identical bits. Rows are
/// whole pixels of four numbers, so a vector of 16 bytes leaves no remainder.
/// </remarks>
internal static unsafe class FloatSum
{
    /// <summary>to[i] = sum over k of (taps[2k][i] + taps[2k + 1][i]) x weights[k].</summary>
    /// <param name="taps">Two for each weight.</param>
    /// <param name="weights">The weights of the tap pairs.</param>
    /// <param name="to">Where the sums go; overlaps no tap.</param>
    /// <param name="count">Numbers a row, a multiple of 4.</param>
    /// <param name="width">How many at once.</param>
    internal static void OfPairs(float** taps, ReadOnlySpan<float> weights, float* to, int count, LaneWidth width)
    {
        var x = 0;
        if (width >= LaneWidth.Widest)
        {
            x = Pairs512(taps, weights, to, count);
        }

        if (width >= LaneWidth.Wide)
        {
            x = Pairs256(taps, weights, to, x, count);
        }

        if (width >= LaneWidth.Narrow)
        {
            x = Pairs128(taps, weights, to, x, count);
        }

        ScalarPairs(taps, weights, to, x, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Pairs512(float** taps, ReadOnlySpan<float> weights, float* to, int count)
    {
        var x = 0;
        for (; x <= count - Vector512<float>.Count; x += Vector512<float>.Count)
        {
            var sum = Vector512<float>.Zero;
            for (var tap = 0; tap < weights.Length; tap++)
            {
                sum += (Vector512.Load(taps[2 * tap] + x) + Vector512.Load(taps[(2 * tap) + 1] + x)) * Vector512.Create(weights[tap]);
            }

            sum.Store(to + x);
        }

        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Pairs256(float** taps, ReadOnlySpan<float> weights, float* to, int x, int count)
    {
        for (; x <= count - (2 * Vector256<float>.Count); x += 2 * Vector256<float>.Count)
        {
            Vector256<float> sum = Vector256<float>.Zero, next = sum;
            for (var tap = 0; tap < weights.Length; tap++)
            {
                float* left = taps[2 * tap] + x, right = taps[(2 * tap) + 1] + x;
                var weight = Vector256.Create(weights[tap]);
                sum += (Vector256.Load(left) + Vector256.Load(right)) * weight;
                next += (Vector256.Load(left + Vector256<float>.Count) + Vector256.Load(right + Vector256<float>.Count)) * weight;
            }

            sum.Store(to + x);
            next.Store(to + x + Vector256<float>.Count);
        }

        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Pairs128(float** taps, ReadOnlySpan<float> weights, float* to, int x, int count)
    {
        for (; x <= count - Vector128<float>.Count; x += Vector128<float>.Count)
        {
            var sum = Vector128<float>.Zero;
            for (var tap = 0; tap < weights.Length; tap++)
            {
                sum += (Vector128.Load(taps[2 * tap] + x) + Vector128.Load(taps[(2 * tap) + 1] + x)) * Vector128.Create(weights[tap]);
            }

            sum.Store(to + x);
        }

        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScalarPairs(float** taps, ReadOnlySpan<float> weights, float* to, int x, int count)
    {
        for (; x < count; x++)
        {
            var sum = 0f;
            for (var tap = 0; tap < weights.Length; tap++)
            {
                sum += (taps[2 * tap][x] + taps[(2 * tap) + 1][x]) * weights[tap];
            }

            to[x] = sum;
        }
    }
}
