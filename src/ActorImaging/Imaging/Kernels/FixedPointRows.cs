namespace ActorImaging.Imaging.Kernels;

/// <summary>Resampling of the height of pixels without transparency, in fixed point.</summary>
/// <param name="rows">The windows of the result rows.</param>
/// <param name="channels">Bytes a pixel.</param>
/// <param name="width">How many samples at once.</param>
/// <param name="isFirst">Whether this is the first pass and has to be precise, see <see cref="SecondLook"/>.</param>
internal sealed unsafe class FixedPointRows(ResampleWindow[] rows, int channels, LaneWidth width, bool isFirst) : IRowPass
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
            WeightedSum.OfRows((byte**)taps, _weights[y], to, widthPixels * channels, width, isFirst);
        }
    }
}
