namespace ActorImaging.Imaging.Kernels;

/// <summary>Resampling of the height of pixels without transparency, in fixed point.</summary>
internal sealed unsafe class FixedPointRows(ResampleWindow[] rows, int channels, LaneWidth width) : IRowPass
{
    private const int MaximumShift = 21;

    private readonly FixedPointWeights[] _weights = Array.ConvertAll(rows, row => new FixedPointWeights(row.Weights, MaximumShift));

    /// <inheritdoc/>
    public void Resample(int y, ReadOnlySpan<nint> window, byte* to, int widthPixels)
    {
        // An odd tap at the end has weight 0: any readable row does
        Span<nint> padded = [.. window, window[^1]];
        fixed (nint* taps = padded)
        {
            WeightedSum.OfRows((byte**)taps, _weights[y].Pairs, _weights[y].Shift, to, widthPixels * channels, width);
        }
    }
}
