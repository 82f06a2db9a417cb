using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>
/// The forward discrete cosine transform of blocks of 8x8 samples, and their quantisation, as libjpeg's "islow" has them to the last bit: the algorithm of
/// Loeffler, Ligtenberg and Moschytz (ICASSP 1989) in 13-bit fixed point, rows first, its products of cosines put together to sums of two.
/// </summary>
internal static unsafe class ForwardTransform
{
    /// <summary>Blocks that <see cref="Run"/> does at once.</summary>
    public const int Blocks = 2;

    private const int BlockWords = 64;
    private const int BlockColumns = 8;

    /// <summary>Transforms and quantises <see cref="Blocks"/> blocks of samples that lie side by side.</summary>
    /// <param name="samples">Their first row.</param>
    /// <param name="strideBytes">Bytes from row to row.</param>
    /// <param name="divisors">By what they are divided: <see cref="QuantisationTable.Divisors"/>.</param>
    /// <param name="coefficients">Receives the blocks one behind the other, each row by row.</param>
    /// <param name="nonZero">Receives for each block which of its 64 coefficients are not 0, in the same order.</param>
    /// <param name="width">How many blocks at once.</param>
    public static void Run(byte* samples, long strideBytes, short* divisors, short* coefficients, ulong* nonZero, LaneWidth width)
    {
        if (width >= LaneWidth.Wide)
        {
            ForwardTransform<BlockLanes256, Vector256<short>, Vector256<int>>.Run(samples, strideBytes, divisors, coefficients, nonZero);
        }
        else
        {
            ForwardTransform<BlockLanes128, Vector128<short>, Vector128<int>>.Run(samples, strideBytes, divisors, coefficients, nonZero);
            ForwardTransform<BlockLanes128, Vector128<short>, Vector128<int>>.Run(
                samples + BlockColumns, strideBytes, divisors, coefficients + BlockWords, nonZero + 1);
        }
    }
}

/// <summary><see cref="ForwardTransform"/> on lanes of one width.</summary>
internal static unsafe class ForwardTransform<TLanes, TWords, TSums>
    where TLanes : IBlockLanes<TWords, TSums>
{
    private const int ConstantBits = 13;

    /// <summary>Bits behind the point that the rows keep for the columns.</summary>
    private const int RowBits = 2;

    private const int BlockRows = 8;
    private const int BlockWords = BlockRows * BlockRows;

    // Weights of sums and differences of opposite samples: sums of the algorithm's constants as libjpeg rounds these, hence 10704 beside 10703
    private const int Even2 = 10703 | (4433 << 16), Even6 = 4433 | (-10704 << 16);
    private const int Odd1 = 11363 | (9633 << 16), Odd1Inner = 6437 | (2260 << 16);
    private const int Odd3 = 9633 | (-2259 << 16), Odd3Inner = (-11362 & 0xFFFF) | (-6436 << 16);
    private const int Odd5 = 6437 | (-11362 << 16), Odd5Inner = 2261 | (9633 << 16);
    private const int Odd7 = 2260 | (-6436 << 16), Odd7Inner = 9633 | (-11363 << 16);

    /// <summary>As <see cref="ForwardTransform.Run"/>, for <see cref="IBlockLanes{TWords,TSums}.Blocks"/> blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(byte* samples, long strideBytes, short* divisors, short* coefficients, ulong* nonZero)
    {
        TWords r0 = TLanes.LoadSamples(samples), r1 = TLanes.LoadSamples(samples + strideBytes);
        TWords r2 = TLanes.LoadSamples(samples + (2 * strideBytes)), r3 = TLanes.LoadSamples(samples + (3 * strideBytes));
        TWords r4 = TLanes.LoadSamples(samples + (4 * strideBytes)), r5 = TLanes.LoadSamples(samples + (5 * strideBytes));
        TWords r6 = TLanes.LoadSamples(samples + (6 * strideBytes)), r7 = TLanes.LoadSamples(samples + (7 * strideBytes));
        BlockTransposition<TLanes, TWords, TSums>.Run(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        Transform(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, isFirst: true);
        BlockTransposition<TLanes, TWords, TSums>.Run(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        Transform(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, isFirst: false);
        var (lower, upper) = (QuantiseTwoRows(r0, r1, divisors, coefficients, 0), QuantiseTwoRows(r2, r3, divisors, coefficients, 2));
        Note(lower, upper, nonZero, 0);
        (lower, upper) = (QuantiseTwoRows(r4, r5, divisors, coefficients, 4), QuantiseTwoRows(r6, r7, divisors, coefficients, 6));
        Note(lower, upper, nonZero, 32);
    }

    /// <summary>One dimension: each vector is a sample of the rows (or columns) that are transformed together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform(
        ref TWords r0, ref TWords r1, ref TWords r2, ref TWords r3, ref TWords r4, ref TWords r5, ref TWords r6, ref TWords r7, bool isFirst)
    {
        TWords sum07 = TLanes.Add(r0, r7), difference07 = TLanes.Subtract(r0, r7), sum16 = TLanes.Add(r1, r6), difference16 = TLanes.Subtract(r1, r6);
        TWords sum25 = TLanes.Add(r2, r5), difference25 = TLanes.Subtract(r2, r5), sum34 = TLanes.Add(r3, r4), difference34 = TLanes.Subtract(r3, r4);

        TWords outerSum = TLanes.Add(sum07, sum34), outerDifference = TLanes.Subtract(sum07, sum34);
        TWords innerSum = TLanes.Add(sum16, sum25), innerDifference = TLanes.Subtract(sum16, sum25);
        (r0, r4) = (Scale(TLanes.Add(outerSum, innerSum), isFirst), Scale(TLanes.Subtract(outerSum, innerSum), isFirst));
        TWords evenLow = TLanes.InterleaveLow(outerDifference, innerDifference), evenHigh = TLanes.InterleaveHigh(outerDifference, innerDifference);
        (r2, r6) = (Weigh(evenLow, evenHigh, Even2, isFirst), Weigh(evenLow, evenHigh, Even6, isFirst));

        TWords outerLow = TLanes.InterleaveLow(difference07, difference16), outerHigh = TLanes.InterleaveHigh(difference07, difference16);
        TWords innerLow = TLanes.InterleaveLow(difference25, difference34), innerHigh = TLanes.InterleaveHigh(difference25, difference34);
        r1 = Weigh(outerLow, outerHigh, Odd1, innerLow, innerHigh, Odd1Inner, isFirst);
        r3 = Weigh(outerLow, outerHigh, Odd3, innerLow, innerHigh, Odd3Inner, isFirst);
        r5 = Weigh(outerLow, outerHigh, Odd5, innerLow, innerHigh, Odd5Inner, isFirst);
        r7 = Weigh(outerLow, outerHigh, Odd7, innerLow, innerHigh, Odd7Inner, isFirst);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Scale(TWords words, bool isFirst) => isFirst
        ? TLanes.ShiftLeft(words, RowBits)
        : TLanes.ShiftRight(TLanes.Add(words, TLanes.Repeat((short)(1 << (RowBits - 1)))), RowBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Weigh(TWords low, TWords high, int weights, bool isFirst)
    {
        var shift = isFirst ? ConstantBits - RowBits : ConstantBits + RowBits;
        var half = TLanes.RepeatSum(1 << (shift - 1));
        return TLanes.Pack(TLanes.Add(TLanes.MultiplyAddPairs(low, weights), half), TLanes.Add(TLanes.MultiplyAddPairs(high, weights), half), shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Weigh(TWords low, TWords high, int weights, TWords otherLow, TWords otherHigh, int otherWeights, bool isFirst)
    {
        var shift = isFirst ? ConstantBits - RowBits : ConstantBits + RowBits;
        var half = TLanes.RepeatSum(1 << (shift - 1));
        return TLanes.Pack(
            TLanes.Add(TLanes.MultiplyAddPairs(low, weights), TLanes.Add(TLanes.MultiplyAddPairs(otherLow, otherWeights), half)),
            TLanes.Add(TLanes.MultiplyAddPairs(high, weights), TLanes.Add(TLanes.MultiplyAddPairs(otherHigh, otherWeights), half)),
            shift);
    }

    /// <returns>Which are not 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint QuantiseTwoRows(TWords first, TWords second, short* divisors, short* coefficients, int row)
    {
        first = Quantise(first, divisors + (row * BlockRows));
        second = Quantise(second, divisors + ((row + 1) * BlockRows));
        TLanes.Store(first, coefficients + (row * BlockRows));
        TLanes.Store(second, coefficients + ((row + 1) * BlockRows));
        return TLanes.NonZero(first, second);
    }

    /// <summary>Divides, rounding halves away from 0, by two products of which the upper half is kept; see <see cref="QuantisationTable.Divisors"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Quantise(TWords words, short* divisors)
    {
        var amount = TLanes.Add(TLanes.Abs(words), TLanes.Repeat(divisors));
        amount = TLanes.MultiplyHigh(amount, TLanes.Repeat(divisors + BlockWords));
        amount = TLanes.MultiplyHigh(amount, TLanes.Repeat(divisors + (2 * BlockWords)));
        return TLanes.WithSignOf(amount, words);
    }

    /// <summary>Two rows' bits of each block, and the next two's, to where they belong.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Note(uint rows, uint nextRows, ulong* nonZero, int at)
    {
        for (var block = 0; block < TLanes.Blocks; block++)
        {
            ulong bits = ((rows >> (16 * block)) & 0xFFFF) | ((nextRows >> (16 * block)) << 16);
            nonZero[block] = at == 0 ? bits : nonZero[block] | (bits << at);
        }
    }
}
