using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Kernels;

/// <summary>How a pixel's bytes become four numbers of double precision that may be weighted and added, and bytes again.</summary>
/// <remarks>There is one way only, vectors of 32 bytes, which .NET composes where the processor has none: the results are the same.</remarks>
internal unsafe interface IPrecisePixels
{
    /// <summary>Reads a pixel; up to 3 bytes after it are read too.</summary>
    static abstract Vector256<double> Load(byte* pixel, int channels);

    /// <summary>Rounds half up, clamps to 0 to 255 and writes a pixel.</summary>
    static abstract void Store(Vector256<double> sum, byte* pixel, int channels);
}
