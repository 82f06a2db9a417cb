using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Two pairs of pixels at a time: AVX2. Elsewhere made of narrower vectors: right, but of no use save to check.</summary>
internal readonly unsafe struct PairLanes256 : IPairLanes<Vector256<int>>
{
    public static int Pairs => 2;

    public static Vector256<int> Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAdd(Vector256<int> sums, short* pairs, short* weights) => Avx2.IsSupported
        ? sums + Avx2.MultiplyAddAdjacent(Vector256.Load(pairs), Vector256.Load(weights))
        : Vector256.Create(
            PairLanes128.MultiplyAdd(sums.GetLower(), pairs, weights),
            PairLanes128.MultiplyAdd(sums.GetUpper(), pairs + Vector128<short>.Count, weights + Vector128<short>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Fold(Vector256<int> sums) => sums.GetLower() + sums.GetUpper();
}
