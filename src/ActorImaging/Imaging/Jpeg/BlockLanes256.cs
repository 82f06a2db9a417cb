using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>
/// Two blocks at a time: AVX2. Elsewhere made of narrower vectors: right, but of no use save to check. There is no wider one: the blocks that share a
/// table come in twos.
/// </summary>
internal readonly unsafe struct BlockLanes256 : IBlockLanes<Vector256<short>, Vector256<int>>
{
    private const int BlockWords = 64;

    public static int Blocks => 2;

    public static Vector256<short> Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Load(short* row) => Vector256.Create(Vector128.Load(row), Vector128.Load(row + BlockWords));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<short> words, short* row)
    {
        words.GetLower().Store(row);
        words.GetUpper().Store(row + BlockWords);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Repeat(short* row)
    {
        var words = Vector128.Load(row);
        return Vector256.Create(words, words);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Repeat(short value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> RepeatSum(int value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> LoadSamples(byte* samples) =>
        (Avx2.IsSupported ? Avx2.ConvertToVector256Int16(samples) : Vector256.WidenLower(Vector128.Load(samples).ToVector256Unsafe()).AsInt16())
        - Vector256.Create((short)128);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Add(Vector256<short> left, Vector256<short> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Subtract(Vector256<short> left, Vector256<short> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> left, Vector256<int> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Subtract(Vector256<int> left, Vector256<int> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Multiply(Vector256<short> left, Vector256<short> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> MultiplyHigh(Vector256<short> left, Vector256<short> right) => Avx2.IsSupported
        ? Avx2.MultiplyHigh(left.AsUInt16(), right.AsUInt16()).AsInt16()
        : Vector256.Create(
            BlockLanes128.MultiplyHigh(left.GetLower(), right.GetLower()), BlockLanes128.MultiplyHigh(left.GetUpper(), right.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Abs(Vector256<short> words) => Vector256.Abs(words);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> WithSignOf(Vector256<short> words, Vector256<short> signs)
    {
        var sign = signs >> 15;
        return (words ^ sign) - sign;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> ShiftLeft(Vector256<short> words, int bits) => words << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> ShiftRight(Vector256<short> words, int bits) => words >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> InterleaveLow(Vector256<short> first, Vector256<short> second) => Avx2.IsSupported
        ? Avx2.UnpackLow(first, second)
        : Vector256.Create(
            BlockLanes128.InterleaveLow(first.GetLower(), second.GetLower()), BlockLanes128.InterleaveLow(first.GetUpper(), second.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> InterleaveHigh(Vector256<short> first, Vector256<short> second) => Avx2.IsSupported
        ? Avx2.UnpackHigh(first, second)
        : Vector256.Create(
            BlockLanes128.InterleaveHigh(first.GetLower(), second.GetLower()), BlockLanes128.InterleaveHigh(first.GetUpper(), second.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> InterleavePairsLow(Vector256<short> first, Vector256<short> second) => Avx2.IsSupported
        ? Avx2.UnpackLow(first.AsInt32(), second.AsInt32()).AsInt16()
        : Vector256.Create(
            BlockLanes128.InterleavePairsLow(first.GetLower(), second.GetLower()), BlockLanes128.InterleavePairsLow(first.GetUpper(), second.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> InterleavePairsHigh(Vector256<short> first, Vector256<short> second) => Avx2.IsSupported
        ? Avx2.UnpackHigh(first.AsInt32(), second.AsInt32()).AsInt16()
        : Vector256.Create(
            BlockLanes128.InterleavePairsHigh(first.GetLower(), second.GetLower()), BlockLanes128.InterleavePairsHigh(first.GetUpper(), second.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> InterleaveFoursLow(Vector256<short> first, Vector256<short> second) => Avx2.IsSupported
        ? Avx2.UnpackLow(first.AsInt64(), second.AsInt64()).AsInt16()
        : Vector256.Create(
            BlockLanes128.InterleaveFoursLow(first.GetLower(), second.GetLower()), BlockLanes128.InterleaveFoursLow(first.GetUpper(), second.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> InterleaveFoursHigh(Vector256<short> first, Vector256<short> second) => Avx2.IsSupported
        ? Avx2.UnpackHigh(first.AsInt64(), second.AsInt64()).AsInt16()
        : Vector256.Create(
            BlockLanes128.InterleaveFoursHigh(first.GetLower(), second.GetLower()), BlockLanes128.InterleaveFoursHigh(first.GetUpper(), second.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAddPairs(Vector256<short> pairs, int weightPair) => Avx2.IsSupported
        ? Avx2.MultiplyAddAdjacent(pairs, Vector256.Create(weightPair).AsInt16())
        : Vector256.Create(BlockLanes128.MultiplyAddPairs(pairs.GetLower(), weightPair), BlockLanes128.MultiplyAddPairs(pairs.GetUpper(), weightPair));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Pack(Vector256<int> low, Vector256<int> high, int shift) => Avx2.IsSupported
        ? Avx2.PackSignedSaturate(low >> shift, high >> shift)
        : Vector256.Create(
            BlockLanes128.Pack(low.GetLower(), high.GetLower(), shift), BlockLanes128.Pack(low.GetUpper(), high.GetUpper(), shift));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NonZero(Vector256<short> first, Vector256<short> second)
    {
        if (!Avx2.IsSupported)
        {
            return BlockLanes128.NonZero(first.GetLower(), second.GetLower()) | (BlockLanes128.NonZero(first.GetUpper(), second.GetUpper()) << 16);
        }

        var zeros = Avx2.PackSignedSaturate(Avx2.CompareEqual(first, default), Avx2.CompareEqual(second, default));
        return ~(uint)Avx2.MoveMask(zeros);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> OddsThenEvens(Vector256<short> words) => Avx2.IsSupported
        ? Avx2.Shuffle(words.AsByte(), Order).AsInt16()
        : Vector256.Create(BlockLanes128.OddsThenEvens(words.GetLower()), BlockLanes128.OddsThenEvens(words.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSamples(Vector256<short> row, Vector256<short> nextRow, in BlockPlaces to)
    {
        var samples = Samples(row, nextRow).AsUInt64();
        *(ulong*)to.First = samples[0];
        *(ulong*)(to.First + to.FirstStride) = samples[1];
        *(ulong*)to.Second = samples[2];
        *(ulong*)(to.Second + to.SecondStride) = samples[3];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalfSamples(Vector256<short> rows, Vector256<short> nextRows, in BlockPlaces to)
    {
        BlockLanes128.StoreHalfSamples(rows.GetLower(), nextRows.GetLower(), to);
        BlockLanes128.StoreHalfSamples(rows.GetUpper(), nextRows.GetUpper(), to.OfSecond);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreQuarterSamples(Vector256<short> rows, in BlockPlaces to)
    {
        BlockLanes128.StoreQuarterSamples(rows.GetLower(), to);
        BlockLanes128.StoreQuarterSamples(rows.GetUpper(), to.OfSecond);
    }

    /// <summary>The order of <see cref="OddsThenEvens"/>, in bytes.</summary>
    private static Vector256<byte> Order
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(
            (byte)2, 3, 6, 7, 10, 11, 14, 15, 4, 5, 12, 13, 0, 1, 0, 1,
            2, 3, 6, 7, 10, 11, 14, 15, 4, 5, 12, 13, 0, 1, 0, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Samples(Vector256<short> first, Vector256<short> second)
    {
        var packed = Avx2.IsSupported
            ? Avx2.PackSignedSaturate(first, second)
            : Vector256.Create(
                Vector128.NarrowWithSaturation(first.GetLower(), second.GetLower()),
                Vector128.NarrowWithSaturation(first.GetUpper(), second.GetUpper()));
        return packed.AsByte() ^ Vector256.Create((byte)128);
    }
}
