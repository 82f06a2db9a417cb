using System.Runtime.CompilerServices;

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
    private readonly DoubtfulPixels _doubtful;
    private readonly double[] _preciseWeights;

    /// <summary>Blurs <paramref name="source"/> with <paramref name="weights"/>, those at distance 0, 1, ...</summary>
    internal AssociatedBlur(PixelBuffer source, double[] weights, LaneWidth width)
        : base(source, weights.Length - 1, (long)source.WidthPixels * AssociatedPixels.Bytes)
    {
        _width = width;
        _radius = weights.Length - 1;
        _preciseWeights = SymmetricTaps.PairWeights(weights);
        _weights = Array.ConvertAll(_preciseWeights, weight => (float)weight);
        _taps = new nint[SymmetricTaps.Count(_radius)];
        _scratch = TakeScratch(3, PaddedRow.Pixels(WidthPixels, _radius) * AssociatedPixels.Bytes);
        _doubtful = new DoubtfulPixels(TakeScratch(1, DoubtfulPixels.RowBytes(WidthPixels)));
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
        Sum(Straight, _doubtful);
        foreach (var pixel in _doubtful.All)
        {
            SumPrecisely(pixel, Straight + ((long)pixel * Channels));
        }

        AssociatedPixels.Associate(Straight, Channels, (float*)filtered, WidthPixels, _width);
    }

    /// <inheritdoc/>
    protected override void FilterVertically(int y, ReadOnlySpan<nint> window, byte* to)
    {
        SymmetricTaps.Vertical(window, _taps);
        Sum(to, doubtful: null);
    }

    private void Sum(byte* to, DoubtfulPixels? doubtful)
    {
        fixed (nint* taps = _taps)
        {
            FloatSum.OfPairs((float**)taps, _weights, Sums, WidthPixels * AssociatedPixels.Numbers, _width);
        }

        AssociatedPixels.Dissociate(Sums, to, Channels, WidthPixels, _width, doubtful);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumPrecisely(int pixel, byte* to)
    {
        Span<double> sums = stackalloc double[AssociatedPixels.Numbers];
        sums.Clear();
        for (var pair = 0; pair < _preciseWeights.Length; pair++)
        {
            float* left = (float*)_taps[2 * pair], right = (float*)_taps[(2 * pair) + 1];
            for (var number = 0; number < sums.Length; number++)
            {
                var at = ((long)pixel * AssociatedPixels.Numbers) + number;
                sums[number] += _preciseWeights[pair] * ((double)left[at] + right[at]);
            }
        }

        AssociatedPixels.Store(sums, to, Channels);
    }
}
