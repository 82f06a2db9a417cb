using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Four pairs of pixels at a time: AVX-512. Elsewhere made of narrower vectors: right, but of no use save to check.</summary>
internal readonly unsafe struct PairLanes512 : IPairLanes<Vector512<int>>
{
    public static int Pairs => 4;

    public static Vector512<int> Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyAdd(Vector512<int> sums, short* pairs, short* weights) => Avx512BW.IsSupported
        ? sums + Avx512BW.MultiplyAddAdjacent(Vector512.Load(pairs), Vector512.Load(weights))
        : Vector512.Create(
            PairLanes256.MultiplyAdd(sums.GetLower(), pairs, weights),
            PairLanes256.MultiplyAdd(sums.GetUpper(), pairs + Vector256<short>.Count, weights + Vector256<short>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Fold(Vector512<int> sums) => PairLanes256.Fold(sums.GetLower() + sums.GetUpper());
}
