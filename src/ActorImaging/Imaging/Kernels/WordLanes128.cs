using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Eight words at a time: SSE2, ARM64, and whatever else .NET has 16-byte vectors for.</summary>
internal readonly unsafe struct WordLanes128 : IWordLanes<Vector128<short>, Vector128<int>>
{
    public static int Count => Vector128<short>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Load<T>(T* from)
        where T : unmanaged => typeof(T) == typeof(byte)
            ? Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)from).AsByte()).AsInt16()
            : Vector128.Load((short*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Add(Vector128<short> left, Vector128<short> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Repeat(int value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyAddLow(Vector128<int> sums, Vector128<short> first, Vector128<short> second, int weightPair)
    {
        if (Sse2.IsSupported)
        {
            return sums + Sse2.MultiplyAddAdjacent(Sse2.UnpackLow(first, second), Vector128.Create(weightPair).AsInt16());
        }

        if (AdvSimd.IsSupported)
        {
            sums = AdvSimd.MultiplyWideningLowerAndAdd(sums, first.GetLower(), Vector64.Create((short)weightPair));
            return AdvSimd.MultiplyWideningLowerAndAdd(sums, second.GetLower(), Vector64.Create((short)(weightPair >> 16)));
        }

        return sums + (Vector128.WidenLower(first) * (int)(short)weightPair) + (Vector128.WidenLower(second) * (weightPair >> 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyAddHigh(Vector128<int> sums, Vector128<short> first, Vector128<short> second, int weightPair)
    {
        if (Sse2.IsSupported)
        {
            return sums + Sse2.MultiplyAddAdjacent(Sse2.UnpackHigh(first, second), Vector128.Create(weightPair).AsInt16());
        }

        if (AdvSimd.IsSupported)
        {
            sums = AdvSimd.MultiplyWideningUpperAndAdd(sums, first, Vector128.Create((short)weightPair));
            return AdvSimd.MultiplyWideningUpperAndAdd(sums, second, Vector128.Create((short)(weightPair >> 16)));
        }

        return sums + (Vector128.WidenUpper(first) * (int)(short)weightPair) + (Vector128.WidenUpper(second) * (weightPair >> 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NearHalf(Vector128<int> low, Vector128<int> high, int shift, int doubt)
    {
        Vector128<int> margin = Vector128.Create(doubt), fraction = Vector128.Create((1 << shift) - 1);
        var lowNear = Vector128.LessThanOrEqual((low + margin) & fraction, margin + margin);
        var highNear = Vector128.LessThanOrEqual((high + margin) & fraction, margin + margin);
        return Vector128.Narrow(lowNear, highNear).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector128<int> low, Vector128<int> high, int shift, T* to)
        where T : unmanaged
    {
        var words = Vector128.NarrowWithSaturation(low >> shift, high >> shift);
        if (typeof(T) == typeof(short))
        {
            words.Store((short*)to);
            return;
        }

        var bytes = Vector128.Max(Vector128.Min(words, Vector128.Create((short)255)), Vector128<short>.Zero).AsUInt16();
        *(ulong*)to = Vector128.Narrow(bytes, bytes).AsUInt64().ToScalar();
    }
}
