using ActorImaging.Imaging.Png;
using CsCheck;

namespace ActorImaging.Tests.Imaging.Png;

public sealed class HuffmanCodeSpecs
{
    /// <summary>Frequencies as flat, as steep and as sparse as pictures make them.</summary>
    private static readonly Gen<uint[]> GenFrequencies =
        from steepness in Gen.Int[1, 20]
        from exponents in Gen.Int[0, steepness].Array[2, 288]
        from offsets in Gen.Int[0, 3].Array[exponents.Length]
        select exponents.Zip(offsets, (exponent, offset) => exponent == 0 && offset == 0 ? 0u : (1u << exponent) + (uint)offset).ToArray();

    [Fact]
    public void Should_fill_the_code_space_exactly_within_the_limit()
    {
        Gen.Select(GenFrequencies.Where(frequencies => frequencies.Count(f => f > 0) > 1), Gen.Int[9, 15]).Sample((frequencies, limit) =>
        {
            var lengths = Lengths(frequencies, limit);
            var kraft = lengths.Where(length => length > 0).Sum(length => 1 << (15 - length));
            return kraft == 1 << 15
                && lengths.All(length => length <= limit)
                && frequencies.Zip(lengths).All(pair => pair.First > 0 == pair.Second > 0);
        });
    }

    [Fact]
    public void Should_cost_what_Huffmans_own_code_costs_where_the_limit_does_not_bind()
    {
        GenFrequencies.Where(frequencies => frequencies.Count(f => f > 0) > 1).Sample(frequencies =>
        {
            var (cost, longest) = HuffmanCost(frequencies);
            return longest > 15 || Cost(frequencies, Lengths(frequencies, 15)) == cost;
        });
    }

    [Fact]
    public void Should_find_the_least_cost_of_all_codes_within_a_binding_limit()
    {
        Gen.UInt[1, 60].Array[2, 6].Sample(frequencies => Cost(frequencies, Lengths(frequencies, 3)) == LeastCost(frequencies, 3));
    }

    [Fact]
    public void Should_limit_the_code_of_Fibonacci_frequencies_which_is_the_deepest()
    {
        uint[] frequencies = new uint[30];
        frequencies[0] = frequencies[1] = 1;
        for (var symbol = 2; symbol < frequencies.Length; symbol++)
        {
            frequencies[symbol] = frequencies[symbol - 1] + frequencies[symbol - 2];
        }
        Assert.Equal(29, HuffmanCost(frequencies).Longest);
        Assert.Equal(12, Lengths(frequencies, 12).Max());
    }

    [Fact]
    public void Should_give_one_bit_to_a_symbol_that_occurs_alone()
    {
        Assert.Equal([0, 0, 1, 0], Lengths([0, 0, 9, 0], 7));
        Assert.Equal([0, 0], Lengths([0, 0], 7));
    }

    [Fact]
    public void Should_refuse_more_symbols_than_the_limit_can_tell_apart()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Lengths([1, 1, 1, 1, 1], 2));
    }

    [Fact]
    public void Should_assign_the_words_of_the_example_in_RFC_1951()
    {
        // 3.2.2: lengths (3, 3, 3, 3, 3, 2, 4, 4) give 010 011 100 101 110 00 1110 1111; deflate sends them mirrored.
        var words = new ushort[8];
        HuffmanCode.AssignWords([3, 3, 3, 3, 3, 2, 4, 4], words);
        Assert.Equal([0b010, 0b110, 0b001, 0b101, 0b011, 0b00, 0b0111, 0b1111], words);
    }

    private static byte[] Lengths(uint[] frequencies, int limit)
    {
        var lengths = new byte[frequencies.Length];
        HuffmanCode.FindLengths(frequencies, limit, lengths);
        return lengths;
    }

    private static long Cost(uint[] frequencies, byte[] lengths) => frequencies.Zip(lengths).Sum(pair => (long)pair.First * pair.Second);

    private static (long Cost, int Longest) HuffmanCost(uint[] frequencies)
    {
        // The depth breaks ties, so that the longest word is the shortest possible and the limit binds only where it must.
        var trees = new PriorityQueue<(long Weight, int Depth), (long Weight, int Depth)>();
        foreach (var frequency in frequencies.Where(frequency => frequency > 0))
        {
            trees.Enqueue((frequency, 0), (frequency, 0));
        }
        var cost = 0L;
        while (trees.Count > 1)
        {
            var (first, second) = (trees.Dequeue(), trees.Dequeue());
            var joined = (first.Weight + second.Weight, Math.Max(first.Depth, second.Depth) + 1);
            cost += joined.Item1;
            trees.Enqueue(joined, joined);
        }
        return (cost, trees.Peek().Depth);
    }

    private static long LeastCost(uint[] frequencies, int limit)
    {
        var least = long.MaxValue;
        var lengths = new byte[frequencies.Length];
        for (var code = 0; code < Math.Pow(limit, frequencies.Length); code++)
        {
            var rest = code;
            for (var symbol = 0; symbol < lengths.Length; symbol++, rest /= limit)
            {
                lengths[symbol] = (byte)((rest % limit) + 1);
            }
            if (lengths.Sum(length => 1 << (limit - length)) <= 1 << limit)
                least = Math.Min(least, Cost(frequencies, lengths));
        }
        return least;
    }
}
