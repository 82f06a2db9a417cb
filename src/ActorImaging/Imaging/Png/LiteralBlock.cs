using System.Runtime.CompilerServices;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// Deflate blocks without matches: each byte by its own Huffman code, made for the block (RFC 1951, 3.2.7). On filtered photographs
/// matches find nothing that the code does not, and looking for them is what takes the time.
/// </summary>
/// <remarks>
/// A block that its code would make larger (evenly distributed bytes) is stored as it is, as in every deflate writer: it saves bytes,
/// and is never chosen to save time.
/// </remarks>
internal static unsafe class LiteralBlock
{
    /// <summary>The 256 literals and the end of the block.</summary>
    public const int Symbols = 257;

    /// <summary>
    /// Most bytes of a block: enough to make the header small beside them, few enough for the code to follow the picture.
    /// </summary>
    public const int MaxBytes = 128 * 1024;

    /// <summary>Longest code word, in bits: four of them and a byte's rest fit the 64 bits that are written at once.</summary>
    public const int LimitBits = 12;

    private const int EndOfBlock = 256;
    private const int MaxStoredBytes = 65535;

    /// <summary>Room that a block of <paramref name="lengthBytes"/> needs at most.</summary>
    public static int MaxOutputBytes(int lengthBytes) => lengthBytes + (5 * StoredPieces(lengthBytes)) + 16;

    /// <summary>Appends one block, not the last.</summary>
    /// <param name="data">1 to <see cref="MaxBytes"/> bytes.</param>
    /// <param name="bits">Where they go; <see cref="MaxOutputBytes"/> must be free there.</param>
    public static void Write(ReadOnlySpan<byte> data, ref DeflateBits bits)
    {
        Span<uint> counts = stackalloc uint[Symbols];
        Span<byte> lengths = stackalloc byte[Symbols];
        ByteHistogram.Add(data, counts);
        counts[EndOfBlock] = 1;
        HuffmanCode.FindLengths(counts, LimitBits, lengths);
        var header = new DynamicBlockHeader(lengths);
        if (header.CountBits() + CountBits(counts, lengths) >= StoredBits(data.Length))
        {
            WriteStored(data, ref bits);
            return;
        }
        header.Write(ref bits);
        WriteCoded(data, lengths, ref bits);
    }

    /// <summary>Bits of these symbols in a code of these lengths.</summary>
    private static long CountBits(ReadOnlySpan<uint> counts, ReadOnlySpan<byte> lengths)
    {
        var bits = 0L;
        for (var symbol = 0; symbol < Symbols; symbol++)
        {
            bits += (long)counts[symbol] * lengths[symbol];
        }
        return bits;
    }

    private static int StoredPieces(int lengthBytes) => (lengthBytes + MaxStoredBytes - 1) / MaxStoredBytes;

    private static long StoredBits(int lengthBytes) => 8L * (lengthBytes + (5 * StoredPieces(lengthBytes)));

    private static void WriteStored(ReadOnlySpan<byte> data, ref DeflateBits bits)
    {
        while (!data.IsEmpty)
        {
            var piece = data[..Math.Min(data.Length, MaxStoredBytes)];
            WriteStoredHeader(piece.Length, ref bits);
            bits.PutBytes(piece);
            data = data[piece.Length..];
        }
    }

    /// <summary>Begins a stored block of 0 to 65535 bytes (RFC 1951, 3.2.4), which leaves the bits aligned.</summary>
    public static void WriteStoredHeader(int lengthBytes, ref DeflateBits bits)
    {
        bits.Put(0, 3);
        bits.Align();
        bits.Put((uint)lengthBytes | ((ulong)(ushort)~lengthBytes << 16), 32);
    }

    private static void WriteCoded(ReadOnlySpan<byte> data, ReadOnlySpan<byte> lengths, ref DeflateBits bits)
    {
        Span<ushort> words = stackalloc ushort[Symbols];
        HuffmanCode.AssignWords(lengths, words);
        fixed (byte* start = data, lengthTable = lengths)
        fixed (ushort* wordTable = words)
        {
            Pack(start, start + data.Length, wordTable, lengthTable, ref bits);
        }
        bits.Put(words[EndOfBlock], lengths[EndOfBlock]);
    }

    /// <summary>Appends the code words of the bytes from <paramref name="at"/> to <paramref name="end"/>, four at a time.</summary>
    /// <param name="at">The first byte.</param>
    /// <param name="end">Behind the last one.</param>
    /// <param name="words">The code word of each byte value.</param>
    /// <param name="lengths">Its length in bits.</param>
    /// <param name="bits">Where they go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(byte* at, byte* end, ushort* words, byte* lengths, ref DeflateBits bits)
    {
        var local = bits;
        for (; at + 4 <= end; at += 4)
        {
            // Indices as wide as a pointer: narrower ones are extended once more for each use.
            nuint a = at[0], b = at[1], c = at[2], d = at[3];
            int aBits = lengths[a], cBits = lengths[c], abBits = aBits + lengths[b], cdBits = cBits + lengths[d];
            var ab = words[a] | ((ulong)words[b] << aBits);
            var cd = words[c] | ((ulong)words[d] << cBits);
            local.Put(ab | (cd << abBits), abBits + cdBits);
        }
        for (; at < end; at++)
        {
            local.Put(words[*at], lengths[*at]);
        }
        bits = local;
    }
}
