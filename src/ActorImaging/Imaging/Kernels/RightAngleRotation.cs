namespace ActorImaging.Imaging.Kernels;

/// <summary>Rotation by a multiple of 90 degrees, clockwise, as ImageMagick's Rotate: an exact rearrangement of pixels.</summary>
internal static class RightAngleRotation
{
    /// <summary>The rotated rows of <paramref name="source"/>.</summary>
    /// <param name="source">Pixels of 1 to 4 channels.</param>
    /// <param name="degrees">A multiple of 90, see <see cref="Supports"/>.</param>
    /// <param name="width">How many pixels at once; the processor's best if not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">Any other angle.</exception>
    internal static RowSource Of(PixelBuffer source, double degrees, LaneWidth? width = null) => QuarterTurns(degrees) switch
    {
        0 => new Crop(source, 0, 0, source.WidthPixels, source.HeightPixels),
        1 => new QuarterTurn(source, clockwise: true),
        2 => new HalfTurn(source, width),
        3 => new QuarterTurn(source, clockwise: false),
        _ => throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "Expected a multiple of 90."),
    };

    /// <summary>Whether the angle is a multiple of 90, negative and over 360 included.</summary>
    internal static bool Supports(double degrees) => QuarterTurns(degrees) is 0 or 1 or 2 or 3;

    private static double QuarterTurns(double degrees) => (((degrees / 90) % 4) + 4) % 4;
}
