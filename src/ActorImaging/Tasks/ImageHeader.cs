namespace ActorImaging.Tasks;

/// <summary>What an image file says of itself before its pixels; read in a tenth of a millisecond whatever its size.</summary>
/// <param name="Size">The size of its first frame, as it is stored; of an animation that of its canvas.</param>
/// <param name="Frames">Frames or pages; 1 when only the first was asked for.</param>
public sealed record ImageHeader(PixelSize Size, int Frames)
{
    /// <summary>Whether its EXIF orientation turns it by a quarter: upright it is as wide as it is stored high.</summary>
    public bool IsTurned { get; init; }

    /// <summary>Whether its format lets it be decoded at a fraction of its size (<see cref="SourceSettings.ShrinkBy"/>): JPEG.</summary>
    public bool CanShrink { get; init; }

    /// <summary>As wide as its widest and as high as its highest frame.</summary>
    public PixelSize Bounds { get; init; } = Size;

    /// <summary>Pixels of all frames.</summary>
    public long Pixels { get; init; } = Size.Pixels * Frames;
}
