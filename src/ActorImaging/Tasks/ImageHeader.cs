namespace ActorImaging.Tasks;

/// <summary>What an image file says of itself before its pixels; read in a tenth of a millisecond whatever its size.</summary>
/// <param name="Format">The format, by content.</param>
/// <param name="Size">The size of its first frame, as it is stored; of an animation that of its canvas.</param>
/// <param name="Frames">Frames or pages; 1 when only the first was asked for, one more than the limit when there are more. JPEG XL does not say how many: 2 for any animation.</param>
public sealed record ImageHeader(ImageFormat Format, PixelSize Size, int Frames)
{
    /// <summary>How its rows are stored.</summary>
    public ImageOrientation Orientation { get; init; } = ImageOrientation.TopLeft;

    /// <summary>Bits a channel, of the deepest.</summary>
    public int BitDepth { get; init; } = 8;

    /// <summary>As wide as its widest and as high as its highest frame.</summary>
    public PixelSize Bounds { get; init; } = Size;

    /// <summary>Pixels of all frames.</summary>
    public long Pixels { get; init; } = Size.Pixels * Frames;

    /// <summary>How often all of its pixels are gone over to decode it: a progressive JPEG's scans.</summary>
    public int Scans { get; init; } = 1;

    /// <summary>Whether its orientation turns it by a quarter: upright it is as wide as it is stored high.</summary>
    public bool IsTurned => Orientation >= ImageOrientation.LeftTop;

    /// <summary>Whether its format lets it be decoded at a fraction of its size (<see cref="SourceSettings.ShrinkBy"/>): JPEG.</summary>
    public bool CanShrink => Format == ImageFormat.Jpeg;
}
