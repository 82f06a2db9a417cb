using System.Runtime.CompilerServices;

namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// Gaussian blur of transparent pixels: colours are weighted by alpha, and both passes end in bytes, as ImageMagick's do.
/// </summary>
internal sealed unsafe class AssociatedBlur : WindowedRows
{
    private readonly LaneWidth _width;
    private readonly int _radius;
    private readonly double[] _preciseWeights;
    private readonly float[] _weights;
    private readonly nint[] _taps;
    private readonly RowScratch _scratch;
    private readonly DoubtfulPixels _doubtful;

    /// <summary>Blurs <paramref name="source"/>.</summary>
    /// <param name="source">Pixels of 2 or 4 channels.</param>
    /// <param name="weights">The weights at distance 0, 1, ...</param>
    /// <param name="preciseWeights">The same from left to right, to the last bit.</param>
    /// <param name="width">How many numbers at once.</param>
    internal AssociatedBlur(PixelBuffer source, double[] weights, double[] preciseWeights, LaneWidth width)
        : base(source, weights.Length - 1, (long)source.WidthPixels * AssociatedPixels.Bytes)
    {
        _width = width;
        _radius = weights.Length - 1;
        _preciseWeights = preciseWeights;
        _weights = Array.ConvertAll(SymmetricTaps.PairWeights(weights), weight => (float)weight);
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
            SumPrecisely(row, pixel, Straight);
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

    /// <summary>
    /// Sums a pixel again, operation by operation as ImageMagick does: a tie is decided by rounding errors, and where little is visible, to be off
    /// by one in the first pass makes more than one in the second.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumPrecisely(byte* row, int pixel, byte* to)
    {
        var sums = default(BlendedSum);
        for (var offset = -_radius; offset <= _radius; offset++)
        {
            var x = Math.Clamp(pixel + offset, 0, WidthPixels - 1);
            sums.AddKernel(row + ((long)x * Channels), Channels, _preciseWeights[offset + _radius]);
        }

        sums.Store(to + ((long)pixel * Channels), Channels);
    }
}
