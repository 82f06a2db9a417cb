namespace ActorImaging.Imaging.Kernels;

/// <summary>Rotation by 180 degrees: the last row first, each mirrored.</summary>
internal sealed unsafe class HalfTurn : RowSource
{
    private readonly LaneWidth _width;

    /// <summary>Turns <paramref name="source"/>, of 1 to 4 channels.</summary>
    internal HalfTurn(PixelBuffer source, LaneWidth? width = null)
        : base(source, source.WidthPixels, source.HeightPixels, source.Channels) => _width = width ?? LaneWidths.Native;

    /// <inheritdoc/>
    protected override void Compute(int firstRow, int count, byte* to)
    {
        for (var y = firstRow; y < firstRow + count; y++, to += StrideBytes)
        {
            MirroredRow.Write(SourceRow(HeightPixels - 1 - y), to, WidthPixels, Channels, _width);
        }
    }
}
