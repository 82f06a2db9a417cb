using System.Runtime.CompilerServices;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// The description of its own codes that a deflate block begins with (RFC 1951, 3.2.7): the code lengths, run-length coded and then
/// Huffman-coded themselves.
/// </summary>
/// <remarks>
/// Two distance codes of one bit are declared although none is used: the format allows none, but a complete code is what every
/// decoder has met.
/// </remarks>
internal struct DynamicBlockHeader
{
    private const int DistanceCodes = 2;
    private const int MaxRuns = LiteralBlock.Symbols + DistanceCodes;
    private const int LengthSymbols = 19;
    private const int LengthLimitBits = 7;
    private const int RepeatPrevious = 16;
    private const int ZerosShort = 17;
    private const int ZerosLong = 18;

    private RunBuffer _runs;
    private int _runCount;
    private LengthTable _lengths;
    private readonly int _sentLengths;

    /// <summary>Plans the header for these code lengths.</summary>
    /// <param name="literalLengths">A length for each of the 256 literals and the end of the block.</param>
    public DynamicBlockHeader(ReadOnlySpan<byte> literalLengths)
    {
        Span<byte> sequence = stackalloc byte[MaxRuns];
        literalLengths.CopyTo(sequence);
        sequence[LiteralBlock.Symbols..].Fill(1);
        while (!sequence.IsEmpty)
        {
            sequence = sequence[TakeRun(sequence)..];
        }
        Span<uint> frequencies = stackalloc uint[LengthSymbols];
        foreach (var run in _runs[.._runCount])
        {
            frequencies[run.Symbol]++;
        }
        HuffmanCode.FindLengths(frequencies, LengthLimitBits, _lengths);
        _sentLengths = LengthSymbols;
        while (_sentLengths > 4 && _lengths[SendingOrder[_sentLengths - 1]] == 0)
        {
            _sentLengths--;
        }
    }

    /// <summary>The order in which the lengths of the length code are sent: the least used last, so that they can be left out.</summary>
    private static ReadOnlySpan<byte> SendingOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>Bits of the whole header, the three that begin the block included.</summary>
    public readonly int CountBits()
    {
        var bits = 3 + 5 + 5 + 4 + (3 * _sentLengths);
        foreach (var run in _runs[.._runCount])
        {
            bits += _lengths[run.Symbol] + ExtraBits(run.Symbol);
        }
        return bits;
    }

    /// <summary>Writes the header of a block that is not the last.</summary>
    public readonly void Write(ref DeflateBits bits)
    {
        const int DynamicCodes = 2;
        bits.Put(DynamicCodes << 1, 3);
        bits.Put(LiteralBlock.Symbols - 257, 5);
        bits.Put(DistanceCodes - 1, 5);
        bits.Put((ulong)(_sentLengths - 4), 4);
        foreach (var symbol in SendingOrder[.._sentLengths])
        {
            bits.Put(_lengths[symbol], 3);
        }
        Span<ushort> words = stackalloc ushort[LengthSymbols];
        HuffmanCode.AssignWords(_lengths, words);
        foreach (var run in _runs[.._runCount])
        {
            bits.Put(words[run.Symbol], _lengths[run.Symbol]);
            bits.Put(run.Extra, ExtraBits(run.Symbol));
        }
    }

    private static int ExtraBits(int symbol) => symbol switch
    {
        RepeatPrevious => 2,
        ZerosShort => 3,
        ZerosLong => 7,
        _ => 0,
    };

    /// <summary>Takes one length off the sequence, or a run of zeros, or repeats of the length sent before.</summary>
    /// <returns>The lengths taken.</returns>
    private int TakeRun(ReadOnlySpan<byte> sequence)
    {
        var value = sequence[0];
        var others = sequence.IndexOfAnyExcept(value);
        var run = others < 0 ? sequence.Length : others;
        if (value == 0 && run >= 3)
            return run > 10 ? Add(ZerosLong, Math.Min(run, 138), 11) : Add(ZerosShort, run, 3);
        if (_runCount > 0 && run >= 3 && _runs[_runCount - 1].Repeats == value)
            return Add(RepeatPrevious, Math.Min(run, 6), 3, value);
        _runs[_runCount++] = new Run(value, 0, value);
        return 1;
    }

    private int Add(int symbol, int length, int leastLength, byte repeats = 0)
    {
        _runs[_runCount++] = new Run((byte)symbol, (byte)(length - leastLength), repeats);
        return length;
    }

    /// <summary>A symbol of the length code, the value of its extra bits, and the length that a repeat after it would repeat.</summary>
    private readonly record struct Run(byte Symbol, byte Extra, byte Repeats);

    [InlineArray(MaxRuns)]
    private struct RunBuffer
    {
        private Run _first;
    }

    [InlineArray(LengthSymbols)]
    private struct LengthTable
    {
        private byte _first;
    }
}
