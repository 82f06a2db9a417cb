using System.Runtime.CompilerServices;

namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// A pixel with alpha as a weighted sum of others, in double precision and in the order of operations that ImageMagick has: colours are weighted by
/// alpha, sum(w a c) / sum(w a), alpha by its weight alone.
/// </summary>
internal unsafe struct BlendedSum
{
    private const double LevelScale = 1.0 / 255;

    private fixed double _colours[3];
    private double _opacity;
    private double _alpha;

    /// <summary>Adds a pixel as its convolution does (MorphologyPrimitive).</summary>
    /// <param name="pixel">2 or 4 bytes, alpha last.</param>
    /// <param name="channels">How many.</param>
    /// <param name="weight">The weight.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddKernel(byte* pixel, int channels, double weight) =>
        Add(pixel, channels, weight, LevelScale * pixel[channels - 1] * weight);

    /// <summary>Adds a pixel as its resampling does (HorizontalFilter, VerticalFilter).</summary>
    /// <param name="pixel">2 or 4 bytes, alpha last.</param>
    /// <param name="channels">How many.</param>
    /// <param name="weight">The weight.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddContribution(byte* pixel, int channels, double weight) =>
        Add(pixel, channels, weight, weight * LevelScale * pixel[channels - 1]);

    /// <summary>Rounds to straight bytes.</summary>
    public void Store(byte* to, int channels)
    {
        var reciprocal = _opacity == 0 ? 0 : 1 / _opacity;
        for (var channel = 0; channel < channels - 1; channel++)
        {
            to[channel] = SecondLook.Level(reciprocal * _colours[channel]);
        }

        to[channels - 1] = SecondLook.Level(_alpha);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(byte* pixel, int channels, double weight, double opacity)
    {
        for (var channel = 0; channel < channels - 1; channel++)
        {
            _colours[channel] += opacity * pixel[channel];
        }

        _opacity += opacity;
        _alpha += weight * pixel[channels - 1];
    }
}
