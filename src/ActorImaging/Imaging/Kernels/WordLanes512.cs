using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// Thirty-two words at a time: AVX-512. Elsewhere .NET composes it of narrower vectors: right, but of no use save to check.
/// </summary>
internal readonly unsafe struct WordLanes512 : IWordLanes<Vector512<short>, Vector512<int>>
{
    public static int Count => Vector512<short>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Load<T>(T* from)
        where T : unmanaged => typeof(T) == typeof(byte)
            ? Vector512.WidenLower(Vector256.Load((byte*)from).ToVector512Unsafe()).AsInt16()
            : Vector512.Load((short*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Add(Vector512<short> left, Vector512<short> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Repeat(int value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyAddLow(Vector512<int> sums, Vector512<short> first, Vector512<short> second, int weightPair)
    {
        return Avx512BW.IsSupported
            ? sums + Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(first, second), Vector512.Create(weightPair).AsInt16())
            : sums + (Vector512.WidenLower(first) * (int)(short)weightPair) + (Vector512.WidenLower(second) * (weightPair >> 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyAddHigh(Vector512<int> sums, Vector512<short> first, Vector512<short> second, int weightPair)
    {
        return Avx512BW.IsSupported
            ? sums + Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(first, second), Vector512.Create(weightPair).AsInt16())
            : sums + (Vector512.WidenUpper(first) * (int)(short)weightPair) + (Vector512.WidenUpper(second) * (weightPair >> 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NearHalf(Vector512<int> low, Vector512<int> high, int shift, int doubt)
    {
        Vector512<int> margin = Vector512.Create(doubt), fraction = Vector512.Create((1 << shift) - 1);
        var lowNear = Vector512.LessThanOrEqual((low + margin) & fraction, margin + margin);
        var highNear = Vector512.LessThanOrEqual((high + margin) & fraction, margin + margin);
        var near = Avx512BW.IsSupported ? Avx512BW.PackSignedSaturate(lowNear, highNear) : Vector512.Narrow(lowNear, highNear);
        return near.ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector512<int> low, Vector512<int> high, int shift, T* to)
        where T : unmanaged
    {
        // Unpacking and packing both work within 128-bit lanes, so packing restores the order that unpacking broke
        var words = Avx512BW.IsSupported
            ? Avx512BW.PackSignedSaturate(low >> shift, high >> shift)
            : Vector512.NarrowWithSaturation(low >> shift, high >> shift);
        if (typeof(T) == typeof(short))
        {
            words.Store((short*)to);
            return;
        }

        var bytes = Vector512.Max(Vector512.Min(words, Vector512.Create((short)255)), Vector512<short>.Zero).AsUInt16();
        Vector256.Narrow(bytes.GetLower(), bytes.GetUpper()).Store((byte*)to);
    }
}
