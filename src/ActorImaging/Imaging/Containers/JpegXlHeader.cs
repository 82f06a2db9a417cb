using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>What the codestream of a JPEG XL says before its frames (ISO/IEC 18181-1, annex A and D).</summary>
/// <param name="Size">Columns and rows, as they are stored.</param>
/// <param name="Orientation">How they are stored.</param>
/// <param name="BitDepth">Bits a channel of colour.</param>
/// <param name="IsAnimated">Whether there are frames.</param>
internal sealed record JpegXlHeader(PixelSize Size, ImageOrientation Orientation, int BitDepth, bool IsAnimated)
{
    /// <summary>Reads it.</summary>
    /// <param name="codestream">The codestream, from its signature on.</param>
    /// <exception cref="CorruptSourceException">It is none.</exception>
    public static JpegXlHeader Read(ReadOnlySpan<byte> codestream)
    {
        if (!codestream.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]))
        {
            throw new CorruptSourceException("is no JPEG XL: its codestream does not begin as one");
        }

        var bits = new BitReader(codestream[2..], isLowestFirst: true);
        var size = ReadSize(ref bits);
        var header = ReadImageMetadata(ref bits, size);
        return bits.HasEnded ? throw new CorruptSourceException("is no whole JPEG XL: it ends within its header") : header;
    }

    private static PixelSize ReadSize(ref BitReader bits)
    {
        var isSmall = bits.Flag();
        long height = isSmall ? (bits.Bits(5) + 1) * 8 : ReadSide(ref bits);
        var ratio = bits.Bits(3);
        long width = ratio switch
        {
            1 => height,
            2 => height * 12 / 10,
            3 => height * 4 / 3,
            4 => height * 3 / 2,
            5 => height * 16 / 9,
            6 => height * 5 / 4,
            7 => height * 2,
            _ => isSmall ? (bits.Bits(5) + 1) * 8 : ReadSide(ref bits),
        };
        return width <= int.MaxValue && height <= int.MaxValue
            ? new PixelSize((int)width, (int)height)
            : throw new CorruptSourceException(FormattableString.Invariant($"is no JPEG XL: its header says {width}x{height}"));
    }

    private static long ReadSide(ref BitReader bits) => 1L + bits.Bits(bits.Bits(2) switch { 0 => 9, 1 => 13, 2 => 18, _ => 30 });

    private static JpegXlHeader ReadImageMetadata(ref BitReader bits, PixelSize size)
    {
        if (bits.Flag())
        {
            return new JpegXlHeader(size, ImageOrientation.TopLeft, BitDepth: 8, IsAnimated: false);
        }

        var (orientation, isAnimated) = (ImageOrientation.TopLeft, false);
        if (bits.Flag())
        {
            orientation = (ImageOrientation)(bits.Bits(3) + 1);
            if (bits.Flag())
            {
                _ = ReadSize(ref bits); // the size that is meant to be shown
            }

            if (bits.Flag())
            {
                SkipPreview(ref bits);
            }

            isAnimated = bits.Flag();
            if (isAnimated)
            {
                SkipAnimation(ref bits);
            }
        }

        return new JpegXlHeader(size, orientation, ReadBitDepth(ref bits), isAnimated);
    }

    private static void SkipPreview(ref BitReader bits)
    {
        var isSmall = bits.Flag();
        _ = isSmall ? ReadWhole(ref bits, (16, 0), (32, 0), (1, 5), (33, 9)) : ReadWhole(ref bits, (1, 6), (65, 8), (321, 10), (1345, 12));
        if (bits.Bits(3) == 0)
        {
            _ = isSmall ? ReadWhole(ref bits, (16, 0), (32, 0), (1, 5), (33, 9)) : ReadWhole(ref bits, (1, 6), (65, 8), (321, 10), (1345, 12));
        }
    }

    private static void SkipAnimation(ref BitReader bits)
    {
        _ = ReadWhole(ref bits, (100, 0), (1000, 0), (1, 10), (1, 30)); // ticks a second, above
        _ = ReadWhole(ref bits, (1, 0), (1001, 0), (1, 8), (1, 10)); // and below the line
        _ = ReadWhole(ref bits, (0, 0), (0, 3), (0, 16), (0, 32)); // how often
        _ = bits.Flag(); // whether frames have times of day
    }

    private static int ReadBitDepth(ref BitReader bits) => bits.Flag()
        ? (int)ReadWhole(ref bits, (32, 0), (16, 0), (24, 0), (1, 6)) // floating point
        : (int)ReadWhole(ref bits, (8, 0), (10, 0), (12, 0), (1, 6));

    private static uint ReadWhole(ref BitReader bits, (uint Offset, int Bits) first, (uint Offset, int Bits) second, (uint Offset, int Bits) third, (uint Offset, int Bits) fourth)
    {
        var (offset, count) = bits.Bits(2) switch { 0 => first, 1 => second, 2 => third, _ => fourth };
        return offset + bits.Bits(count);
    }
}
