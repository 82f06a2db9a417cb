namespace ActorImaging.Imaging.Png;

/// <summary>Colour type and bits a sample: together they say how many bytes a row has and which byte a filter looks back to.</summary>
/// <param name="Colour">What the samples of a pixel are.</param>
/// <param name="BitDepth">Bits a sample: 8, or 1, 2 and 4 for palette indices.</param>
internal readonly record struct PngPixelFormat(PngColourType Colour, int BitDepth)
{
    /// <summary>Samples a pixel, 1 to 4.</summary>
    public int Channels => Colour switch
    {
        PngColourType.Gray or PngColourType.Indexed => 1,
        PngColourType.GrayAlpha => 2,
        PngColourType.Truecolour => 3,
        _ => 4,
    };

    /// <summary>Bits a pixel, 1 to 32.</summary>
    public int PixelBits => Channels * BitDepth;

    /// <summary>Bytes from a sample to the same sample of the pixel on its left, at least 1 (PNG third edition, 9.2).</summary>
    public int PixelBytes => Math.Max(1, PixelBits / 8);

    /// <summary>The format of interleaved 8-bit pixels.</summary>
    /// <param name="channels">1 gray, 2 gray and alpha, 3 red-green-blue, 4 red-green-blue-alpha.</param>
    /// <exception cref="ArgumentOutOfRangeException">Channels outside 1 to 4.</exception>
    public static PngPixelFormat OfChannels(int channels) => channels switch
    {
        1 => new(PngColourType.Gray, 8),
        2 => new(PngColourType.GrayAlpha, 8),
        3 => new(PngColourType.Truecolour, 8),
        4 => new(PngColourType.TruecolourAlpha, 8),
        _ => throw new ArgumentOutOfRangeException(nameof(channels), channels, "Expected 1 to 4 channels."),
    };

    /// <summary>Bytes of a row of <paramref name="widthPixels"/>, the last one filled up with zero bits.</summary>
    public long RowBytes(int widthPixels) => (((long)widthPixels * PixelBits) + 7) / 8;
}
