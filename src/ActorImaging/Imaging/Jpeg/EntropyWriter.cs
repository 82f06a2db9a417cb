using System.Buffers;
using System.Buffers.Binary;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Writes the codes of symbols, bit by bit, and a 0 behind each byte of ones, which would be taken for a marker (ITU-T T.81, F.1.2.3).</summary>
/// <param name="output">Receives the bytes.</param>
internal sealed class EntropyWriter(Stream output) : IDisposable
{
    /// <summary>Bits of an entry of a code table that say how many bits are written.</summary>
    public const int LengthBits = 6;

    private const int BufferBytes = 64 * 1024;
    private const int WordBits = 64;

    /// <summary>A word may become twice as long.</summary>
    private const int MostOfWord = 2 * sizeof(ulong);

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int _count;
    private ulong _word;
    private int _bits;

    /// <summary>Writes symbols.</summary>
    /// <param name="symbols">The symbols with the bits that follow them.</param>
    /// <param name="codes">The entries of all tables: a code with room for the bits that follow, and how many bits that is.</param>
    public void Write(ReadOnlySpan<uint> symbols, ReadOnlySpan<uint> codes)
    {
        var (word, bits) = (_word, _bits);
        codes = codes[..SymbolList.Symbols];
        foreach (var symbol in symbols)
        {
            var entry = codes[(int)(symbol % SymbolList.Symbols)];
            ulong code = (entry >> LengthBits) | (symbol >> SymbolList.BitsShift);
            var length = (int)(entry & ((1 << LengthBits) - 1));
            bits += length;
            if (bits <= WordBits)
            {
                word = (word << length) | code;
                continue;
            }

            bits -= WordBits;
            WriteWord((word << (length - bits)) | (code >> bits));
            word = code;
        }

        (_word, _bits) = (word, bits);
    }

    /// <summary>Writes what is left, filled up with ones.</summary>
    public void Finish()
    {
        if (_bits > 0)
        {
            var word = (_word << (WordBits - _bits)) | (_bits == WordBits ? 0 : ulong.MaxValue >> _bits);
            var bytes = (_bits + 7) / 8;
            WriteStuffed(word, bytes);
        }

        output.Write(_buffer, 0, _count);
        (_count, _bits) = (0, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void WriteWord(ulong word)
    {
        const ulong Ones = 0x0101010101010101, Highest = 0x8080808080808080;
        if ((word & Highest & ~(word + Ones)) != 0)
        {
            WriteStuffed(word, sizeof(ulong)); // perhaps a byte of ones: one that becomes 0 by one more
            return;
        }

        Reserve();
        BinaryPrimitives.WriteUInt64BigEndian(_buffer.AsSpan(_count), word);
        _count += sizeof(ulong);
    }

    private void WriteStuffed(ulong word, int bytes)
    {
        Reserve();
        for (var index = 0; index < bytes; index++, word <<= 8)
        {
            var next = (byte)(word >> (WordBits - 8));
            _buffer[_count++] = next;
            if (next == byte.MaxValue)
            {
                _buffer[_count++] = 0;
            }
        }
    }

    private void Reserve()
    {
        if (_buffer.Length - _count < MostOfWord)
        {
            output.Write(_buffer, 0, _count);
            _count = 0;
        }
    }
}
