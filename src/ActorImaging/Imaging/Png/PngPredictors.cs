using System.Numerics;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// What a filter expects a byte to be, from its three decoded neighbours: for one byte, and for as many as a vector holds.
/// </summary>
internal interface IPngPredictor
{
    /// <summary>The byte expected. Neighbours outside the image are 0.</summary>
    static abstract byte Predict(byte left, byte above, byte aboveLeft);

    /// <summary>The same for every lane.</summary>
    static abstract Vector<byte> Predict(Vector<byte> left, Vector<byte> above, Vector<byte> aboveLeft);
}

/// <summary><see cref="PngFilter.Sub"/>.</summary>
internal readonly struct SubPredictor : IPngPredictor
{
    /// <inheritdoc/>
    public static byte Predict(byte left, byte above, byte aboveLeft) => left;

    /// <inheritdoc/>
    public static Vector<byte> Predict(Vector<byte> left, Vector<byte> above, Vector<byte> aboveLeft) => left;
}

/// <summary><see cref="PngFilter.Up"/>.</summary>
internal readonly struct UpPredictor : IPngPredictor
{
    /// <inheritdoc/>
    public static byte Predict(byte left, byte above, byte aboveLeft) => above;

    /// <inheritdoc/>
    public static Vector<byte> Predict(Vector<byte> left, Vector<byte> above, Vector<byte> aboveLeft) => above;
}

/// <summary><see cref="PngFilter.Average"/>.</summary>
internal readonly struct AveragePredictor : IPngPredictor
{
    /// <inheritdoc/>
    public static byte Predict(byte left, byte above, byte aboveLeft) => (byte)((left + above) >> 1);

    /// <inheritdoc/>
    /// <remarks>Half the sum is the bits both share plus half of those they do not: no ninth bit is needed.</remarks>
    public static Vector<byte> Predict(Vector<byte> left, Vector<byte> above, Vector<byte> aboveLeft) =>
        (left & above) + (((left ^ above) >> 1) & new Vector<byte>(0x7F));
}

/// <summary><see cref="PngFilter.Paeth"/>.</summary>
internal readonly struct PaethPredictor : IPngPredictor
{
    /// <inheritdoc/>
    public static byte Predict(byte left, byte above, byte aboveLeft)
    {
        var toLeft = Math.Abs(above - aboveLeft);
        var toAbove = Math.Abs(left - aboveLeft);
        var toAboveLeft = Math.Abs(left + above - (2 * aboveLeft));
        if (toLeft <= toAbove && toLeft <= toAboveLeft)
            return left;
        return toAbove <= toAboveLeft ? above : aboveLeft;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// In bytes throughout. Where above-left lies outside the span of the other two, the distance to it is the sum of theirs and it never
    /// wins; inside the span it is their difference.
    /// </remarks>
    public static Vector<byte> Predict(Vector<byte> left, Vector<byte> above, Vector<byte> aboveLeft)
    {
        var low = Vector.Min(left, above);
        var high = Vector.Max(left, above);
        var toLeft = Vector.Max(above, aboveLeft) - Vector.Min(above, aboveLeft);
        var toAbove = Vector.Max(left, aboveLeft) - Vector.Min(left, aboveLeft);
        var toNearer = Vector.Min(toLeft, toAbove);
        var toAboveLeft = Vector.Max(toLeft, toAbove) - toNearer;
        var nearer = Vector.ConditionalSelect(Vector.Equals(toNearer, toLeft), left, above);
        var isOutside = Vector.Equals(Vector.Max(low, Vector.Min(high, aboveLeft)), aboveLeft) ^ Vector<byte>.AllBitsSet;
        var isNearest = Vector.Equals(Vector.Min(toNearer, toAboveLeft), toNearer);
        return Vector.ConditionalSelect(isOutside | isNearest, nearer, aboveLeft);
    }
}
