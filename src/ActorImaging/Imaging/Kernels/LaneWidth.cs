using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Kernels;

/// <summary>How many pixels a kernel handles at once. Every width gives the same bytes; a wider one is only faster.</summary>
internal enum LaneWidth
{
    /// <summary>
    /// One value at a time: for processors without vectors, for rows shorter than a vector, and to check the others against.
    /// </summary>
    Scalar,

    /// <summary>Vectors of 16 bytes: SSE, ARM64.</summary>
    Narrow,

    /// <summary>Vectors of 32 bytes: AVX2.</summary>
    Wide,

    /// <summary>Vectors of 64 bytes: AVX-512.</summary>
    Widest,
}

/// <summary>What this processor does best.</summary>
internal static class LaneWidths
{
    /// <summary>The widest vectors that this processor handles in hardware.</summary>
    internal static LaneWidth Native =>
        Vector512.IsHardwareAccelerated ? LaneWidth.Widest
        : Vector256.IsHardwareAccelerated ? LaneWidth.Wide
        : Vector128.IsHardwareAccelerated ? LaneWidth.Narrow
        : LaneWidth.Scalar;
}
