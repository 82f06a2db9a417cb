namespace ActorImaging.Imaging.Png;

/// <summary>Prefix codes of the least total length among those whose longest code word is limited.</summary>
/// <remarks>
/// Lengths are found by package-merge (Larmore and Hirschberg, 1990): the cheapest set of "coins" of face values 1/2, 1/4, ... that adds
/// up to the number of symbols less one; a symbol's length is the number of its coins in the set. Where the limit does not bind the
/// result costs what Huffman's own costs. Pure functions; any thread.
/// </remarks>
internal static class HuffmanCode
{
    /// <summary>Symbols of the largest alphabet of deflate (RFC 1951, 3.2.5).</summary>
    public const int MaxSymbols = 288;

    private const int MaxCoins = 2 * MaxSymbols;
    private const int MaxLimitBits = 15;

    /// <summary>Finds the length of each symbol's code word.</summary>
    /// <param name="frequencies">How often each symbol occurs, at most 288 of them; their sum below 2^31.</param>
    /// <param name="limitBits">Longest code word allowed, 1 to 15; 2 to its power must reach the number of symbols that occur.</param>
    /// <param name="lengths">Receives a length for each symbol in bits; 0 for one that does not occur, 1 for one that occurs alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">More symbols than deflate has, or than the limit can tell apart.</exception>
    public static void FindLengths(ReadOnlySpan<uint> frequencies, int limitBits, Span<byte> lengths)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frequencies.Length, MaxSymbols, nameof(frequencies));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limitBits, MaxLimitBits);
        Span<ulong> buffer = stackalloc ulong[MaxSymbols];
        var symbols = RarestFirst(frequencies, buffer);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(symbols.Length, 1 << limitBits, nameof(limitBits));
        lengths.Clear();
        if (symbols.Length == 1)
            lengths[SymbolOf(symbols[0])] = 1;
        if (symbols.Length > 1)
            PackageMerge(symbols, limitBits, lengths);
    }

    /// <summary>Gives each symbol its code word: the shorter first, equals in the order of the alphabet (RFC 1951, 3.2.2).</summary>
    /// <param name="lengths">Bits of each code word, 0 for none, at most 15.</param>
    /// <param name="words">Receives the code words, first bit lowest, as deflate sends them.</param>
    public static void AssignWords(ReadOnlySpan<byte> lengths, Span<ushort> words)
    {
        Span<int> next = stackalloc int[MaxLimitBits + 2];
        foreach (var length in lengths)
        {
            if (length > 0)
                next[length + 1]++;
        }
        for (var length = 1; length < next.Length; length++)
        {
            next[length] = (next[length] + next[length - 1]) << 1;
        }
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            words[symbol] = lengths[symbol] == 0 ? (ushort)0 : Reversed(next[lengths[symbol]]++, lengths[symbol]);
        }
    }

    /// <summary>
    /// The symbols that occur, as frequency * 2^16 + symbol, so that sorting orders them and breaks ties by the alphabet.
    /// </summary>
    private static Span<ulong> RarestFirst(ReadOnlySpan<uint> frequencies, Span<ulong> buffer)
    {
        var count = 0;
        for (var symbol = 0; symbol < frequencies.Length; symbol++)
        {
            if (frequencies[symbol] > 0)
                buffer[count++] = ((ulong)frequencies[symbol] << 16) | (uint)symbol;
        }
        var symbols = buffer[..count];
        symbols.Sort();
        return symbols;
    }

    private static int SymbolOf(ulong entry) => (int)(entry & 0xFFFF);

    private static ulong FrequencyOf(ulong entry) => entry >> 16;

    private static void PackageMerge(ReadOnlySpan<ulong> symbols, int limitBits, Span<byte> lengths)
    {
        Span<bool> isPackage = stackalloc bool[MaxLimitBits * MaxCoins];
        Span<ulong> coins = stackalloc ulong[MaxCoins];
        Span<ulong> merged = stackalloc ulong[MaxCoins];
        var coinCount = 0;
        for (var level = 0; level < limitBits; level++)
        {
            coinCount = Merge(symbols, coins[..coinCount], merged, isPackage.Slice(level * MaxCoins, MaxCoins));
            var swap = coins;
            coins = merged;
            merged = swap;
        }
        var taken = (2 * symbols.Length) - 2;
        for (var level = limitBits - 1; level >= 0 && taken > 0; level--)
        {
            var packages = isPackage.Slice(level * MaxCoins, taken).Count(true);
            foreach (var entry in symbols[..(taken - packages)])
            {
                lengths[SymbolOf(entry)]++;
            }
            taken = 2 * packages;
        }
    }

    /// <summary>Pairs the coins of the level below into packages and merges them with this level's own coins, cheapest first.</summary>
    /// <returns>The number of coins merged.</returns>
    private static int Merge(ReadOnlySpan<ulong> symbols, ReadOnlySpan<ulong> below, Span<ulong> merged, Span<bool> isPackage)
    {
        int own = 0, paired = 0, count = 0;
        while (own < symbols.Length || paired + 1 < below.Length)
        {
            var package = paired + 1 < below.Length ? below[paired] + below[paired + 1] : ulong.MaxValue;
            var single = own < symbols.Length ? FrequencyOf(symbols[own]) : ulong.MaxValue;
            var takesPackage = package < single;
            isPackage[count] = takesPackage;
            merged[count++] = takesPackage ? package : single;
            paired += takesPackage ? 2 : 0;
            own += takesPackage ? 0 : 1;
        }
        return count;
    }

    private static ushort Reversed(int word, int length)
    {
        var reversed = 0;
        for (var bit = 0; bit < length; bit++)
        {
            reversed |= ((word >> bit) & 1) << (length - 1 - bit);
        }
        return (ushort)reversed;
    }
}
