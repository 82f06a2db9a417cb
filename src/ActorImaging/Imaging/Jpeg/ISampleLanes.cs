namespace ActorImaging.Imaging.Jpeg;

/// <summary>
/// The steps by which samples of components become pixels, on vectors of one width: samples are widened to 16-bit words. Rows are written once over this and
/// compiled once for every width.
/// </summary>
/// <typeparam name="TWords">A vector of 16-bit words.</typeparam>
internal unsafe interface ISampleLanes<TWords>
{
    /// <summary>Words in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Reads samples.</summary>
    static abstract TWords Load(byte* from);

    /// <summary>Reads words.</summary>
    static abstract TWords Load(short* from);

    /// <summary>Writes words.</summary>
    static abstract void Store(TWords words, short* to);

    /// <summary>Writes words of 0 to 255 as samples.</summary>
    static abstract void Store(TWords words, byte* to);

    /// <summary>Writes words of 0 to 255 as samples, by turns.</summary>
    static abstract void StoreByTurns(TWords first, TWords second, byte* to);

    /// <summary>Writes pixels, their words clamped to 0 to 255.</summary>
    static abstract void StorePixels(TWords red, TWords green, TWords blue, byte* to);

    /// <summary>The same number in every word.</summary>
    static abstract TWords Repeat(short value);

    /// <summary>Word by word.</summary>
    static abstract TWords Add(TWords left, TWords right);

    /// <summary>Word by word.</summary>
    static abstract TWords Subtract(TWords left, TWords right);

    /// <summary>Shifted right, the sign kept.</summary>
    static abstract TWords ShiftRight(TWords words, int bits);

    /// <summary>Word x factor / 2^15, rounded down.</summary>
    static abstract TWords Multiply(TWords words, short factor);

    /// <summary>First x the pair's lower half + second x its upper half, / 2^16, rounded to the nearest, halves up.</summary>
    static abstract TWords Weigh(TWords first, TWords second, int weightPair);
}
