using System.Buffers;
using System.Buffers.Binary;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// The rows of another source as palette indices, packed with the leftmost pixel in the highest bits (PNG third edition, 7.2).
/// </summary>
internal sealed class IndexedRows(PngRows source, PngPalette palette)
    : PngRows(source.WidthPixels, source.HeightPixels, new PngPixelFormat(PngColourType.Indexed, palette.BitDepth))
{
    /// <summary>The colours.</summary>
    public PngPalette Palette => palette;

    /// <inheritdoc/>
    public override bool IsRepeatable => source.IsRepeatable;

    /// <inheritdoc/>
    public override void ReadRows(int firstRow, int count, Span<byte> destination)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(source.RowBytes + WidthPixels);
        try
        {
            var colours = buffer.AsSpan(0, source.RowBytes);
            var indices = buffer.AsSpan(source.RowBytes, WidthPixels);
            for (var row = 0; row < count; row++)
            {
                source.ReadRows(firstRow + row, 1, colours);
                FindIndices(colours, indices);
                Pack(indices, destination.Slice(row * RowBytes, RowBytes));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void FindIndices(ReadOnlySpan<byte> colours, Span<byte> indices)
    {
        var channels = source.Format.Channels;
        for (var x = 0; x < indices.Length;)
        {
            var run = PixelColours.RunBytes(colours, x * channels, channels) / channels;
            indices.Slice(x, run).Fill(palette.IndexOf(PixelColours.ColourAt(colours, x * channels, channels)));
            x += run;
        }
    }

    private void Pack(ReadOnlySpan<byte> indices, Span<byte> packed)
    {
        var depth = Format.BitDepth;
        if (depth == 8)
        {
            indices.CopyTo(packed);
            return;
        }
        for (; indices.Length >= 8; indices = indices[8..], packed = packed[depth..])
        {
            WriteLowBytes(PackEight(BinaryPrimitives.ReadUInt64BigEndian(indices), depth), packed[..depth]);
        }
        for (var at = 0; at < packed.Length; at++)
        {
            packed[at] = PackLast(indices[(at * 8 / depth)..], depth);
        }
    }

    /// <summary>
    /// Closes the gaps between eight indices: first in each pair of bytes, then in each pair of pairs, then between the halves.
    /// </summary>
    private static ulong PackEight(ulong indices, int depth)
    {
        indices = (indices | (indices >> (8 - depth))) & (0x0001000100010001UL * ((1UL << (2 * depth)) - 1));
        indices = (indices | (indices >> (16 - (2 * depth)))) & (0x0000000100000001UL * ((1UL << (4 * depth)) - 1));
        return (indices | (indices >> (32 - (4 * depth)))) & ((1UL << (8 * depth)) - 1);
    }

    private static void WriteLowBytes(ulong value, Span<byte> destination)
    {
        for (var at = destination.Length - 1; at >= 0; at--, value >>= 8)
        {
            destination[at] = (byte)value;
        }
    }

    /// <summary>The byte of the first indices; where they end it is filled up with zero bits.</summary>
    private static byte PackLast(ReadOnlySpan<byte> indices, int depth)
    {
        var value = 0;
        for (int at = 0, shift = 8 - depth; shift >= 0 && at < indices.Length; at++, shift -= depth)
        {
            value |= indices[at] << shift;
        }
        return (byte)value;
    }
}
