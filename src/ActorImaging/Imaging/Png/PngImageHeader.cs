using System.Buffers.Binary;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Png;

/// <summary>What IHDR says (PNG specification, third edition, 11.2.1).</summary>
/// <param name="Size">Columns and rows, each at least 1.</param>
/// <param name="Format">How samples lie.</param>
/// <param name="IsInterlaced">Whether rows come in the seven passes of Adam7.</param>
internal sealed record PngImageHeader(PixelSize Size, PngPixelFormat Format, bool IsInterlaced)
{
    /// <summary>Reads the 13 bytes of IHDR.</summary>
    /// <exception cref="CorruptSourceException">They are none.</exception>
    public static PngImageHeader Read(ReadOnlySpan<byte> data)
    {
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data), height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        var (depth, colour) = (data[8], (PngColourType)data[9]);
        var isKnown = colour switch
        {
            PngColourType.Gray => depth is 1 or 2 or 4 or 8 or 16,
            PngColourType.Indexed => depth is 1 or 2 or 4 or 8,
            PngColourType.Truecolour or PngColourType.GrayAlpha or PngColourType.TruecolourAlpha => depth is 8 or 16,
            _ => false,
        };
        return isKnown && width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue && data[10] == 0 && data[11] == 0 && data[12] <= 1
            ? new PngImageHeader(new PixelSize((int)width, (int)height), new PngPixelFormat(colour, depth), data[12] == 1)
            : throw new CorruptSourceException(FormattableString.Invariant($"is no PNG: its header says {width}x{height}, colour type {data[9]}, {depth} bits"));
    }
}
