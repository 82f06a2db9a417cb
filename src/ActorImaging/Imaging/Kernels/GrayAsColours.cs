namespace ActorImaging.Imaging.Kernels;

/// <summary>Gray pixels as pixels of three equal colours, with alpha of four channels: the same picture, for those who want colours.</summary>
internal sealed unsafe class GrayAsColours : RowSource
{
    /// <summary>Spreads <paramref name="source"/>.</summary>
    /// <param name="source">Pixels of 1 or 2 channels.</param>
    internal GrayAsColours(PixelBuffer source)
        : base(source, source.WidthPixels, source.HeightPixels, source.Channels + 2)
    {
    }

    /// <inheritdoc/>
    protected override void Compute(int firstRow, int count, byte* to)
    {
        var from = SourceRow(firstRow);
        var (step, hasAlpha) = (Source.Channels, AlphaChannel.IsIn(Source.Channels));
        for (var pixels = (long)WidthPixels * count; pixels > 0; pixels--, from += step, to += Channels)
        {
            to[0] = to[1] = to[2] = from[0];
            if (hasAlpha)
            {
                to[3] = from[1];
            }
        }
    }
}
