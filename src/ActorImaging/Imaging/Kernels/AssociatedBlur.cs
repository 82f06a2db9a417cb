namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// Gaussian blur of transparent pixels: colours are weighted by alpha, and both passes end in bytes, as ImageMagick's do.
/// </summary>
internal sealed unsafe class AssociatedBlur : WindowedRows
{
    private readonly LaneWidth _width;
    private readonly int _radius;
    private readonly float[] _weights;
    private readonly nint[] _taps;
    private readonly RowScratch _scratch;

    /// <summary>Blurs <paramref name="source"/> with <paramref name="weights"/>, those at distance 0, 1, ...</summary>
    internal AssociatedBlur(PixelBuffer source, double[] weights, LaneWidth width)
        : base(source, weights.Length - 1, (long)source.WidthPixels * AssociatedPixels.Bytes)
    {
        _width = width;
        _radius = weights.Length - 1;
        _weights = Array.ConvertAll(SymmetricTaps.PairWeights(weights), weight => (float)weight);
        _taps = new nint[SymmetricTaps.Count(_radius)];
        _scratch = TakeScratch(3, PaddedRow.Pixels(WidthPixels, _radius) * AssociatedPixels.Bytes);
    }

    private byte* Padded => _scratch[0];

    private float* Sums => (float*)_scratch[1];

    private byte* Straight => _scratch[2];

    /// <inheritdoc/>
    protected override void FilterHorizontally(byte* row, byte* filtered)
    {
        var centre = Padded + (_radius * AssociatedPixels.Bytes);
        AssociatedPixels.Associate(row, Channels, (float*)centre, WidthPixels, _width);
        PaddedRow.RepeatEdges(Padded, WidthPixels, _radius, AssociatedPixels.Bytes);
        SymmetricTaps.Horizontal(centre, AssociatedPixels.Bytes, _radius, _taps);
        Sum(Straight);
        AssociatedPixels.Associate(Straight, Channels, (float*)filtered, WidthPixels, _width);
    }

    /// <inheritdoc/>
    protected override void FilterVertically(int y, ReadOnlySpan<nint> window, byte* to)
    {
        SymmetricTaps.Vertical(window, _taps);
        Sum(to);
    }

    private void Sum(byte* to)
    {
        fixed (nint* taps = _taps)
        {
            FloatSum.OfPairs((float**)taps, _weights, Sums, WidthPixels * AssociatedPixels.Numbers, _width);
        }

        AssociatedPixels.Dissociate(Sums, to, Channels, WidthPixels, _width);
    }
}
