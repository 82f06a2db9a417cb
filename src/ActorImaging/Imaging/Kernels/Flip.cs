namespace ActorImaging.Imaging.Kernels;

/// <summary>The picture upside down: the last row first.</summary>
internal sealed unsafe class Flip(PixelBuffer source) : RowSource(source, source.WidthPixels, source.HeightPixels, source.Channels)
{
    /// <inheritdoc/>
    protected override void Compute(int firstRow, int count, byte* to)
    {
        for (var y = firstRow; y < firstRow + count; y++, to += StrideBytes)
        {
            Buffer.MemoryCopy(SourceRow(HeightPixels - 1 - y), to, StrideBytes, StrideBytes);
        }
    }
}
