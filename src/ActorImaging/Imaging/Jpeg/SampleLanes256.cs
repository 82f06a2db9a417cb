using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Sixteen samples at a time: AVX2. Elsewhere made of narrower vectors: right, but of no use save to check.</summary>
internal readonly unsafe struct SampleLanes256 : ISampleLanes<Vector256<short>>
{
    public static int Count => Vector256<short>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Load(byte* from) => Avx2.IsSupported
        ? Avx2.ConvertToVector256Int16(from)
        : Vector256.WidenLower(Vector128.Load(from).ToVector256Unsafe()).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Load(short* from) => Vector256.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<short> words, short* to) => words.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<short> words, byte* to) => Vector128.Narrow(words.GetLower().AsUInt16(), words.GetUpper().AsUInt16()).Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreByTurns(Vector256<short> first, Vector256<short> second, byte* to) => (first | (second << 8)).AsByte().Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePixels(Vector256<short> red, Vector256<short> green, Vector256<short> blue, byte* to)
    {
        if (!Avx2.IsSupported)
        {
            SampleLanes128.StorePixels(red.GetLower(), green.GetLower(), blue.GetLower(), to);
            SampleLanes128.StorePixels(red.GetUpper(), green.GetUpper(), blue.GetUpper(), to + (3 * Vector128<short>.Count));
            return;
        }

        // Eight pixels in either half, each of which is put in order by itself: 16 bytes of it, and 8
        Vector256<byte> redGreen = Avx2.PackUnsignedSaturate(red, green), blues = Avx2.PackUnsignedSaturate(blue, blue);
        var upper = Both(Vector128.Create((byte)0, 8, 255, 1, 9, 255, 2, 10, 255, 3, 11, 255, 4, 12, 255, 5));
        var upperBlue = Both(Vector128.Create((byte)255, 255, 0, 255, 255, 1, 255, 255, 2, 255, 255, 3, 255, 255, 4, 255));
        var lower = Both(Vector128.Create((byte)13, 255, 6, 14, 255, 7, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255));
        var lowerBlue = Both(Vector128.Create((byte)255, 5, 255, 255, 6, 255, 255, 7, 255, 255, 255, 255, 255, 255, 255, 255));
        var first = Avx2.Shuffle(redGreen, upper) | Avx2.Shuffle(blues, upperBlue);
        var last = (Avx2.Shuffle(redGreen, lower) | Avx2.Shuffle(blues, lowerBlue)).AsUInt64();
        first.GetLower().Store(to);
        *(ulong*)(to + 16) = last[0];
        first.GetUpper().Store(to + 24);
        *(ulong*)(to + 40) = last[2];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Repeat(short value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Add(Vector256<short> left, Vector256<short> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Subtract(Vector256<short> left, Vector256<short> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> ShiftRight(Vector256<short> words, int bits) => words >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Multiply(Vector256<short> words, short factor) => Avx2.IsSupported
        ? Avx2.MultiplyHigh(words + words, Vector256.Create(factor))
        : Vector256.Create(SampleLanes128.Multiply(words.GetLower(), factor), SampleLanes128.Multiply(words.GetUpper(), factor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Weigh(Vector256<short> first, Vector256<short> second, int weightPair)
    {
        if (!Avx2.IsSupported)
        {
            return Vector256.Create(
                SampleLanes128.Weigh(first.GetLower(), second.GetLower(), weightPair), SampleLanes128.Weigh(first.GetUpper(), second.GetUpper(), weightPair));
        }

        Vector256<short> weights = Vector256.Create(weightPair).AsInt16();
        var half = Vector256.Create(1 << 15);
        var low = (Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(first, second), weights) + half) >> 16;
        var high = (Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(first, second), weights) + half) >> 16;
        return Avx2.PackSignedSaturate(low, high); // unpacking and packing both work within 16 bytes
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Both(Vector128<byte> half) => Vector256.Create(half, half);
}
