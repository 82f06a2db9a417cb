namespace ActorImaging.Imaging.Png;

/// <summary>How much time a picture may cost to come out smaller. Every preset is lossless.</summary>
internal enum PngPreset
{
    /// <summary>One look at each segment, one filter, one way of coding: some 60 ms for 12 megapixels of photograph on one core.</summary>
    Fast,

    /// <summary>A filter chosen row by row, and matches searched further: some three to ten times the time of <see cref="Fast"/>.</summary>
    Balanced,

    /// <summary>Every segment coded in several ways and the smallest kept: seconds for 12 megapixels.</summary>
    Small,
}
