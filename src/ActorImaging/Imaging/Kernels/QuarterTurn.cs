using System.Runtime.CompilerServices;

namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// Rotation by 90 or 270 degrees. A row of the result is a column of the source, so bands of many rows are much cheaper than one.
/// </summary>
/// <remarks>
/// Works in tiles of 32 by 32 pixels: the cache lines that a tile of columns touches are still there for its next column.
/// </remarks>
internal sealed unsafe class QuarterTurn : RowSource
{
    private const int TilePixels = 32;

    private readonly bool _clockwise;

    /// <summary>Turns <paramref name="source"/>, of 1 to 4 channels, by 90 degrees clockwise or counter-clockwise.</summary>
    internal QuarterTurn(PixelBuffer source, bool clockwise)
        : base(source, source.HeightPixels, source.WidthPixels, source.Channels) => _clockwise = clockwise;

    /// <inheritdoc/>
    protected override void Compute(int firstRow, int count, byte* to)
    {
        for (var top = 0; top < count; top += TilePixels)
        {
            var rows = Math.Min(TilePixels, count - top);
            for (var left = 0; left < WidthPixels; left += TilePixels)
            {
                var columns = Math.Min(TilePixels, WidthPixels - left);
                for (var y = top; y < top + rows; y++)
                {
                    WriteRun(firstRow + y, left, columns, to + ((long)y * StrideBytes) + ((long)left * Channels));
                }
            }
        }
    }

    /// <summary>Writes <paramref name="pixels"/> pixels of row <paramref name="y"/>, from column <paramref name="left"/> on.</summary>
    private void WriteRun(int y, int left, int pixels, byte* to)
    {
        var sourceX = _clockwise ? y : HeightPixels - 1 - y;
        var sourceY = _clockwise ? WidthPixels - 1 - left : left;
        var from = SourceRow(sourceY) + ((long)sourceX * Channels);
        var step = _clockwise ? -Source.StrideBytes : Source.StrideBytes;
        switch (Channels)
        {
            case 1:
                Gather((byte*)to, from, step, pixels);
                break;
            case 2:
                Gather((ushort*)to, from, step, pixels);
                break;
            case 3:
                GatherThreeBytes(to, from, step, pixels);
                break;
            default:
                Gather((uint*)to, from, step, pixels);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather<TPixel>(TPixel* to, byte* from, long step, int pixels)
        where TPixel : unmanaged
    {
        for (var x = 0; x < pixels; x++, from += step)
        {
            to[x] = *(TPixel*)from;
        }
    }

    /// <summary>Copies four bytes for three, but for the last pixel: the next pixel overwrites the fourth.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GatherThreeBytes(byte* to, byte* from, long step, int pixels)
    {
        for (; pixels > 1; pixels--, from += step, to += 3)
        {
            *(uint*)to = *(uint*)from;
        }

        *(ushort*)to = *(ushort*)from;
        to[2] = from[2];
    }
}
