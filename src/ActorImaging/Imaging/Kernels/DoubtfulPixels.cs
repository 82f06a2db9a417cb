namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// The pixels of a row where a first pass in single precision came so near to a half that its rounding may not be ImageMagick's; the pass
/// sums those again in double precision, for the reason told at <see cref="SecondLook"/>.
/// </summary>
internal sealed unsafe class DoubtfulPixels(RowScratch indices)
{
    /// <summary>How near to a half single precision is not to be trusted, in levels.</summary>
    internal const float Margin = 1e-3f;

    /// <summary>Where indices are noted.</summary>
    internal int* Indices => (int*)indices[0];

    /// <summary>How many were noted for the last row.</summary>
    internal int Count { get; set; }

    /// <summary>The noted indices.</summary>
    internal ReadOnlySpan<int> All => new(Indices, Count);

    /// <summary>Memory for the indices of a row.</summary>
    internal static long RowBytes(long pixels) => pixels * sizeof(int);
}
