namespace ActorImaging.Imaging.Png;

/// <summary>The rows of a pixel buffer. The buffer must outlive them; no reference is taken.</summary>
internal sealed unsafe class PixelBufferRows(PixelBuffer pixels)
    : PngRows(pixels.WidthPixels, pixels.HeightPixels, PngPixelFormat.OfChannels(pixels.Channels))
{
    /// <inheritdoc/>
    public override bool IsRepeatable => true;

    /// <inheritdoc/>
    public override void ReadRows(int firstRow, int count, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow, HeightPixels - count);
        new ReadOnlySpan<byte>(pixels.Pixels + ((long)firstRow * RowBytes), count * RowBytes).CopyTo(destination);
    }
}
