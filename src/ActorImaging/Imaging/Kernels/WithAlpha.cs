namespace ActorImaging.Imaging.Kernels;

/// <summary>Pixels without alpha as opaque pixels with it.</summary>
internal sealed unsafe class WithAlpha : RowSource
{
    /// <summary>Adds alpha to <paramref name="source"/>.</summary>
    /// <param name="source">Pixels of 1 or 3 channels.</param>
    internal WithAlpha(PixelBuffer source)
        : base(source, source.WidthPixels, source.HeightPixels, source.Channels + 1)
    {
    }

    /// <inheritdoc/>
    protected override void Compute(int firstRow, int count, byte* to)
    {
        var from = SourceRow(firstRow);
        for (var pixels = (long)WidthPixels * count; pixels > 0; pixels--)
        {
            for (var channel = 0; channel < Source.Channels; channel++)
            {
                *to++ = *from++;
            }

            *to++ = byte.MaxValue;
        }
    }
}
