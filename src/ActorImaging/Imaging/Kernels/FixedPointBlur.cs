namespace ActorImaging.Imaging.Kernels;

/// <summary>Gaussian blur of pixels without transparency, in fixed point: both passes end in bytes, as ImageMagick's do.</summary>
internal sealed unsafe class FixedPointBlur : WindowedRows
{
    private readonly LaneWidth _width;
    private readonly int _radius;
    private readonly FixedPointWeights _weights;
    private readonly nint[] _taps;
    private readonly RowScratch _padded;

    /// <summary>Blurs <paramref name="source"/> with <paramref name="weights"/>, those at distance 0, 1, ...</summary>
    internal FixedPointBlur(PixelBuffer source, double[] weights, LaneWidth width)
        : base(source, weights.Length - 1, source.StrideBytes)
    {
        _width = width;
        _radius = weights.Length - 1;
        _weights = new FixedPointWeights(SymmetricTaps.PairWeights(weights), maximumShift: 22, greatest: 2 * 255);
        _taps = new nint[SymmetricTaps.Count(_radius)];
        _padded = TakeScratch(1, PaddedRow.Pixels(WidthPixels, _radius) * Channels);
    }

    /// <inheritdoc/>
    protected override void FilterHorizontally(byte* row, byte* filtered)
    {
        var centre = _padded[0] + (_radius * Channels);
        Buffer.MemoryCopy(row, centre, StrideBytes, StrideBytes);
        PaddedRow.RepeatEdges(_padded[0], WidthPixels, _radius, Channels);
        SymmetricTaps.Horizontal(centre, Channels, _radius, _taps);
        Sum(filtered, isFirstPass: true);
    }

    /// <inheritdoc/>
    protected override void FilterVertically(int y, ReadOnlySpan<nint> window, byte* to)
    {
        SymmetricTaps.Vertical(window, _taps);
        Sum(to, isFirstPass: false);
    }

    private void Sum(byte* to, bool isFirstPass)
    {
        fixed (nint* taps = _taps)
        {
            WeightedSum.OfPairs((byte**)taps, _weights, _weights.Shift, to, StrideBytes, _width, isPrecise: isFirstPass);
        }
    }
}
