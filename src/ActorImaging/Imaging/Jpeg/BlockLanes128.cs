using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>A block at a time: SSE2, ARM64, and whatever else .NET has 16-byte vectors for.</summary>
internal readonly unsafe struct BlockLanes128 : IBlockLanes<Vector128<short>, Vector128<int>>
{
    public static int Blocks => 1;

    public static Vector128<short> Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Load(short* row) => Vector128.Load(row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<short> words, short* row) => words.Store(row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Repeat(short* row) => Vector128.Load(row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Repeat(short value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> RepeatSum(int value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> LoadSamples(byte* samples) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)samples).AsByte()).AsInt16() - Vector128.Create((short)128);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Add(Vector128<short> left, Vector128<short> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Subtract(Vector128<short> left, Vector128<short> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(Vector128<int> left, Vector128<int> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Subtract(Vector128<int> left, Vector128<int> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Multiply(Vector128<short> left, Vector128<short> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> MultiplyHigh(Vector128<short> left, Vector128<short> right)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyHigh(left.AsUInt16(), right.AsUInt16()).AsInt16();
        }

        var (low, lowOther) = (Vector128.WidenLower(left.AsUInt16()), Vector128.WidenLower(right.AsUInt16()));
        var (high, highOther) = (Vector128.WidenUpper(left.AsUInt16()), Vector128.WidenUpper(right.AsUInt16()));
        return Vector128.Narrow((low * lowOther) >>> 16, (high * highOther) >>> 16).AsInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Abs(Vector128<short> words) => Vector128.Abs(words);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> WithSignOf(Vector128<short> words, Vector128<short> signs)
    {
        var sign = signs >> 15;
        return (words ^ sign) - sign;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> ShiftLeft(Vector128<short> words, int bits) => words << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> ShiftRight(Vector128<short> words, int bits) => words >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> InterleaveLow(Vector128<short> first, Vector128<short> second) =>
        Sse2.IsSupported ? Sse2.UnpackLow(first, second)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(first, second)
        : Vector128.Create(first[0], second[0], first[1], second[1], first[2], second[2], first[3], second[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> InterleaveHigh(Vector128<short> first, Vector128<short> second) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(first, second)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(first, second)
        : Vector128.Create(first[4], second[4], first[5], second[5], first[6], second[6], first[7], second[7]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> InterleavePairsLow(Vector128<short> first, Vector128<short> second)
    {
        var (a, b) = (first.AsInt32(), second.AsInt32());
        return (Sse2.IsSupported ? Sse2.UnpackLow(a, b)
            : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
            : Vector128.Create(a[0], b[0], a[1], b[1])).AsInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> InterleavePairsHigh(Vector128<short> first, Vector128<short> second)
    {
        var (a, b) = (first.AsInt32(), second.AsInt32());
        return (Sse2.IsSupported ? Sse2.UnpackHigh(a, b)
            : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
            : Vector128.Create(a[2], b[2], a[3], b[3])).AsInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> InterleaveFoursLow(Vector128<short> first, Vector128<short> second) =>
        Vector128.Create(first.GetLower(), second.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> InterleaveFoursHigh(Vector128<short> first, Vector128<short> second) =>
        Vector128.Create(first.GetUpper(), second.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyAddPairs(Vector128<short> pairs, int weightPair)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyAddAdjacent(pairs, Vector128.Create(weightPair).AsInt16());
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            var weights = Vector128.Create(weightPair).AsInt16();
            return AdvSimd.Arm64.AddPairwise(
                AdvSimd.MultiplyWideningLower(pairs.GetLower(), weights.GetLower()), AdvSimd.MultiplyWideningUpper(pairs, weights));
        }

        // The first word of a pair is the lower half of an int, the second one the upper
        var first = (pairs.AsInt32() << 16 >> 16) * (weightPair << 16 >> 16);
        return first + ((pairs.AsInt32() >> 16) * (weightPair >> 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Pack(Vector128<int> low, Vector128<int> high, int shift) => Vector128.NarrowWithSaturation(low >> shift, high >> shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NonZero(Vector128<short> first, Vector128<short> second)
    {
        var zeros = Vector128.Narrow(Vector128.Equals(first, default), Vector128.Equals(second, default));
        return ~zeros.ExtractMostSignificantBits() & 0xFFFF;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> OddsThenEvens(Vector128<short> words) => Vector128.Shuffle(words, Vector128.Create((short)1, 3, 5, 7, 2, 6, 0, 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSamples(Vector128<short> row, Vector128<short> nextRow, in BlockPlaces to)
    {
        var samples = Samples(row, nextRow).AsUInt64();
        *(ulong*)to.First = samples[0];
        *(ulong*)(to.First + to.FirstStride) = samples[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalfSamples(Vector128<short> rows, Vector128<short> nextRows, in BlockPlaces to)
    {
        var samples = Samples(rows, nextRows).AsUInt32();
        *(uint*)to.First = samples[0];
        *(uint*)(to.First + to.FirstStride) = samples[1];
        *(uint*)(to.First + (2 * to.FirstStride)) = samples[2];
        *(uint*)(to.First + (3 * to.FirstStride)) = samples[3];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreQuarterSamples(Vector128<short> rows, in BlockPlaces to)
    {
        var samples = Samples(rows, rows).AsUInt16();
        *(ushort*)to.First = samples[0];
        *(ushort*)(to.First + to.FirstStride) = samples[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Samples(Vector128<short> first, Vector128<short> second) =>
        Vector128.NarrowWithSaturation(first, second).AsByte() ^ Vector128.Create((byte)128);
}
