using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>
/// Decodes what a progressive scan has of a block: some AC coefficients without their last bits, or the next bit of these (ITU-T T.81, G.1.2). Blocks are kept
/// in the order of coding, so that one comparison tells in which places there is something. Every place is checked, as in <see cref="BlockReader"/>, and data
/// must go on as there.
/// </summary>
internal static class ProgressiveBlocks
{
    private const int LastPlace = BlockReader.BlockWords - 1;
    private const int SixteenZeros = 15;

    /// <summary>Decodes coefficients that no scan had before.</summary>
    /// <param name="state">How far the data are decoded.</param>
    /// <param name="data">The data.</param>
    /// <param name="codes">The codes.</param>
    /// <param name="scan">Which coefficients.</param>
    /// <param name="block">Receives them.</param>
    /// <returns>How many blocks behind this one have none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int ReadFirst(ref BitState state, ReadOnlySpan<byte> data, CodeTable codes, ScanHeader scan, Span<short> block)
    {
        var (bits, count, at, faults) = (state.Bits, state.Count, state.At, state.Faults);
        var (place, last, shift, empty) = (scan.First, scan.Last, scan.BitsLeft, 0);
        while (place <= last)
        {
            bits |= BinaryPrimitives.ReadUInt64BigEndian(data[at..]) >> count;
            at += (63 - count) >> 3;
            count |= 56;
            var entry = codes.Single[(int)(bits >> (64 - CodeTable.LookBits))];
            entry = (entry & CodeTable.IsLong) != 0 ? codes.Long(bits, entry) : entry;
            var advance = (byte)(entry >> 8);
            if (advance == CodeTable.EndOfBlock)
            {
                // The end of more blocks than this one: their number is behind the code
                var (length, symbol) = codes.Find(bits);
                faults |= length > CodeTable.MostBits ? CodeTable.IsFault : 0;
                var size = symbol >> 4;
                empty = (1 << size) - 1 + (int)((bits << length >> 1) >> (63 - size));
                bits <<= length + size;
                count -= length + size;
                break;
            }

            bits <<= (int)entry;
            count -= (int)entry & 63;
            place += advance;
            if (entry >> 16 != 0)
            {
                block[Math.Min(place - 1, LastPlace)] = (short)((short)(entry >> 16) << shift);
                faults |= place - 1 > LastPlace ? CodeTable.IsFault : 0;
            }
        }

        (state.Bits, state.Count, state.At, state.Faults) = (bits, count, at, faults);
        return empty;
    }

    /// <summary>Decodes the next bit of coefficients that are not 0, and those that are not 0 with this bit only.</summary>
    /// <param name="state">How far the data are decoded.</param>
    /// <param name="data">The data.</param>
    /// <param name="codes">The codes.</param>
    /// <param name="scan">Which coefficients.</param>
    /// <param name="empty">How many blocks, from this one on, have nothing but the next bits.</param>
    /// <param name="block">The coefficients.</param>
    /// <returns>How many blocks behind this one have nothing but these.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Refine(ref BitState state, ReadOnlySpan<byte> data, CodeTable codes, ScanHeader scan, int empty, Span<short> block)
    {
        var (place, last, shift) = (scan.First, scan.Last, scan.BitsLeft);
        var filled = NonZero(block);
        var local = state;
        while (empty == 0 && place <= last)
        {
            BlockReader.Refill(ref local, data);
            var (run, size) = TakeSymbol(ref local, codes);
            if (size == 0 && run != SixteenZeros)
            {
                empty = (1 << run) + TakeBits(ref local, run);
                break;
            }

            local.Faults |= size > 1 ? CodeTable.IsFault : 0;
            var value = size == 0 ? 0 : TakeBits(ref local, 1) == 1 ? 1 << shift : -1 << shift;
            var end = Math.Min(PlaceBehind(~filled & From(place), run), last + 1);
            Correct(ref local, data, block, filled & From(place) & ~From(end), shift);
            if (value != 0)
            {
                block[Math.Min(end, LastPlace)] = (short)value;
            }

            place = end + 1;
        }

        if (empty > 0)
        {
            Correct(ref local, data, block, filled & From(place) & ~From(last + 1), shift);
            empty--;
        }

        state = local;
        return empty;
    }

    /// <summary>Which coefficients of a block are not 0, a bit each, the first one's lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NonZero(ReadOnlySpan<short> block)
    {
        ulong zeros = 0;
        for (var at = BlockReader.BlockWords - Vector256<short>.Count; at >= 0; at -= Vector256<short>.Count)
        {
            zeros = (zeros << Vector256<short>.Count) | Vector256.Equals(Vector256.Create(block[at..]), Vector256<short>.Zero).ExtractMostSignificantBits();
        }

        return ~zeros;
    }

    /// <summary>The places from one on, a bit each; none behind the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong From(int place) => place > LastPlace ? 0 : ulong.MaxValue << place;

    /// <summary>The first of some places, so many left out; behind all places where there are not as many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PlaceBehind(ulong places, int leftOut)
    {
        for (; leftOut > 0; leftOut--)
        {
            places &= places - 1;
        }

        return BitOperations.TrailingZeroCount(places);
    }

    /// <summary>Decodes the next bit of coefficients that are not 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Correct(ref BitState state, ReadOnlySpan<byte> data, Span<short> block, ulong places, int shift)
    {
        for (; places != 0; places &= places - 1)
        {
            BlockReader.Refill(ref state, data);
            ref var coefficient = ref block[BitOperations.TrailingZeroCount(places)];
            var isMore = TakeBits(ref state, 1) & ~(coefficient >> shift); // bits are as good as random: no branch
            coefficient += (short)((isMore & 1) * ((coefficient >> 15) | 1) << shift);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Run, int Size) TakeSymbol(ref BitState state, CodeTable codes)
    {
        int code = codes.Codes[(int)(state.Bits >> (64 - CodeTable.LongLookBits))];
        var (length, symbol) = code == 0 ? codes.Find(state.Bits) : (code >> 8, code & 255);
        state.Faults |= length > CodeTable.MostBits ? CodeTable.IsFault : 0;
        state.Bits <<= length;
        state.Count -= length;
        return (symbol >> 4, symbol & 15);
    }

    /// <summary>Takes up to 16 bits, which were seen to be there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TakeBits(ref BitState state, int bits)
    {
        var value = (int)((state.Bits >> 1) >> (63 - bits));
        state.Bits <<= bits;
        state.Count -= bits;
        return value;
    }
}
