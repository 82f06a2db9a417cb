using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Sixteen words at a time: AVX2. Elsewhere .NET composes it of narrower vectors: right, but of no use save to check.</summary>
internal readonly unsafe struct WordLanes256 : IWordLanes<Vector256<short>, Vector256<int>>
{
    public static int Count => Vector256<short>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Load<T>(T* from)
        where T : unmanaged => typeof(T) != typeof(byte) ? Vector256.Load((short*)from)
            : Avx2.IsSupported ? Avx2.ConvertToVector256Int16((byte*)from)
            : Vector256.WidenLower(Vector128.Load((byte*)from).ToVector256Unsafe()).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Add(Vector256<short> left, Vector256<short> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Repeat(int value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAddLow(Vector256<int> sums, Vector256<short> first, Vector256<short> second, int weightPair)
    {
        return Avx2.IsSupported
            ? sums + Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(first, second), Vector256.Create(weightPair).AsInt16())
            : sums + (Vector256.WidenLower(first) * (int)(short)weightPair) + (Vector256.WidenLower(second) * (weightPair >> 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAddHigh(Vector256<int> sums, Vector256<short> first, Vector256<short> second, int weightPair)
    {
        return Avx2.IsSupported
            ? sums + Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(first, second), Vector256.Create(weightPair).AsInt16())
            : sums + (Vector256.WidenUpper(first) * (int)(short)weightPair) + (Vector256.WidenUpper(second) * (weightPair >> 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NearHalf(Vector256<int> low, Vector256<int> high, int shift, int doubt)
    {
        Vector256<int> margin = Vector256.Create(doubt), fraction = Vector256.Create((1 << shift) - 1);
        var lowNear = Vector256.LessThanOrEqual((low + margin) & fraction, margin + margin);
        var highNear = Vector256.LessThanOrEqual((high + margin) & fraction, margin + margin);
        var near = Avx2.IsSupported ? Avx2.PackSignedSaturate(lowNear, highNear) : Vector256.Narrow(lowNear, highNear);
        return near.ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector256<int> low, Vector256<int> high, int shift, T* to)
        where T : unmanaged
    {
        // Unpacking and packing both work within 128-bit lanes, so packing restores the order that unpacking broke
        var words = Avx2.IsSupported
            ? Avx2.PackSignedSaturate(low >> shift, high >> shift)
            : Vector256.NarrowWithSaturation(low >> shift, high >> shift);
        if (typeof(T) == typeof(short))
        {
            words.Store((short*)to);
            return;
        }

        var bytes = Vector256.Max(Vector256.Min(words, Vector256.Create((short)255)), Vector256<short>.Zero).AsUInt16();
        Vector128.Narrow(bytes.GetLower(), bytes.GetUpper()).Store((byte*)to);
    }
}
