using ActorImaging.Imaging;
using ActorImaging.Imaging.Png;

namespace ActorImaging.Tests.Imaging.Png;

/// <summary>Delivers each row of a buffer once, in order, as a kernel does.</summary>
internal sealed class OnceOnlyRows(PixelBuffer pixels)
    : PngRows(pixels.WidthPixels, pixels.HeightPixels, PngPixelFormat.OfChannels(pixels.Channels))
{
    private readonly PngRows _rows = From(pixels);
    private int _next;

    public int MostRowsAtOnce { get; private set; }

    public override void ReadRows(int firstRow, int count, Span<byte> destination)
    {
        Assert.Equal(_next, firstRow);
        _next += count;
        MostRowsAtOnce = Math.Max(MostRowsAtOnce, count);
        _rows.ReadRows(firstRow, count, destination);
    }
}
