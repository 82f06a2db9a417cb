namespace ActorImaging.Imaging.Png;

/// <summary>What the samples of a pixel are; the values are those of the IHDR chunk (PNG specification, third edition, 11.2.1).</summary>
internal enum PngColourType
{
    /// <summary>One gray sample.</summary>
    Gray = 0,

    /// <summary>Red, green, blue.</summary>
    Truecolour = 2,

    /// <summary>An index into the palette.</summary>
    Indexed = 3,

    /// <summary>Gray, then straight (not premultiplied) alpha.</summary>
    GrayAlpha = 4,

    /// <summary>Red, green, blue, then straight alpha.</summary>
    TruecolourAlpha = 6,
}
