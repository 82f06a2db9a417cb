namespace ActorImaging.Imaging.Png;

/// <summary>What a row is written relative to; the values are the filter bytes (PNG specification, third edition, 9.2).</summary>
internal enum PngFilter
{
    /// <summary>The bytes themselves.</summary>
    None = 0,

    /// <summary>Less the pixel on the left.</summary>
    Sub = 1,

    /// <summary>Less the pixel above.</summary>
    Up = 2,

    /// <summary>Less half the sum of left and above, rounded down.</summary>
    Average = 3,

    /// <summary>Less whichever of left, above and above-left is nearest to left + above - above-left.</summary>
    Paeth = 4,
}
