namespace ActorImaging.Imaging.Jpeg;

/// <summary>Where the samples of two blocks go that are transformed together, each to a plane.</summary>
/// <param name="first">The first sample of the first block.</param>
/// <param name="firstStride">Bytes from row to row of its plane.</param>
/// <param name="second">The first sample of the second block.</param>
/// <param name="secondStride">Bytes from row to row of its plane.</param>
internal readonly unsafe struct BlockPlaces(byte* first, long firstStride, byte* second, long secondStride)
{
    /// <summary>The first sample of the first block.</summary>
    public byte* First { get; } = first;

    /// <summary>Bytes from row to row of its plane.</summary>
    public long FirstStride { get; } = firstStride;

    /// <summary>The first sample of the second block.</summary>
    public byte* Second { get; } = second;

    /// <summary>Bytes from row to row of its plane.</summary>
    public long SecondStride { get; } = secondStride;

    /// <summary>The second block's, as those of one alone.</summary>
    public BlockPlaces OfSecond => new(Second, SecondStride, Second, SecondStride);

    /// <summary>So many rows below.</summary>
    public BlockPlaces Below(int rows) => new(First + (rows * FirstStride), FirstStride, Second + (rows * SecondStride), SecondStride);
}
