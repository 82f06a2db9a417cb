using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>
/// Decodes the blocks of sequential scans (ITU-T T.81, F.2.2). Every place is checked, that of the data and that of the coefficient: the codes are other
/// people's. Data must go on for as long as a block can, with zeros if need be: <see cref="EntropyWindow.Prepare"/>.
/// </summary>
internal static class BlockReader
{
    /// <summary>Coefficients of a block.</summary>
    public const int BlockWords = 64;

    /// <summary>
    /// Words behind the first one of a block that decoding may write to: where a run goes on behind the last coefficient, which libjpeg then writes the value
    /// to, and where what belongs to no coefficient is dropped.
    /// </summary>
    public const int SpanWords = 80;

    /// <summary>What <see cref="Read"/> returns for a block that has nothing but a DC coefficient.</summary>
    public const uint DcOnly = 1 + CodeTable.EndOfBlock;

    /// <summary>Look-ups, none of which takes more than <see cref="CodeTable.LookBits"/>, for which there are bits at once, with a long symbol behind them.</summary>
    private const int LookUps = 3;

    /// <summary>Decodes a block.</summary>
    /// <param name="state">How far the data are decoded.</param>
    /// <param name="data">The data.</param>
    /// <param name="dcCodes">The codes of its DC coefficient.</param>
    /// <param name="acCodes">The codes of the others.</param>
    /// <param name="prediction">The DC coefficient of the component's last block; becomes this block's.</param>
    /// <param name="block">Receives the coefficients; has <see cref="SpanWords"/>.</param>
    /// <returns>The place behind the last coefficient, or <see cref="CodeTable.EndOfBlock"/> behind where the block's end was coded.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static uint Read(ref BitState state, ReadOnlySpan<byte> data, CodeTable dcCodes, CodeTable acCodes, ref int prediction, Span<short> block)
    {
        // The state is kept in registers: every symbol changes it
        var (bits, count, at, faults) = (state.Bits, state.Count, state.At, state.Faults);
        bits |= BinaryPrimitives.ReadUInt64BigEndian(data[at..]) >> count;
        at += (63 - count) >> 3;
        count |= 56;
        var entry = dcCodes.Single[(int)(bits >> (64 - CodeTable.LookBits))];
        if ((entry & CodeTable.IsLong) != 0)
        {
            entry = dcCodes.Long(bits, entry);
            faults |= entry;
        }

        bits <<= (int)entry;
        count -= (int)entry & 63;
        prediction += (int)entry >> 16; // wraps where the differences are nonsense, as libjpeg's does
        Clear(block);
        block[0] = (short)prediction;

        var pairs = acCodes.Pairs;
        uint place = 1;
        while (place < BlockWords)
        {
            bits |= BinaryPrimitives.ReadUInt64BigEndian(data[at..]) >> count;
            at += (63 - count) >> 3;
            count |= 56;
            for (var left = LookUps; left > 0; left--)
            {
                var found = pairs[(int)(bits >> (64 - CodeTable.LookBits))];
                if (((uint)found & CodeTable.IsLong) != 0)
                {
                    entry = acCodes.Long(bits, (uint)found);
                    faults |= entry;
                    bits <<= (int)entry;
                    count -= (int)entry & 63;
                    place += (byte)(entry >> 8);
                    block[ZigZag.Places[(byte)(place - 1)]] = (short)(entry >> 16);
                    break;
                }

                var first = place + (byte)(found >> 8);
                place += (byte)(found >> 16);
                block[ZigZag.Places[(byte)(first - 1)]] = (short)(found >> 32);
                block[ZigZag.Places[(byte)(place - 1)]] = (short)(found >> 48);
                if (place >= BlockWords && first - BlockWords < BlockWords)
                {
                    (place, found) = (first, found >> 24); // the second of the two is the next block's
                }

                bits <<= (int)found;
                count -= (int)found & 63;
                if (place >= BlockWords)
                {
                    break;
                }
            }
        }

        if (place - BlockWords - 1 < CodeTable.EndOfBlock - BlockWords - 1)
        {
            block[BlockWords - 1] = block[ZigZag.Places[(byte)(place - 1)]]; // a run behind the end
            faults |= CodeTable.IsFault;
        }

        (state.Bits, state.Count, state.At, state.Faults) = (bits, count, at, faults & CodeTable.IsFault);
        return place;
    }

    /// <summary>Decodes the DC coefficient of a block and leaves out the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReadDcOnly(ref BitState state, ReadOnlySpan<byte> data, CodeTable dcCodes, CodeTable acCodes, ref int prediction)
    {
        ReadDc(ref state, data, dcCodes, ref prediction);
        var (bits, count, at, faults) = (state.Bits, state.Count, state.At, state.Faults);
        var skips = acCodes.Skips;
        uint place = 1;
        while (place < BlockWords)
        {
            bits |= BinaryPrimitives.ReadUInt64BigEndian(data[at..]) >> count;
            at += (63 - count) >> 3;
            count |= 56;
            var entry = skips[(int)(bits >> (64 - CodeTable.LongLookBits))];
            if ((entry & CodeTable.IsLong) != 0 || place + (entry >> 16) >= BlockWords)
            {
                // One symbol alone: it is too long, or the last one of this block is within
                entry = acCodes.Single[(int)(bits >> (64 - CodeTable.LookBits))];
                entry = (entry & CodeTable.IsLong) != 0 ? acCodes.Long(bits, entry) : entry;
                faults |= entry & CodeTable.IsFault;
            }

            bits <<= (int)entry;
            count -= (int)entry & 63;
            place += (byte)(entry >> 8);
        }

        faults |= place - BlockWords - 1 < CodeTable.EndOfBlock - BlockWords - 1 ? CodeTable.IsFault : 0;
        (state.Bits, state.Count, state.At, state.Faults) = (bits, count, at, faults);
    }

    /// <summary>Decodes the difference of a DC coefficient from the last one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ReadDc(ref BitState state, ReadOnlySpan<byte> data, CodeTable codes, ref int prediction)
    {
        Refill(ref state, data);
        var entry = codes.Single[(int)(state.Bits >> (64 - CodeTable.LookBits))];
        if ((entry & CodeTable.IsLong) != 0)
        {
            entry = codes.Long(state.Bits, entry);
            state.Faults |= entry & CodeTable.IsFault;
        }

        state.Bits <<= (int)entry;
        state.Count -= (int)entry & 63;
        prediction += (int)entry >> 16; // wraps where the differences are nonsense, as libjpeg's does
    }

    /// <summary>Decodes a bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadBit(ref BitState state, ReadOnlySpan<byte> data)
    {
        Refill(ref state, data);
        var bit = (int)(state.Bits >> 63);
        state.Bits <<= 1;
        state.Count--;
        return bit;
    }

    /// <summary>Sees to it that 56 bits and more are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Refill(ref BitState state, ReadOnlySpan<byte> data)
    {
        state.Bits |= BinaryPrimitives.ReadUInt64BigEndian(data[state.At..]) >> state.Count;
        state.At += (63 - state.Count) >> 3;
        state.Count |= 56;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear(Span<short> block)
    {
        for (var at = 0; at < BlockWords; at += Vector256<short>.Count)
        {
            Vector256<short>.Zero.CopyTo(block[at..]);
        }
    }
}
