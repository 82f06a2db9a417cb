namespace ActorImaging.Imaging.Kernels;

/// <summary>The picture in a mirror: the last column first.</summary>
internal sealed unsafe class Flop : RowSource
{
    private readonly LaneWidth _width;

    /// <summary>Mirrors <paramref name="source"/>, of 1 to 4 channels.</summary>
    internal Flop(PixelBuffer source, LaneWidth? width = null)
        : base(source, source.WidthPixels, source.HeightPixels, source.Channels) => _width = width ?? LaneWidths.Native;

    /// <inheritdoc/>
    protected override void Compute(int firstRow, int count, byte* to)
    {
        for (var y = firstRow; y < firstRow + count; y++, to += StrideBytes)
        {
            MirroredRow.Write(SourceRow(y), to, WidthPixels, Channels, _width);
        }
    }
}
