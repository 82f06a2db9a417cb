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

    /// <summary>Whether the size is the source's own.</summary>
    internal bool IsSourceItself(PixelBuffer source) =>
        Columns == SampleRange.Of(source.WidthPixels) && Rows == SampleRange.Of(source.HeightPixels)
        && ScaledWidthPixels == source.WidthPixels && ScaledHeightPixels == source.HeightPixels;
}
