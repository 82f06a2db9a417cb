namespace ActorImaging.Imaging.Kernels;

/// <summary>Sharpening of transparent pixels in floating point: colours are weighted by alpha, nothing is rounded before the end.</summary>
/// <remarks>
/// The weights around a pixel are negative, so the weights x alpha of a colour may nearly cancel; there a colour is what rounding errors
/// make of it, in ImageMagick too.
/// </remarks>
internal sealed unsafe class AssociatedSharpen : WindowedRows
{
    private readonly LaneWidth _width;
    private readonly int _radius;
    private readonly float[] _blur;
    private readonly float[] _sharpen;
    private readonly nint[] _horizontalTaps;
    private readonly nint[] _verticalTaps;
    private readonly RowScratch _scratch;

    /// <summary>Sharpens <paramref name="source"/> by image x <paramref name="gain"/> - blur x (gain - 1).</summary>
    internal AssociatedSharpen(PixelBuffer source, double[] weights, double gain, LaneWidth width)
        : base(source, weights.Length - 1, (long)source.WidthPixels * AssociatedPixels.Bytes)
    {
        _width = width;
        _radius = weights.Length - 1;
        var pairs = SymmetricTaps.PairWeights(weights);
        _blur = Array.ConvertAll(pairs, weight => (float)weight);
        _sharpen = [.. pairs.Select(weight => (float)(weight * (1 - gain))), (float)(gain / 2)];
        _horizontalTaps = new nint[SymmetricTaps.Count(_radius)];
        _verticalTaps = new nint[SymmetricTaps.Count(_radius + 1)];
        _scratch = TakeScratch(3, PaddedRow.Pixels(WidthPixels, _radius) * AssociatedPixels.Bytes);
    }

    private byte* Padded => _scratch[0];

    private float* Sums => (float*)_scratch[1];

    private float* Centre => (float*)_scratch[2];

    /// <inheritdoc/>
    protected override void FilterHorizontally(byte* row, byte* filtered)
    {
        var centre = Padded + (_radius * AssociatedPixels.Bytes);
        AssociatedPixels.Associate(row, Channels, (float*)centre, WidthPixels, _width);
        PaddedRow.RepeatEdges(Padded, WidthPixels, _radius, AssociatedPixels.Bytes);
        SymmetricTaps.Horizontal(centre, AssociatedPixels.Bytes, _radius, _horizontalTaps);
        Sum(_horizontalTaps, _blur, (float*)filtered);
    }

    /// <inheritdoc/>
    protected override void FilterVertically(int y, ReadOnlySpan<nint> window, byte* to)
    {
        AssociatedPixels.Associate(SourceRow(y), Channels, Centre, WidthPixels, _width);
        SymmetricTaps.Vertical(window, _verticalTaps);
        _verticalTaps.AsSpan(2 * (_radius + 1)).Fill((nint)Centre);
        Sum(_verticalTaps, _sharpen, Sums);
        AssociatedPixels.Dissociate(Sums, to, Channels, WidthPixels, _width);
    }

    private void Sum(nint[] tapRows, float[] weights, float* to)
    {
        fixed (nint* taps = tapRows)
        {
            FloatSum.OfPairs((float**)taps, weights, to, WidthPixels * AssociatedPixels.Numbers, _width);
        }
    }
}
