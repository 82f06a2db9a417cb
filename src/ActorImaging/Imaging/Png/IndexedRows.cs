using System.Buffers;

namespace ActorImaging.Imaging.Png;

/// <summary>The rows of another source as palette indices, packed with the leftmost pixel in the highest bits (PNG third edition, 7.2).</summary>
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
        if (Format.BitDepth == 8)
        {
            indices.CopyTo(packed);
            return;
        }
        var depth = Format.BitDepth;
        for (int x = 0, at = 0; at < packed.Length; at++)
        {
            var value = 0;
            for (var shift = 8 - depth; shift >= 0 && x < indices.Length; shift -= depth)
            {
                value |= indices[x++] << shift;
            }
            packed[at] = (byte)value;
        }
    }
}
