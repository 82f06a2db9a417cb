namespace ActorImaging.Imaging.Jpeg;

/// <summary>Decodes the blocks of progressive scans, each of which has some coefficients, or some bits of these (ITU-T T.81, G.2).</summary>
/// <param name="scan">The scan.</param>
/// <param name="reader">Its data.</param>
internal sealed class ProgressiveReader(ScanHeader scan, ScanReader reader)
{
    private const int SixteenZeros = 15;

    /// <summary>Decodes what the scan has of a block.</summary>
    /// <param name="codes">The codes of the component; null for the bits of DC coefficients, which have none.</param>
    /// <param name="prediction">The DC coefficient of the component's last block, in the bits of this scan.</param>
    /// <param name="block">Its coefficients.</param>
    public void Read(CodeTable? codes, ref int prediction, Span<short> block)
    {
        if (scan.First > 0)
        {
            ReadOthers(codes!, block);
        }
        else if (codes is null)
        {
            BlockReader.Refill(ref reader.State, reader.Data);
            block[0] |= (short)(ReadBits(1) << scan.BitsLeft);
        }
        else
        {
            BlockReader.ReadDc(ref reader.State, reader.Data, codes, ref prediction);
            block[0] = (short)(prediction << scan.BitsLeft);
        }
    }

    private void ReadOthers(CodeTable codes, Span<short> block)
    {
        if (scan.BitsBefore > 0)
        {
            Refine(codes, block);
        }
        else if (reader.EmptyBlocks > 0)
        {
            reader.EmptyBlocks--;
        }
        else
        {
            ReadFirst(codes, block);
        }
    }

    private void ReadFirst(CodeTable codes, Span<short> block)
    {
        for (var place = scan.First; place <= scan.Last; place++)
        {
            var (run, size) = ReadSymbol(codes);
            if (size == 0 && run != SixteenZeros)
            {
                reader.EmptyBlocks = (1 << run) - 1 + ReadBits(run);
                return;
            }

            place += run;
            if (size > 0)
            {
                var value = (short)(CodeTable.Extend(ReadBits(size), size) << scan.BitsLeft);
                block[BlockReader.Places[Math.Min(place, BlockReader.BlockWords - 1)]] = value; // behind the end as libjpeg does
                Note(place > BlockReader.BlockWords - 1);
            }
        }
    }

    private void Refine(CodeTable codes, Span<short> block)
    {
        var place = scan.First;
        while (reader.EmptyBlocks == 0 && place <= scan.Last)
        {
            var (run, size) = ReadSymbol(codes);
            if (size == 0 && run != SixteenZeros)
            {
                reader.EmptyBlocks = (1 << run) + ReadBits(run);
                break;
            }

            Note(size > 1);
            var value = size == 0 ? 0 : ReadBits(1) == 1 ? 1 << scan.BitsLeft : -1 << scan.BitsLeft;
            place = RefineRun(block, place, run);
            if (value != 0)
            {
                block[BlockReader.Places[Math.Min(place, BlockReader.BlockWords - 1)]] = (short)value;
            }

            place++;
        }

        if (reader.EmptyBlocks > 0)
        {
            RefineRun(block, place, int.MaxValue);
            reader.EmptyBlocks--;
        }
    }

    /// <summary>Reads the bits of the coefficients that are not 0, as far as so many that are.</summary>
    /// <returns>The place of the coefficient behind these, or behind the last one of the scan.</returns>
    private int RefineRun(Span<short> block, int place, int zeros)
    {
        for (; place <= scan.Last; place++)
        {
            ref var coefficient = ref block[BlockReader.Places[place]];
            if (coefficient != 0)
            {
                RefineOne(ref coefficient);
            }
            else if (zeros-- == 0)
            {
                break;
            }
        }

        return place;
    }

    private void RefineOne(ref short coefficient)
    {
        BlockReader.Refill(ref reader.State, reader.Data);
        var bit = 1 << scan.BitsLeft;
        if (ReadBits(1) == 1 && (coefficient & bit) == 0)
        {
            coefficient += (short)(coefficient >= 0 ? bit : -bit);
        }
    }

    private (int Run, int Size) ReadSymbol(CodeTable codes)
    {
        ref var state = ref reader.State;
        BlockReader.Refill(ref state, reader.Data);
        int code = codes.Codes[(int)(state.Bits >> (64 - CodeTable.LongLookBits))];
        var (length, symbol) = code == 0 ? codes.Find(state.Bits) : (code >> 8, code & 255);
        Note(length > CodeTable.MostBits);
        state.Bits <<= length;
        state.Count -= length;
        return (symbol >> 4, symbol & 15);
    }

    /// <summary>Reads up to 16 bits, which were seen to be there.</summary>
    private int ReadBits(int bits)
    {
        ref var state = ref reader.State;
        var value = (int)((state.Bits >> 1) >> (63 - bits));
        state.Bits <<= bits;
        state.Count -= bits;
        return value;
    }

    private void Note(bool isFault) => reader.State.Faults |= isFault ? CodeTable.IsFault : 0;
}
