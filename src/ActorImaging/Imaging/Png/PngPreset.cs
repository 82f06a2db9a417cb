namespace ActorImaging.Imaging.Png;

/// <summary>How much time a picture may cost to come out smaller. Every preset is lossless.</summary>
internal enum PngPreset
{
    /// <summary>
    /// One look at each 2 MiB of pixels, then one filter and one way of coding: some 60 ms for 12 megapixels of photograph on one core.
    /// </summary>
    Fast,

    /// <summary>
    /// More tried on more rows, a filter for each row, matches searched further: two to ten times as long as <see cref="Fast"/>.
    /// </summary>
    Balanced,

    /// <summary>
    /// Every filter and every way of coding tried on a quarter of the rows, the smallest kept: seconds for 12 megapixels.
    /// </summary>
    Small,
}
