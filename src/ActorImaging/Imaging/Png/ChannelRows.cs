using System.Buffers;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// The rows of another source without the channels that say nothing: alpha that is opaque throughout, colours that are all gray.
/// </summary>
/// <param name="source">8-bit rows.</param>
/// <param name="channels">Channels kept, 1 to 3 and fewer than the source has.</param>
internal sealed class ChannelRows(PngRows source, int channels)
    : PngRows(source.WidthPixels, source.HeightPixels, PngPixelFormat.OfChannels(channels))
{
    /// <inheritdoc/>
    public override bool IsRepeatable => source.IsRepeatable;

    /// <inheritdoc/>
    public override void ReadRows(int firstRow, int count, Span<byte> destination)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(source.RowBytes);
        try
        {
            var full = buffer.AsSpan(0, source.RowBytes);
            for (var row = 0; row < count; row++)
            {
                source.ReadRows(firstRow + row, 1, full);
                Keep(full, destination.Slice(row * RowBytes, RowBytes));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Keep(ReadOnlySpan<byte> full, Span<byte> kept)
    {
        var step = source.Format.Channels;
        switch (channels)
        {
            case 1:
                KeepGray(full, step, kept);
                break;
            case 2:
                KeepGrayAlpha(full, step, kept);
                break;
            default:
                KeepColours(full, kept);
                break;
        }
    }

    private static void KeepGray(ReadOnlySpan<byte> full, int step, Span<byte> kept)
    {
        for (int from = 0, to = 0; to < kept.Length; from += step, to++)
        {
            kept[to] = full[from];
        }
    }

    private static void KeepGrayAlpha(ReadOnlySpan<byte> full, int step, Span<byte> kept)
    {
        for (int from = 0, to = 0; to < kept.Length; from += step, to += 2)
        {
            kept[to] = full[from];
            kept[to + 1] = full[from + step - 1];
        }
    }

    private static void KeepColours(ReadOnlySpan<byte> full, Span<byte> kept)
    {
        for (int from = 0, to = 0; to < kept.Length; from += 4, to += 3)
        {
            kept[to] = full[from];
            kept[to + 1] = full[from + 1];
            kept[to + 2] = full[from + 2];
        }
    }
}
