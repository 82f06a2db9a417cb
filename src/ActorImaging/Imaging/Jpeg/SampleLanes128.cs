using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Eight samples at a time: SSE2, ARM64, and whatever else .NET has 16-byte vectors for.</summary>
internal readonly unsafe struct SampleLanes128 : ISampleLanes<Vector128<short>>
{
    private const int Half = 1 << 15;

    public static int Count => Vector128<short>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Load(byte* from) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)from).AsByte()).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Load(short* from) => Vector128.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<short> words, short* to) => words.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<short> words, byte* to) => *(ulong*)to = Vector128.Narrow(words, words).AsUInt64().ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreByTurns(Vector128<short> first, Vector128<short> second, byte* to) => (first | (second << 8)).AsByte().Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePixels(Vector128<short> red, Vector128<short> green, Vector128<short> blue, byte* to)
    {
        Vector128<byte> redGreen = Clamp(red, green), blues = Clamp(blue, blue);
        var upper = Vector128.Create((byte)0, 8, 255, 1, 9, 255, 2, 10, 255, 3, 11, 255, 4, 12, 255, 5);
        var upperBlue = Vector128.Create((byte)255, 255, 0, 255, 255, 1, 255, 255, 2, 255, 255, 3, 255, 255, 4, 255);
        var lower = Vector128.Create((byte)13, 255, 6, 14, 255, 7, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255);
        var lowerBlue = Vector128.Create((byte)255, 5, 255, 255, 6, 255, 255, 7, 255, 255, 255, 255, 255, 255, 255, 255);
        (Vector128.ShuffleNative(redGreen, upper) | Vector128.ShuffleNative(blues, upperBlue)).Store(to);
        *(ulong*)(to + 16) = (Vector128.ShuffleNative(redGreen, lower) | Vector128.ShuffleNative(blues, lowerBlue)).AsUInt64().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Repeat(short value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Add(Vector128<short> left, Vector128<short> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Subtract(Vector128<short> left, Vector128<short> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> ShiftRight(Vector128<short> words, int bits) => words >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Multiply(Vector128<short> words, short factor)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyHigh(words + words, Vector128.Create(factor));
        }

        if (AdvSimd.IsSupported)
        {
            return AdvSimd.MultiplyDoublingSaturateHigh(words, Vector128.Create(factor));
        }

        return Vector128.Narrow((Vector128.WidenLower(words) * factor) >> 15, (Vector128.WidenUpper(words) * factor) >> 15);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Weigh(Vector128<short> first, Vector128<short> second, int weightPair)
    {
        var half = Vector128.Create(Half);
        var low = BlockLanes128.MultiplyAddPairs(BlockLanes128.InterleaveLow(first, second), weightPair) + half;
        var high = BlockLanes128.MultiplyAddPairs(BlockLanes128.InterleaveHigh(first, second), weightPair) + half;
        return BlockLanes128.Pack(low, high, 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Clamp(Vector128<short> first, Vector128<short> second)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.PackUnsignedSaturate(first, second);
        }

        Vector128<short> least = default, most = Vector128.Create((short)255);
        return Vector128.Narrow(Vector128.Min(Vector128.Max(first, least), most).AsUInt16(), Vector128.Min(Vector128.Max(second, least), most).AsUInt16());
    }
}
