using System.Buffers;
using System.Numerics;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>
/// What the coefficients of an image are coded as, before the codes are known: symbols, of which the rarer ones will have the longer codes, and the bits
/// that follow each (ITU-T T.81, F.1.2). Some four times as large as the file that is made of it.
/// </summary>
/// <remarks>Used by one thread at a time.</remarks>
internal sealed class SymbolList : IDisposable
{
    /// <summary>Different symbols of all tables.</summary>
    public const int Symbols = Tables * SymbolsOfTable;

    /// <summary>Symbols that a table may have.</summary>
    public const int SymbolsOfTable = 256;

    /// <summary>Tables: of the first coefficients of blocks and of the others, of luma and of chroma.</summary>
    public const int Tables = 4;

    /// <summary>Where in an entry its symbol ends and the bits that follow begin.</summary>
    public const int BitsShift = 16;

    private const int PartSymbols = 64 * 1024;

    /// <summary>Of one block: one for each coefficient, and the end.</summary>
    private const int MostOfBlock = 66;

    private const uint EndOfBlock = 0x00, SixteenZeros = 0xF0;
    private const int MostZeros = 15;

    private readonly List<uint[]> _fullParts = [];
    private readonly List<int> _fullCounts = [];
    private uint[] _part = ArrayPool<uint>.Shared.Rent(PartSymbols);
    private int _count;

    /// <summary>Its parts, one after the other.</summary>
    public IEnumerable<ReadOnlyMemory<uint>> Parts => _fullParts.Zip(_fullCounts, (part, count) => new ReadOnlyMemory<uint>(part, 0, count))
        .Append(new ReadOnlyMemory<uint>(_part, 0, _count));

    /// <summary>Adds a block.</summary>
    /// <param name="block">Its coefficients, row by row.</param>
    /// <param name="nonZero">Which of them may not be 0, in the order of coding; the first one's bit says nothing.</param>
    /// <param name="difference">By how much the first one differs from that of the block before.</param>
    /// <param name="tables">The first of the two tables: 0 of luma, 2 of chroma.</param>
    public void Add(ReadOnlySpan<short> block, ulong nonZero, int difference, int tables)
    {
        if (_part.Length - _count < MostOfBlock)
        {
            BeginPart();
        }

        var to = _part.AsSpan(_count, MostOfBlock);
        var (first, others) = ((uint)tables * SymbolsOfTable, (uint)(tables + 1) * SymbolsOfTable);
        to[0] = first + Entry(difference);
        var count = 1;
        var previous = 0;
        for (var rest = nonZero & ~1UL; rest != 0; rest &= rest - 1)
        {
            var place = BitOperations.TrailingZeroCount(rest);
            var zeros = place - previous - 1;
            for (; zeros > MostZeros; zeros -= MostZeros + 1)
            {
                to[count++] = others + SixteenZeros;
            }

            to[count++] = others + ((uint)zeros << 4) + Entry(block[ZigZag.Natural[place]]);
            previous = place;
        }

        if (previous != block.Length - 1)
        {
            to[count++] = others + EndOfBlock;
        }

        _count += count;
    }

    /// <summary>How often each symbol of each table is there.</summary>
    public uint[] Count()
    {
        // By turns into two: the same symbol comes often twice in a row, and would wait for itself
        var (counts, others) = (new uint[Symbols], new uint[Symbols]);
        foreach (var part in Parts)
        {
            var symbols = part.Span;
            var index = 0;
            for (; index < symbols.Length - 1; index += 2)
            {
                counts[symbols[index] % Symbols]++;
                others[symbols[index + 1] % Symbols]++;
            }

            if (index < symbols.Length)
            {
                counts[symbols[index] % Symbols]++;
            }
        }

        for (var symbol = 0; symbol < Symbols; symbol++)
        {
            counts[symbol] += others[symbol];
        }

        return counts;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _fullParts.ForEach(part => ArrayPool<uint>.Shared.Return(part));
        _fullParts.Clear();
        ArrayPool<uint>.Shared.Return(_part);
        _part = [];
        _count = 0;
    }

    /// <summary>How many bits a number has, which is in the symbol, and the bits: of a negative one those of the number one less.</summary>
    private static uint Entry(int number)
    {
        var sign = number >> 31;
        var bits = 32 - BitOperations.LeadingZeroCount((uint)((number ^ sign) - sign));
        return (uint)bits | ((uint)((number + sign) & ((1 << bits) - 1)) << BitsShift);
    }

    private void BeginPart()
    {
        _fullParts.Add(_part);
        _fullCounts.Add(_count);
        _part = ArrayPool<uint>.Shared.Rent(PartSymbols);
        _count = 0;
    }
}
