using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>
/// The inverse discrete cosine transforms of 8x8 coefficients to 8x8, 4x4, 2x2 or 1 sample, as libjpeg's "islow" and its reduced transforms have them to the
/// last bit: columns first, in 13-bit fixed point, the products of cosines put together to sums of two.
/// </summary>
internal static unsafe class InverseTransform
{
    /// <summary>Blocks that <see cref="Run"/> does at once.</summary>
    public const int Blocks = 2;

    private const int BlockWords = 64;
    private const int Middle = 128;

    /// <summary>Transforms two blocks whose coefficients are stored one behind the other.</summary>
    /// <param name="coefficients">The coefficients, row by row.</param>
    /// <param name="steps">What they are multiplied by, of either block, likewise.</param>
    /// <param name="samples">Rows and columns to make of them: 8, 4, 2 or 1.</param>
    /// <param name="to">Where the samples go.</param>
    /// <param name="width">How many blocks at once.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(short* coefficients, short* steps, int samples, in BlockPlaces to, LaneWidth width)
    {
        if (samples == 1)
        {
            *to.First = Level(coefficients, steps);
            *to.Second = Level(coefficients + BlockWords, steps + BlockWords);
        }
        else if (width >= LaneWidth.Wide)
        {
            InverseTransform<BlockLanes256, Vector256<short>, Vector256<int>>.Run(coefficients, steps, samples, to);
        }
        else
        {
            InverseTransform<BlockLanes128, Vector128<short>, Vector128<int>>.Run(coefficients, steps, samples, to);
            InverseTransform<BlockLanes128, Vector128<short>, Vector128<int>>.Run(coefficients + BlockWords, steps + BlockWords, samples, to.OfSecond);
        }
    }

    /// <summary>The same for two blocks that have nothing but DC coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunDcOnly(short* coefficients, short* steps, int samples, in BlockPlaces to)
    {
        var (first, second) = (Level(coefficients, steps), Level(coefficients + BlockWords, steps + BlockWords));
        for (var row = 0; row < samples; row++)
        {
            Fill(to.First + (row * to.FirstStride), samples, first);
            Fill(to.Second + (row * to.SecondStride), samples, second);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill(byte* row, int samples, byte level)
    {
        var levels = level * 0x0101010101010101UL;
        switch (samples)
        {
            case 8:
                *(ulong*)row = levels;
                break;
            case 4:
                *(uint*)row = (uint)levels;
                break;
            case 2:
                *(ushort*)row = (ushort)levels;
                break;
            default:
                *row = level;
                break;
        }
    }

    /// <summary>The mean of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Level(short* coefficients, short* steps) =>
        (byte)Math.Clamp((((*coefficients * (ushort)*steps) + 4) >> 3) + Middle, byte.MinValue, byte.MaxValue);
}

/// <summary><see cref="InverseTransform"/> on lanes of one width.</summary>
internal static unsafe class InverseTransform<TLanes, TWords, TSums>
    where TLanes : IBlockLanes<TWords, TSums>
{
    private const int ConstantBits = 13;

    /// <summary>Bits behind the point that the columns keep for the rows.</summary>
    private const int ColumnBits = 2;

    /// <summary>The coefficients are eight times what the algorithm works with.</summary>
    private const int ScaleBits = 3;

    private const int Row = 8;

    // Weights of pairs of coefficients; sums of the algorithm's constants as libjpeg rounds these, hence 10704 beside 10703
    private const int One = 1 << ConstantBits;
    private const int Sum04 = One | (One << 16), Difference04 = One | (-One << 16);
    private const int Outer26 = 10703 | (4433 << 16), Inner26 = 4433 | (-10704 << 16);
    private const int First13 = 11363 | (9633 << 16), First57 = 6437 | (2260 << 16);
    private const int Second13 = 9633 | (-2259 << 16), Second57 = (-11362 & 0xFFFF) | (-6436 << 16);
    private const int Third13 = 6437 | (-11362 << 16), Third57 = 2261 | (9633 << 16);
    private const int Fourth13 = 2260 | (-6436 << 16), Fourth57 = 9633 | (-11363 << 16);

    // The same for four samples, whose sums have one bit more, and for two, whose have two
    private const int Half0 = One << 1, Half26 = 15137 | (-6270 << 16);
    private const int HalfOuter13 = 20995 | (7373 << 16), HalfOuter57 = (-4926 & 0xFFFF) | (-4176 << 16);
    private const int HalfInner13 = 8697 | (-17799 << 16), HalfInner57 = 11893 | (-1730 << 16);
    private const int Quarter00 = (One << 1) | (One << 17);
    private const int Quarter13 = 29692 | (-10426 << 16), Quarter57 = 6967 | (-5906 << 16);

    /// <summary>As <see cref="InverseTransform.Run"/>, for <see cref="IBlockLanes{TWords,TSums}.Blocks"/> blocks and more samples than one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(short* coefficients, short* steps, int samples, in BlockPlaces to)
    {
        switch (samples)
        {
            case 8:
                Run8(coefficients, steps, to);
                break;
            case 4:
                Run4(coefficients, steps, to);
                break;
            default:
                Run2(coefficients, steps, to);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run8(short* coefficients, short* steps, in BlockPlaces to)
    {
        TWords r0 = Load(coefficients, steps, 0), r1 = Load(coefficients, steps, 1), r2 = Load(coefficients, steps, 2), r3 = Load(coefficients, steps, 3);
        TWords r4 = Load(coefficients, steps, 4), r5 = Load(coefficients, steps, 5), r6 = Load(coefficients, steps, 6), r7 = Load(coefficients, steps, 7);
        Transform(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, ConstantBits - ColumnBits);
        BlockTransposition<TLanes, TWords, TSums>.Run(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        Transform(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, ConstantBits + ColumnBits + ScaleBits);
        BlockTransposition<TLanes, TWords, TSums>.Run(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        TLanes.StoreSamples(r0, r1, to);
        TLanes.StoreSamples(r2, r3, to.Below(2));
        TLanes.StoreSamples(r4, r5, to.Below(4));
        TLanes.StoreSamples(r6, r7, to.Below(6));
    }

    /// <summary>Coefficients 4 count for nothing in either direction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run4(short* coefficients, short* steps, in BlockPlaces to)
    {
        const int shift = ConstantBits - ColumnBits + 1;
        TWords r0 = Load(coefficients, steps, 0), r1 = Load(coefficients, steps, 1), r2 = Load(coefficients, steps, 2), r3 = Load(coefficients, steps, 3);
        TWords r5 = Load(coefficients, steps, 5), r6 = Load(coefficients, steps, 6), r7 = Load(coefficients, steps, 7);
        Halve(Low(r0, r0), Low(r2, r6), Low(r1, r3), Low(r5, r7), shift, out var low0, out var low1, out var low2, out var low3);
        Halve(High(r0, r0), High(r2, r6), High(r1, r3), High(r5, r7), shift, out var high0, out var high1, out var high2, out var high3);

        // Each row's coefficients in the order 1 3 5 7 2 6 0 0; then all rows' pairs side by side
        TWords m0 = TLanes.OddsThenEvens(TLanes.Pack(low0, high0, shift)), m1 = TLanes.OddsThenEvens(TLanes.Pack(low1, high1, shift));
        TWords m2 = TLanes.OddsThenEvens(TLanes.Pack(low2, high2, shift)), m3 = TLanes.OddsThenEvens(TLanes.Pack(low3, high3, shift));
        TWords odds01 = TLanes.InterleavePairsLow(m0, m1), odds23 = TLanes.InterleavePairsLow(m2, m3);
        TWords evens01 = TLanes.InterleavePairsHigh(m0, m1), evens23 = TLanes.InterleavePairsHigh(m2, m3);
        Halve(
            TLanes.InterleaveFoursHigh(evens01, evens23),
            TLanes.InterleaveFoursLow(evens01, evens23),
            TLanes.InterleaveFoursLow(odds01, odds23),
            TLanes.InterleaveFoursHigh(odds01, odds23),
            ConstantBits + ColumnBits + ScaleBits + 1,
            out low0,
            out low1,
            out low2,
            out low3);

        // Columns of four rows each become rows
        const int rowShift = ConstantBits + ColumnBits + ScaleBits + 1;
        TWords columns01 = TLanes.Pack(low0, low1, rowShift), columns23 = TLanes.Pack(low2, low3, rowShift);
        TWords columns02 = Low(columns01, columns23), columns13 = High(columns01, columns23);
        TLanes.StoreHalfSamples(Low(columns02, columns13), High(columns02, columns13), to);
    }

    /// <summary>Coefficients 2, 4 and 6 count for nothing in either direction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run2(short* coefficients, short* steps, in BlockPlaces to)
    {
        const int shift = ConstantBits - ColumnBits + 2, rowShift = ConstantBits + ColumnBits + ScaleBits + 2;
        TWords r0 = Load(coefficients, steps, 0), r1 = Load(coefficients, steps, 1), r3 = Load(coefficients, steps, 3);
        TWords r5 = Load(coefficients, steps, 5), r7 = Load(coefficients, steps, 7);
        Quarter(Low(r0, r0), Low(r1, r3), Low(r5, r7), shift, out var low0, out var low1);
        Quarter(High(r0, r0), High(r1, r3), High(r5, r7), shift, out var high0, out var high1);

        TWords m0 = TLanes.OddsThenEvens(TLanes.Pack(low0, high0, shift)), m1 = TLanes.OddsThenEvens(TLanes.Pack(low1, high1, shift));
        TWords odds = TLanes.InterleavePairsLow(m0, m1), evens = TLanes.InterleavePairsHigh(m0, m1);
        Quarter(TLanes.InterleaveFoursHigh(evens, evens), odds, TLanes.InterleaveFoursHigh(odds, odds), rowShift, out low0, out low1);

        // x0 of both rows, x1 of both rows
        var columns = TLanes.Pack(low0, low1, rowShift);
        TLanes.StoreQuarterSamples(Low(columns, TLanes.InterleaveFoursHigh(columns, columns)), to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Load(short* coefficients, short* steps, int row) =>
        TLanes.Multiply(TLanes.Load(coefficients + (row * Row)), TLanes.Load(steps + (row * Row)));

    /// <summary>One dimension: each vector is a coefficient of the columns (or rows) that are transformed together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform(
        ref TWords r0, ref TWords r1, ref TWords r2, ref TWords r3, ref TWords r4, ref TWords r5, ref TWords r6, ref TWords r7, int shift)
    {
        TWords low04 = Low(r0, r4), low26 = Low(r2, r6), low13 = Low(r1, r3), low57 = Low(r5, r7);
        TWords high04 = High(r0, r4), high26 = High(r2, r6), high13 = High(r1, r3), high57 = High(r5, r7);

        TSums low = Even(low04, Sum04, shift), high = Even(high04, Sum04, shift);
        TSums lowOther = TLanes.MultiplyAddPairs(low26, Outer26), highOther = TLanes.MultiplyAddPairs(high26, Outer26);
        Combine(TLanes.Add(low, lowOther), TLanes.Add(high, highOther), low13, high13, First13, low57, high57, First57, shift, out r0, out r7);
        Combine(TLanes.Subtract(low, lowOther), TLanes.Subtract(high, highOther), low13, high13, Fourth13, low57, high57, Fourth57, shift, out r3, out r4);

        (low, high) = (Even(low04, Difference04, shift), Even(high04, Difference04, shift));
        (lowOther, highOther) = (TLanes.MultiplyAddPairs(low26, Inner26), TLanes.MultiplyAddPairs(high26, Inner26));
        Combine(TLanes.Add(low, lowOther), TLanes.Add(high, highOther), low13, high13, Second13, low57, high57, Second57, shift, out r1, out r6);
        Combine(TLanes.Subtract(low, lowOther), TLanes.Subtract(high, highOther), low13, high13, Third13, low57, high57, Third57, shift, out r2, out r5);
    }

    /// <summary>A pair of samples that lie opposite: the even sum and the odd one, added and subtracted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Combine(
        TSums low, TSums high, TWords low13, TWords high13, int weights13, TWords low57, TWords high57, int weights57, int shift, out TWords near, out TWords far)
    {
        var lowOdd = TLanes.Add(TLanes.MultiplyAddPairs(low13, weights13), TLanes.MultiplyAddPairs(low57, weights57));
        var highOdd = TLanes.Add(TLanes.MultiplyAddPairs(high13, weights13), TLanes.MultiplyAddPairs(high57, weights57));
        near = TLanes.Pack(TLanes.Add(low, lowOdd), TLanes.Add(high, highOdd), shift);
        far = TLanes.Pack(TLanes.Subtract(low, lowOdd), TLanes.Subtract(high, highOdd), shift);
    }

    /// <summary>One dimension to four samples, not shifted yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halve(
        TWords pairs00, TWords pairs26, TWords pairs13, TWords pairs57, int shift, out TSums s0, out TSums s1, out TSums s2, out TSums s3)
    {
        var even = Even(pairs00, Half0, shift);
        var other = TLanes.MultiplyAddPairs(pairs26, Half26);
        var outer = TLanes.Add(TLanes.MultiplyAddPairs(pairs13, HalfOuter13), TLanes.MultiplyAddPairs(pairs57, HalfOuter57));
        var inner = TLanes.Add(TLanes.MultiplyAddPairs(pairs13, HalfInner13), TLanes.MultiplyAddPairs(pairs57, HalfInner57));
        TSums sum = TLanes.Add(even, other), difference = TLanes.Subtract(even, other);
        (s0, s1) = (TLanes.Add(sum, outer), TLanes.Add(difference, inner));
        (s2, s3) = (TLanes.Subtract(difference, inner), TLanes.Subtract(sum, outer));
    }

    /// <summary>One dimension to two samples, not shifted yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(TWords pairs00, TWords pairs13, TWords pairs57, int shift, out TSums s0, out TSums s1)
    {
        var even = Even(pairs00, Quarter00, shift);
        var odd = TLanes.Add(TLanes.MultiplyAddPairs(pairs13, Quarter13), TLanes.MultiplyAddPairs(pairs57, Quarter57));
        (s0, s1) = (TLanes.Add(even, odd), TLanes.Subtract(even, odd));
    }

    /// <summary>With a half added, for the shift to round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSums Even(TWords pairs, int weights, int shift) =>
        TLanes.Add(TLanes.MultiplyAddPairs(pairs, weights), TLanes.RepeatSum(1 << (shift - 1)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Low(TWords first, TWords second) => TLanes.InterleaveLow(first, second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords High(TWords first, TWords second) => TLanes.InterleaveHigh(first, second);
}
