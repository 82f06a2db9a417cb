namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// The steps of a fixed-point weighted sum on vectors of one width: samples are widened to 16-bit words, multiplied by 16-bit weights and
/// added up in 32 bits. The filters are written once over this and compiled once for every width.
/// </summary>
/// <remarks>
/// A vector of words has its sums in two vectors of half as many 32-bit numbers, the "low" and the "high" sums. Which word is in which is
/// each width's own affair (the cheapest order differs); <see cref="Store{T}"/> puts them back in order.
/// </remarks>
/// <typeparam name="TWords">A vector of 16-bit words.</typeparam>
/// <typeparam name="TSums">A vector of 32-bit sums.</typeparam>
internal unsafe interface IWordLanes<TWords, TSums>
{
    /// <summary>Words in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Reads <see cref="Count"/> samples, bytes (0 to 255) or words (short).</summary>
    static abstract TWords Load<T>(T* from)
        where T : unmanaged;

    /// <summary>Adds word by word; the caller sees to it that nothing overflows.</summary>
    static abstract TWords Add(TWords left, TWords right);

    /// <summary>The same number in every sum.</summary>
    static abstract TSums Repeat(int value);

    /// <summary>Adds first x the pair's lower half + second x its upper half to the low sums.</summary>
    static abstract TSums MultiplyAddLow(TSums sums, TWords first, TWords second, int weightPair);

    /// <summary>Adds first x the pair's lower half + second x its upper half to the high sums.</summary>
    static abstract TSums MultiplyAddHigh(TSums sums, TWords first, TWords second, int weightPair);

    /// <summary>
    /// One bit a word, in order: whether its sum, to which a half was added, is within <paramref name="doubt"/> of the next whole.
    /// </summary>
    static abstract ulong NearHalf(TSums low, TSums high, int shift, int doubt);

    /// <summary>Shifts the sums right and writes them in order, clamped to the range of <typeparamref name="T"/> (byte or short).</summary>
    static abstract void Store<T>(TSums low, TSums high, int shift, T* to)
        where T : unmanaged;
}
