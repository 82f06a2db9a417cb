namespace ActorImaging.Imaging.Jpeg;

/// <summary>
/// The shortest Huffman code for symbols that come so often, of at most 16 bits and without the one of nothing but ones (ITU-T T.81, K.2); what the
/// procedure leaves open, as libjpeg does.
/// </summary>
internal sealed class OptimalHuffmanCode
{
    private const int MostBits = 16;

    /// <summary>A symbol that never comes: it has the code that must not be used.</summary>
    private const int Reserved = SymbolList.SymbolsOfTable;

    private const int None = -1;

    private readonly int[] _lengths = new int[SymbolList.SymbolsOfTable + 1];

    /// <summary>Makes the code.</summary>
    /// <param name="frequencies">How often each symbol comes.</param>
    public OptimalHuffmanCode(ReadOnlySpan<uint> frequencies)
    {
        Merge(frequencies);
        Counts = Limit(CountLengths());
        Symbols = [.. Enumerable.Range(0, SymbolList.SymbolsOfTable).Where(symbol => _lengths[symbol] > 0).OrderBy(symbol => _lengths[symbol]).Select(symbol => (byte)symbol)];
    }

    /// <summary>How many codes have 1 to 16 bits.</summary>
    public byte[] Counts { get; }

    /// <summary>The symbols, those of the shorter codes first.</summary>
    public byte[] Symbols { get; }

    /// <summary>For each symbol its code with room for the bits that follow, and the bits of both.</summary>
    /// <param name="entries">Receives them.</param>
    public void FillEntries(Span<uint> entries)
    {
        entries.Clear();
        var (code, next) = (0u, 0);
        for (var bits = 1; bits <= MostBits; bits++, code <<= 1)
        {
            for (var index = 0; index < Counts[bits - 1]; index++, code++, next++)
            {
                var following = Symbols[next] & 0xF;
                entries[Symbols[next]] = (code << following << EntropyWriter.LengthBits) | (uint)(bits + following);
            }
        }
    }

    /// <summary>Puts the two rarest together, again and again; of equal ones the symbol of the larger number first.</summary>
    private void Merge(ReadOnlySpan<uint> frequencies)
    {
        var counts = new long[frequencies.Length + 1];
        for (var symbol = 0; symbol < frequencies.Length; symbol++)
        {
            counts[symbol] = frequencies[symbol];
        }

        counts[Reserved] = 1;
        var next = new int[counts.Length];
        Array.Fill(next, None);
        List<int> live = [.. Enumerable.Range(0, counts.Length).Where(symbol => counts[symbol] > 0)];
        while (live.Count > 1)
        {
            var (rarest, second) = FindRarest(live, counts);
            counts[live[rarest]] += counts[live[second]];
            Lengthen(live[rarest], next, live[second]);
            Lengthen(live[second], next, None);
            live.RemoveAt(second);
        }
    }

    private static (int Rarest, int Second) FindRarest(List<int> live, long[] counts)
    {
        var (rarest, second) = (None, None);
        for (var index = 0; index < live.Count; index++)
        {
            var count = counts[live[index]];
            if (rarest == None || count <= counts[live[rarest]])
            {
                (rarest, second) = (index, rarest);
            }
            else if (second == None || count <= counts[live[second]])
            {
                second = index;
            }
        }

        return (rarest, second);
    }

    /// <summary>Every symbol of a group has a bit more; then the group is followed by another.</summary>
    private void Lengthen(int symbol, int[] next, int follower)
    {
        _lengths[symbol]++;
        while (next[symbol] != None)
        {
            symbol = next[symbol];
            _lengths[symbol]++;
        }

        next[symbol] = follower;
    }

    private int[] CountLengths()
    {
        var counts = new int[_lengths.Length + 1];
        foreach (var length in _lengths.Where(length => length > 0))
        {
            counts[length]++;
        }

        return counts;
    }

    /// <summary>Shortens what is too long: two of the longest go, one to where both were longer, one below a shorter one that makes room.</summary>
    private static byte[] Limit(int[] counts)
    {
        for (var bits = counts.Length - 1; bits > MostBits; bits--)
        {
            while (counts[bits] > 0)
            {
                var shorter = bits - 2;
                while (counts[shorter] == 0)
                {
                    shorter--;
                }

                counts[bits] -= 2;
                counts[bits - 1]++;
                counts[shorter + 1] += 2;
                counts[shorter]--;
            }
        }

        var longest = MostBits;
        while (counts[longest] == 0)
        {
            longest--;
        }

        counts[longest]--; // the reserved one's
        return [.. counts.Skip(1).Take(MostBits).Select(count => (byte)count)];
    }
}
