using System.Buffers;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Metadata;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// Looks through an image for channels and colours that need not be written: a reader sees the same pixels. Only where rows can be read
/// again; the look ends at the first pixels that rule everything out, which in a photograph are the first.
/// </summary>
internal static class PngReduction
{
    /// <summary>Up to this many bytes of pixels it is cheaper to write an image both ways than to wonder which is smaller.</summary>
    private const int MaxTrialBytes = 64 * 1024;

    /// <summary>The forms to choose from, at least one. Where there are two, the smaller one is found by writing both.</summary>
    /// <param name="rows">8-bit rows.</param>
    /// <param name="metadata">An ICC profile among them keeps colour colour and gray gray, for it describes one of the two.</param>
    public static IReadOnlyList<PngRows> CandidatesFor(PngRows rows, ImageMetadata metadata)
    {
        if (!rows.IsRepeatable)
            return [rows];
        var direct = DropChannels(rows, hasProfile: metadata.IccProfile is not null);
        if (metadata.IccProfile is not null && direct.Format.Channels < 3)
            return [direct];
        if (FindPalette(rows, limit: direct.Format.Channels == 1 ? 16 : PngPalette.MaxColours) is not { } palette)
            return [direct];
        var indexed = new IndexedRows(rows, palette);
        return (long)direct.RowBytes * direct.HeightPixels <= MaxTrialBytes ? [direct, indexed] : [indexed];
    }

    private static PngRows DropChannels(PngRows rows, bool hasProfile)
    {
        var channels = rows.Format.Channels;
        var isGray = channels >= 3 && !hasProfile;
        var isOpaque = channels is 2 or 4;
        var hasAlpha = isOpaque;
        ForEachRow(rows, row =>
        {
            isGray = isGray && GrayPixels.AreAll(row, channels);
            isOpaque = isOpaque && IsOpaque(row, channels);
            return isGray || isOpaque;
        });
        var kept = (isGray || channels < 3 ? 1 : 3) + (hasAlpha && !isOpaque ? 1 : 0);
        return kept < channels ? new ChannelRows(rows, kept) : rows;
    }

    /// <summary>The colours, where there are so few that an index takes fewer bits than a pixel.</summary>
    private static PngPalette? FindPalette(PngRows rows, int limit)
    {
        var palette = new PngPalette(limit);
        var channels = rows.Format.Channels;
        var fits = true;
        ForEachRow(rows, row => fits = TryAddAll(row, channels, palette));
        palette.Sort();
        return fits ? palette : null;
    }

    /// <summary>
    /// Shows the rows from the top down, leaving out those equal to the one above, until <paramref name="goesOn"/> says no.
    /// </summary>
    private static void ForEachRow(PngRows rows, Func<ReadOnlySpan<byte>, bool> goesOn)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(2 * rows.RowBytes);
        try
        {
            Span<byte> row = buffer.AsSpan(0, rows.RowBytes), above = buffer.AsSpan(rows.RowBytes, rows.RowBytes);
            for (var y = 0; y < rows.HeightPixels; y++)
            {
                rows.ReadRows(y, 1, row);
                var isNew = y == 0 || !row.SequenceEqual(above);
                if (isNew && !goesOn(row))
                    return;
                var swap = above;
                above = row;
                row = swap;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool IsOpaque(ReadOnlySpan<byte> row, int channels)
    {
        for (var at = channels - 1; at < row.Length; at += channels)
        {
            if (row[at] != 0xFF)
                return false;
        }
        return true;
    }

    private static bool TryAddAll(ReadOnlySpan<byte> row, int channels, PngPalette palette)
    {
        for (var at = 0; at < row.Length; at += PixelColours.RunBytes(row, at, channels))
        {
            if (!palette.TryAdd(PixelColours.ColourAt(row, at, channels)))
                return false;
        }
        return true;
    }
}
