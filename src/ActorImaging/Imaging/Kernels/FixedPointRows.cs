namespace ActorImaging.Imaging.Kernels;

/// <summary>Resampling of the height of pixels without transparency, in fixed point.</summary>
/// <param name="rows">The windows of the result rows.</param>
/// <param name="channels">Bytes a pixel.</param>
/// <param name="width">How many samples at once.</param>
/// <param name="doubtful">Memory for a first pass to look twice; none for a second pass.</param>
internal sealed unsafe class FixedPointRows(ResampleWindow[] rows, int channels, LaneWidth width, DoubtfulSamples? doubtful) : IRowPass
{
    private const int MaximumShift = 21;

    private readonly FixedPointWeights[] _weights =
        Array.ConvertAll(rows, row => new FixedPointWeights(row.Weights, MaximumShift, greatest: 255));

    /// <inheritdoc/>
    public void Resample(int y, ReadOnlySpan<nint> window, byte* to, int widthPixels)
    {
        // An odd tap at the end has weight 0: any readable row does
        Span<nint> padded = [.. window, window[^1]];
        fixed (nint* taps = padded)
        {
            WeightedSum.OfRows((byte**)taps, _weights[y], to, widthPixels * channels, width, doubtful);
        }

        foreach (var sample in doubtful is null ? default : doubtful.All)
        {
            to[sample] = DoubtfulSamples.Level(PreciseSum(rows[y].Weights, window, sample));
        }
    }

    private static double PreciseSum(double[] weights, ReadOnlySpan<nint> window, int sample)
    {
        var sum = 0.0;
        for (var tap = 0; tap < weights.Length; tap++)
        {
            sum += weights[tap] * ((byte*)window[tap])[sample];
        }

        return sum;
    }
}
