namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// The places of a row where a first pass came so near to a half that its rounding may not be ImageMagick's; the pass sums those again, in
/// double precision.
/// </summary>
/// <remarks>
/// ImageMagick rounds to bytes between its passes. Being off by one there is harmless once, but a regular picture (a slope, stripes) makes
/// whole columns off by one to the same side, and the second pass would make two of it. So the first pass has to be exact, the second not.
/// Some 1 in 100 samples are doubtful.
/// </remarks>
internal sealed unsafe class DoubtfulSamples(RowScratch indices)
{
    /// <summary>How near to a half single precision is not to be trusted, in levels.</summary>
    internal const float SingleMargin = 1e-3f;

    /// <summary>Memory for the indices of a row, of which some may be noted twice.</summary>
    internal static long RowBytes(long samples) => 2 * samples * sizeof(int);

    /// <summary>Where indices are noted.</summary>
    internal int* Indices => (int*)indices[0];

    /// <summary>How many were noted for the last row.</summary>
    internal int Count { get; set; }

    /// <summary>The noted indices.</summary>
    internal ReadOnlySpan<int> All => new(Indices, Count);

    /// <summary>Rounds half up and clamps as ImageMagick does.</summary>
    internal static byte Level(double sum) => (byte)Math.Clamp(sum + 0.5, 0, 255);
}
