namespace ActorImaging.Imaging.Kernels;

/// <summary>What is resampled to what: a part of the source to a size, and of that a rectangle.</summary>
/// <param name="Columns">The columns of the source that are resampled.</param>
/// <param name="Rows">The rows that are.</param>
/// <param name="ScaledWidthPixels">Columns that they are resampled to, more than 0; of samples that stand for two pixels there may be half a one.</param>
/// <param name="ScaledHeightPixels">Rows that they are resampled to, more than 0.</param>
/// <param name="LeftPixels">Columns of that left of the rectangle.</param>
/// <param name="TopPixels">Rows of that above it.</param>
/// <param name="WidthPixels">Columns of the rectangle.</param>
/// <param name="HeightPixels">Rows of it.</param>
internal readonly record struct ResampleTarget(
    SampleRange Columns, SampleRange Rows, double ScaledWidthPixels, double ScaledHeightPixels, double LeftPixels, double TopPixels, int WidthPixels, int HeightPixels)
{
    /// <summary>All of a source at another size.</summary>
    internal static ResampleTarget Of(PixelBuffer source, int widthPixels, int heightPixels) =>
        new(SampleRange.Of(source.WidthPixels), SampleRange.Of(source.HeightPixels), widthPixels, heightPixels, 0, 0, widthPixels, heightPixels);

    /// <summary>The filter for it.</summary>
    internal ResampleFilter Filter => ResampleFilters.Choose(ScaledWidthPixels * (1.0 / Columns.Length), ScaledHeightPixels * (1.0 / Rows.Length));

    /// <summary>Whether all that is to be done is to cut a rectangle out: samples stay as they are, where they are.</summary>
    /// <param name="source">What it is cut out of.</param>
    /// <param name="left">Columns left of it.</param>
    /// <param name="top">Rows above it.</param>
    internal bool IsCrop(PixelBuffer source, out int left, out int top)
    {
        (left, top) = ((int)(Columns.Start + LeftPixels), (int)(Rows.Start + TopPixels));
        return Columns.Length == ScaledWidthPixels && Rows.Length == ScaledHeightPixels && left == Columns.Start + LeftPixels && top == Rows.Start + TopPixels
            && Crop.Supports(source, left, top, WidthPixels, HeightPixels);
    }
}
