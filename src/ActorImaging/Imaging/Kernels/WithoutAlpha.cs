namespace ActorImaging.Imaging.Kernels;

/// <summary>The colours of pixels of which none is transparent, without their alpha.</summary>
internal sealed unsafe class WithoutAlpha : RowSource
{
    /// <summary>Takes alpha from <paramref name="source"/>.</summary>
    /// <param name="source">Pixels of 2 or 4 channels.</param>
    internal WithoutAlpha(PixelBuffer source)
        : base(source, source.WidthPixels, source.HeightPixels, source.Channels - 1)
    {
    }

    /// <inheritdoc/>
    protected override void Compute(int firstRow, int count, byte* to)
    {
        var from = SourceRow(firstRow);
        for (var pixels = (long)WidthPixels * count; pixels > 0; pixels--, from++)
        {
            for (var channel = 0; channel < Channels; channel++)
            {
                *to++ = *from++;
            }
        }
    }
}
