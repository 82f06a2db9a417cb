using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ActorImaging.Imaging.Kernels;

/// <summary>A pair of pixels at a time: SSE2, ARM64, and whatever else .NET has 16-byte vectors for.</summary>
internal readonly unsafe struct PairLanes128 : IPairLanes<Vector128<int>>
{
    public static int Pairs => 1;

    public static Vector128<int> Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyAdd(Vector128<int> sums, short* pairs, short* weights) =>
        sums + MultiplyAddAdjacent(Vector128.Load(pairs), Vector128.Load(weights));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Fold(Vector128<int> sums) => sums;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> MultiplyAddAdjacent(Vector128<short> words, Vector128<short> weights)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyAddAdjacent(words, weights);
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            var low = AdvSimd.MultiplyWideningLower(words.GetLower(), weights.GetLower());
            return AdvSimd.Arm64.AddPairwise(low, AdvSimd.MultiplyWideningUpper(words, weights));
        }

        // Even words are the lower halves of the ints, odd ones the upper
        var even = (words.AsInt32() << 16 >> 16) * (weights.AsInt32() << 16 >> 16);
        return even + ((words.AsInt32() >> 16) * (weights.AsInt32() >> 16));
    }
}
