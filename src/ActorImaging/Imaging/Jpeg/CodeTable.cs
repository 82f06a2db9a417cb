namespace ActorImaging.Imaging.Jpeg;

/// <summary>
/// Huffman codes for decoding, looked up by the bits that come next (ITU-T T.81, C.2 and F.2.2). An entry stands for whole symbols with the values behind
/// them: their bits in its lowest 6, above these two flags, then how far the places of coefficients advance, then the values.
/// </summary>
internal sealed class CodeTable
{
    /// <summary>Bits that <see cref="Single"/> and <see cref="Pairs"/> are looked up by.</summary>
    public const int LookBits = 10;

    /// <summary>Bits that <see cref="Skips"/> and <see cref="Codes"/> are looked up by.</summary>
    public const int LongLookBits = 11;

    /// <summary>Set in an entry that is none: the symbol takes more bits.</summary>
    public const uint IsLong = 0x80;

    /// <summary>Set in an entry when no symbol has the code.</summary>
    public const uint IsFault = 0x40;

    /// <summary>How far the end of a block advances: behind all places.</summary>
    public const uint EndOfBlock = 128;

    private const uint IsUnknown = IsLong | IsFault;

    /// <summary>The length of the longest codes.</summary>
    public const int MostBits = 16;

    private const int MostSymbols = 256;
    private const int MostDcBits = 15;

    private readonly uint[] _limits = new uint[MostBits + 2];
    private readonly int[] _offsets = new int[MostBits + 1];
    private readonly byte[] _symbols = new byte[MostSymbols];
    private uint[]? _skips;

    /// <summary>Makes a table.</summary>
    /// <param name="definition">How many codes there are of each length, and their symbols.</param>
    /// <param name="isDc">Whether it is for DC coefficients.</param>
    /// <exception cref="CorruptSourceException">There is no such code.</exception>
    public CodeTable(ReadOnlySpan<byte> definition, bool isDc)
    {
        Array.Fill(Single, IsUnknown);
        definition[MostBits..].CopyTo(_symbols);
        uint code = 0;
        var symbol = 0;
        for (var length = 1; length <= MostBits; length++, code <<= 1)
        {
            _offsets[length] = symbol - (int)code;
            for (var left = definition[length - 1]; left > 0; left--, code++, symbol++)
            {
                Enter(code, length, _symbols[symbol], isDc);
            }

            _limits[length] = code << (MostBits - length);
        }

        _limits[MostBits + 1] = uint.MaxValue;
        if (!isDc)
        {
            EnterPairs();
        }
    }

    /// <summary>One symbol and its value: bits, flags, advance (from bit 8), value (from bit 16).</summary>
    public uint[] Single { get; } = new uint[1 << LookBits];

    /// <summary>
    /// Up to two symbols of AC coefficients: bits of all, flags, advance of the first (from bit 8), advance of all (16), bits of the first (24), values of the
    /// first (32) and of the last (48). Without a second one, the first is the last.
    /// </summary>
    public ulong[] Pairs { get; } = new ulong[1 << LookBits];

    /// <summary>A code and nothing behind it: its length (from bit 8) and its symbol; 0 where it is longer.</summary>
    public ushort[] Codes { get; } = new ushort[1 << LongLookBits];

    /// <summary>
    /// As many symbols of AC coefficients as there are whole: bits of all, flags, advance of all (from bit 8), and the farthest of the places (16) that must
    /// be within the block, counted from the first symbol's first.
    /// </summary>
    public uint[] Skips => _skips ??= MakeSkips();

    /// <summary>The entry of a symbol that a look-up was too short for.</summary>
    /// <param name="bits">The next bits, 32 at least.</param>
    /// <param name="entry">What was looked up.</param>
    public uint Long(ulong bits, uint entry)
    {
        var (length, symbol) = ((int)(entry >> 8) & 31, (int)(entry >> 16) & 255);
        if ((entry & IsFault) != 0)
        {
            (length, symbol) = Find(bits);
        }

        var fault = length > MostBits ? IsFault : 0;
        var size = symbol & 15;
        if (size == 0)
        {
            return (uint)length | fault | ((symbol >> 4) == 15 ? 16u : EndOfBlock) << 8;
        }

        var value = Extend((int)((bits << length) >> (64 - size)), size);
        return (uint)(length + size) | (uint)((symbol >> 4) + 1) << 8 | (uint)value << 16;
    }

    /// <summary>The next code.</summary>
    /// <param name="bits">The next bits, 17 at least.</param>
    /// <returns>Its length and symbol; 17 and 0 where no symbol has it, as libjpeg takes it.</returns>
    public (int Length, int Symbol) Find(ulong bits)
    {
        var top = (uint)(bits >> (64 - MostBits));
        var length = 1;
        while (top >= _limits[length])
        {
            length++;
        }

        return length > MostBits ? (length, 0) : (length, _symbols[((int)(top >> (MostBits - length)) + _offsets[length]) & (MostSymbols - 1)]);
    }

    /// <summary>A value of so many bits: those that begin with 0 are negative (T.81, F.2.2.1).</summary>
    public static int Extend(int value, int size) => value + (((value - (1 << (size - 1))) >> 31) & (1 - (1 << size)));

    private void Enter(uint code, int length, int symbol, bool isDc)
    {
        if (code >= (1u << length) - 1 || (isDc && symbol > MostDcBits))
        {
            throw new CorruptSourceException("can't be decoded: one of its Huffman tables has codes that can't be"); // all ones is none
        }

        if (length <= LongLookBits)
        {
            Codes.AsSpan((int)code << (LongLookBits - length), 1 << (LongLookBits - length)).Fill((ushort)((length << 8) | symbol));
        }

        if (length <= LookBits)
        {
            var known = IsLong | (uint)length << 8 | (uint)symbol << 16;
            var free = LookBits - length;
            for (var at = 0; at < 1 << free; at++)
            {
                var look = ((int)code << free) | at;
                Single[look] = (symbol & 15) <= free ? Long((ulong)look << (64 - LookBits), known) : known;
            }
        }
    }

    private void EnterPairs()
    {
        for (var look = 0; look < Pairs.Length; look++)
        {
            var first = Single[look];
            Pairs[look] = first;
            if ((first & IsLong) == 0)
            {
                var second = Second(look, first);
                Pairs[look] = ((first + second) & 63) | (first & 0xFF00) | ((first & 0xFF00) + (second & 0xFF00)) << 8 | (first & 63) << 24
                    | (ulong)(first >> 16) << 32 | (ulong)((second == 0 ? first : second) >> 16) << 48;
            }
        }
    }

    /// <summary>The symbol behind another one that is in the same bits; 0 where it isn't, or belongs to the next block.</summary>
    private uint Second(int look, uint first)
    {
        var used = (int)(first & 63);
        var second = Single[(look << used) & (Single.Length - 1)];
        return (first & 0xFF00) < EndOfBlock << 8 && (second & IsLong) == 0 && used + (second & 63) <= LookBits ? second : 0;
    }

    private uint[] MakeSkips()
    {
        var made = new uint[1 << LongLookBits];
        for (var look = 0; look < made.Length; look++)
        {
            made[look] = MakeSkip(look);
        }

        return made;
    }

    private uint MakeSkip(int look)
    {
        int used = 0, advance = 0, farthest = 0;
        while (advance <= JpegFrameHeader.BlockSamples * JpegFrameHeader.BlockSamples)
        {
            int code = Codes[(look << used) & (Codes.Length - 1)], length = code >> 8, size = code & 15, run = (code >> 4) & 15;
            if (length == 0 || used + length + size > LongLookBits)
            {
                break;
            }

            used += length + size;
            farthest = advance;
            if (size == 0 && run != 15)
            {
                advance = (int)EndOfBlock;
                break;
            }

            advance += run + 1;
            farthest = advance - 1;
        }

        return used == 0 ? IsLong : (uint)used | (uint)advance << 8 | (uint)farthest << 16;
    }
}
