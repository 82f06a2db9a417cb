namespace ActorImaging.Imaging.Jpeg;

/// <summary>
/// The steps of the transforms of 8x8 blocks on vectors of one width. A vector has one row of 8 words (16 bits) of each of <see cref="Blocks"/> blocks;
/// every step stays within the 16 bytes of a block, so that blocks know nothing of each other. The transforms are written once over this and compiled
/// once for every width.
/// </summary>
/// <typeparam name="TWords">A vector of 16-bit words.</typeparam>
/// <typeparam name="TSums">A vector of 32-bit sums, half as many: those of the first or of the last four words of each row.</typeparam>
internal unsafe interface IBlockLanes<TWords, TSums>
{
    /// <summary>Blocks that are transformed together.</summary>
    static abstract int Blocks { get; }

    /// <summary>Nothing but zeros.</summary>
    static abstract TWords Zero { get; }

    /// <summary>Reads a row of each block from blocks that are stored one behind the other.</summary>
    static abstract TWords Load(short* row);

    /// <summary>Writes a row of each block to blocks that are stored one behind the other.</summary>
    static abstract void Store(TWords words, short* row);

    /// <summary>Reads one row for all blocks.</summary>
    static abstract TWords Repeat(short* row);

    /// <summary>The same number in every word.</summary>
    static abstract TWords Repeat(short value);

    /// <summary>The same number in every sum.</summary>
    static abstract TSums RepeatSum(int value);

    /// <summary>Reads a row of samples of blocks that lie side by side, as differences from 128.</summary>
    static abstract TWords LoadSamples(byte* samples);

    /// <summary>Word by word; what overflows is cut off.</summary>
    static abstract TWords Add(TWords left, TWords right);

    /// <summary>Word by word; what overflows is cut off.</summary>
    static abstract TWords Subtract(TWords left, TWords right);

    /// <summary>Sum by sum.</summary>
    static abstract TSums Add(TSums left, TSums right);

    /// <summary>Sum by sum.</summary>
    static abstract TSums Subtract(TSums left, TSums right);

    /// <summary>The lower halves of the products, word by word.</summary>
    static abstract TWords Multiply(TWords left, TWords right);

    /// <summary>The upper halves of the products of words without sign.</summary>
    static abstract TWords MultiplyHigh(TWords left, TWords right);

    /// <summary>The amounts of words of which none is the least there is.</summary>
    static abstract TWords Abs(TWords words);

    /// <summary>Words with the sign of others.</summary>
    static abstract TWords WithSignOf(TWords words, TWords signs);

    /// <summary>Shifted left.</summary>
    static abstract TWords ShiftLeft(TWords words, int bits);

    /// <summary>Shifted right, the sign kept.</summary>
    static abstract TWords ShiftRight(TWords words, int bits);

    /// <summary>The first four words of each row of two vectors by turns: a0 b0 a1 b1 a2 b2 a3 b3.</summary>
    static abstract TWords InterleaveLow(TWords first, TWords second);

    /// <summary>The last four words of each row of two vectors by turns.</summary>
    static abstract TWords InterleaveHigh(TWords first, TWords second);

    /// <summary>As <see cref="InterleaveLow"/>, of pairs of words.</summary>
    static abstract TWords InterleavePairsLow(TWords first, TWords second);

    /// <summary>As <see cref="InterleaveHigh"/>, of pairs of words.</summary>
    static abstract TWords InterleavePairsHigh(TWords first, TWords second);

    /// <summary>As <see cref="InterleaveLow"/>, of four words each: the first half of each row, and that of the other.</summary>
    static abstract TWords InterleaveFoursLow(TWords first, TWords second);

    /// <summary>As <see cref="InterleaveHigh"/>, of four words each: the last half of each row, and that of the other.</summary>
    static abstract TWords InterleaveFoursHigh(TWords first, TWords second);

    /// <summary>
    /// Of each pair of words the first x <paramref name="weightPair"/>'s lower half + the second x its upper half.
    /// </summary>
    static abstract TSums MultiplyAddPairs(TWords pairs, int weightPair);

    /// <summary>Shifts the sums right and puts them side by side, clamped to words.</summary>
    static abstract TWords Pack(TSums low, TSums high, int shift);

    /// <summary>Which words of a block are not 0, a bit each: rows 0 and 1, or whichever two are given.</summary>
    /// <param name="first">A row of each block.</param>
    /// <param name="second">The next row of each.</param>
    /// <returns>16 bits for each block, the first block's lowest, the first row's lowest within them.</returns>
    static abstract uint NonZero(TWords first, TWords second);

    /// <summary>The words 1, 3, 5, 7, 2, 6, 0 and 0 of each row.</summary>
    static abstract TWords OddsThenEvens(TWords words);

    /// <summary>Writes two rows of eight samples of each block: words clamped to -128 to 127, as differences from 128.</summary>
    /// <param name="row">The first row of each block.</param>
    /// <param name="nextRow">The next one.</param>
    /// <param name="to">Where the rows of the blocks go.</param>
    static abstract void StoreSamples(TWords row, TWords nextRow, in BlockPlaces to);

    /// <summary>Writes four rows of four samples of each block, likewise.</summary>
    /// <param name="rows">The first two rows of each block.</param>
    /// <param name="nextRows">The next two.</param>
    /// <param name="to">Where the rows of the blocks go.</param>
    static abstract void StoreHalfSamples(TWords rows, TWords nextRows, in BlockPlaces to);

    /// <summary>Writes two rows of two samples of each block, likewise.</summary>
    /// <param name="rows">Both rows of each block, in its first four words.</param>
    /// <param name="to">Where the rows of the blocks go.</param>
    static abstract void StoreQuarterSamples(TWords rows, in BlockPlaces to);
}
