using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>
/// What the compressed pixels of a HEIF item say of their size: decoders take memory by that, whatever the file says outside (ITU-T H.265, 7.3.2.2;
/// AV1 bitstream specification, 5.5; ISO/IEC 14496-15, 8.3.3).
/// </summary>
/// <param name="source">The file.</param>
internal sealed class HeifCodedPixels(SourceReader source)
{
    private const int MostUnits = 100_000;
    private const int MostHeaderBytes = 512;
    private const int SequenceParameterSet = 33;
    private const int SequenceHeader = 1;

    private readonly Dictionary<HeifItem, CodedSize> _known = [];
    private int _units;

    /// <summary>Reads it, of each item once.</summary>
    /// <exception cref="CorruptSourceException">They say none.</exception>
    public CodedSize Read(HeifItem item)
    {
        if (!_known.TryGetValue(item, out var found))
        {
            _known[item] = found = item.Type == "av01" ? ReadAv1(item) : ReadHevc(item);
        }

        return found.Size.Pixels > 0 ? found : throw new CorruptSourceException("is no HEIF that can be read: its pixels do not say how many they are");
    }

    private void CountUnit()
    {
        if (++_units > MostUnits)
        {
            throw new CorruptSourceException(FormattableString.Invariant($"is no HEIF: its pixels are in more than {MostUnits:N0} units"));
        }
    }

    private CodedSize ReadHevc(HeifItem item)
    {
        var largest = default(CodedSize);
        foreach (var configuration in item.Properties.Where(box => box is { Type: "hvcC", LengthBytes: >= 23 }))
        {
            largest = Larger(Larger(largest, ReadParameterSets(configuration)), ReadHevcUnits(item, 1 + (source.ReadByte(configuration.DataAt + 21) & 3)));
        }

        return largest;
    }

    private CodedSize ReadParameterSets(IsoBox configuration)
    {
        var largest = default(CodedSize);
        var at = configuration.DataAt + 23;
        for (var arrays = source.ReadByte(configuration.DataAt + 22); arrays > 0 && at + 3 <= configuration.EndAt; arrays--)
        {
            var type = source.ReadByte(at) & 0x3F;
            var units = source.ReadUInt16BigEndian(at + 1);
            at += 3;
            for (; units > 0 && at + 2 <= configuration.EndAt; units--)
            {
                var length = source.ReadUInt16BigEndian(at);
                largest = type == SequenceParameterSet ? Larger(largest, ReadParameterSet(at + 2, length)) : largest;
                at += 2 + length;
            }
        }

        return largest;
    }

    /// <summary>Parameter sets that stand among the pixels: a decoder takes the last one that it sees.</summary>
    private CodedSize ReadHevcUnits(HeifItem item, int lengthBytes)
    {
        var largest = default(CodedSize);
        foreach (var piece in item.Data)
        {
            for (var at = piece.Position; at + lengthBytes + 2 <= piece.Position + piece.LengthBytes;)
            {
                long length = 0;
                for (var index = 0; index < lengthBytes; index++)
                {
                    length = (length << 8) | source.ReadByte(at + index);
                }

                CountUnit();
                at += lengthBytes;
                if (length >= 2 && (source.ReadByte(at) >> 1 & 0x3F) == SequenceParameterSet)
                {
                    largest = Larger(largest, ReadParameterSet(at, length));
                }

                at += length;
            }
        }

        return largest;
    }

    private CodedSize ReadParameterSet(long at, long length)
    {
        var unit = source.ReadBytes(at, Math.Min(Math.Min(length, MostHeaderBytes), source.LengthBytes - at));
        var bits = new BitReader(WithoutEmulation(unit), isLowestFirst: false);
        bits.Skip(16 + 4); // the unit's header, the video parameter set
        var subLayers = (int)bits.Bits(3);
        bits.Skip(1);
        SkipProfile(ref bits, subLayers);
        _ = bits.Golomb();
        if (bits.Golomb() == 3)
        {
            bits.Skip(1);
        }

        long width = bits.Golomb(), height = bits.Golomb();
        if (bits.Flag())
        {
            for (var side = 0; side < 4; side++)
            {
                _ = bits.Golomb(); // what is cut off when it is shown
            }
        }

        var depth = 8 + (int)Math.Min(bits.Golomb(), 8);
        return bits.HasEnded ? default : new CodedSize(SizeOf(width, height), depth);
    }

    /// <summary>The levels and profiles (ITU-T H.265, 7.3.3).</summary>
    private static void SkipProfile(ref BitReader bits, int subLayers)
    {
        bits.Skip(88 + 8);
        Span<bool> hasProfile = stackalloc bool[8], hasLevel = stackalloc bool[8];
        for (var layer = 0; layer < subLayers; layer++)
        {
            (hasProfile[layer], hasLevel[layer]) = (bits.Flag(), bits.Flag());
        }

        if (subLayers > 0)
        {
            bits.Skip(2 * (8 - subLayers));
        }

        for (var layer = 0; layer < subLayers; layer++)
        {
            bits.Skip((hasProfile[layer] ? 88 : 0) + (hasLevel[layer] ? 8 : 0));
        }
    }

    /// <summary>Without the bytes that keep a start code from appearing (ITU-T H.265, 7.3.1.1).</summary>
    private static byte[] WithoutEmulation(byte[] unit)
    {
        var plain = new List<byte>(unit.Length);
        var zeros = 0;
        foreach (var value in unit)
        {
            if (zeros < 2 || value != 3)
            {
                plain.Add(value);
            }

            zeros = value == 0 ? zeros + 1 : 0;
        }

        return [.. plain];
    }

    private CodedSize ReadAv1(HeifItem item)
    {
        var largest = default(CodedSize);
        foreach (var configuration in item.Properties.Where(box => box is { Type: "av1C", LengthBytes: >= 4 }))
        {
            var flags = source.ReadByte(configuration.DataAt + 2);
            largest = Larger(largest, new CodedSize(default, (flags & 0x40) == 0 ? 8 : (flags & 0x20) == 0 ? 10 : 12));
            largest = Larger(largest, ReadAv1Units(StreamPiece.Of(configuration.DataAt + 4, configuration.LengthBytes - 4)));
        }

        return item.Data.Select(piece => ReadAv1Units(piece)).Aggregate(largest, Larger);
    }

    private CodedSize ReadAv1Units(StreamPiece piece)
    {
        var largest = default(CodedSize);
        var (at, end) = (piece.Position, piece.Position + piece.LengthBytes);
        while (at < end)
        {
            CountUnit();
            int header = source.ReadByte(at);
            at += (header & 4) != 0 ? 2 : 1;
            var length = (header & 2) != 0 ? ReadLength(ref at, end) : end - at;
            if (length < 0 || length > end - at)
            {
                return largest; // another piece goes on with it
            }

            if ((header >> 3 & 15) == SequenceHeader)
            {
                largest = Larger(largest, ReadSequenceHeader(source.ReadBytes(at, Math.Min(length, MostHeaderBytes))));
            }

            at += length;
        }

        return largest;
    }

    /// <summary>Seven bits a byte, the lowest first (AV1 bitstream specification, 4.10.5).</summary>
    private long ReadLength(ref long at, long end)
    {
        long length = 0;
        for (var index = 0; index < 8 && at < end; index++)
        {
            var value = source.ReadByte(at++);
            length |= (long)(value & 0x7F) << (7 * index);
            if ((value & 0x80) == 0)
            {
                return length;
            }
        }

        return -1;
    }

    private static CodedSize ReadSequenceHeader(byte[] header)
    {
        var bits = new BitReader(header, isLowestFirst: false);
        bits.Skip(3 + 1); // the profile, and whether it is one picture
        if (bits.Flag())
        {
            bits.Skip(5); // the level, which is all that a short header has
        }
        else
        {
            SkipOperatingPoints(ref bits);
        }

        int widthBits = (int)bits.Bits(4) + 1, heightBits = (int)bits.Bits(4) + 1;
        long width = 1L + bits.Bits(widthBits), height = 1L + bits.Bits(heightBits);
        return bits.HasEnded ? default : new CodedSize(SizeOf(width, height), 8); // its depth is told outside, too
    }

    private static void SkipOperatingPoints(ref BitReader bits)
    {
        var hasTiming = bits.Flag();
        var (hasDecoderModel, delayBits) = (false, 0);
        if (hasTiming)
        {
            bits.Skip(64);
            if (bits.Flag())
            {
                _ = bits.Golomb();
            }

            hasDecoderModel = bits.Flag();
            if (hasDecoderModel)
            {
                delayBits = (int)bits.Bits(5) + 1;
                bits.Skip(32 + 5 + 5);
            }
        }

        var hasInitialDelay = bits.Flag();
        for (var points = bits.Bits(5) + 1; points > 0 && !bits.HasEnded; points--)
        {
            bits.Skip(12);
            if (bits.Bits(5) > 7)
            {
                bits.Skip(1);
            }

            if (hasDecoderModel && bits.Flag())
            {
                bits.Skip((2 * delayBits) + 1);
            }

            if (hasInitialDelay && bits.Flag())
            {
                bits.Skip(4);
            }
        }
    }

    private static PixelSize SizeOf(long width, long height) => new((int)Math.Min(width, int.MaxValue), (int)Math.Min(height, int.MaxValue));

    private static CodedSize Larger(CodedSize one, CodedSize other) => new(
        new PixelSize(Math.Max(one.Size.WidthPixels, other.Size.WidthPixels), Math.Max(one.Size.HeightPixels, other.Size.HeightPixels)),
        Math.Max(one.BitDepth, other.BitDepth));
}
