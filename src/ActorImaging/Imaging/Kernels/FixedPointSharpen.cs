using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// Sharpening of pixels without transparency, in fixed point. The blurred rows between the passes are words with 6 bits after the binary
/// point, because ImageMagick's single two-dimensional pass rounds nothing in between either.
/// </summary>
internal sealed unsafe class FixedPointSharpen : WindowedRows
{
    /// <summary>255 with 6 more bits, twice (a symmetric pair), is the most that a word holds.</summary>
    private const int FractionBits = 6;

    private readonly LaneWidth _width;
    private readonly int _radius;
    private readonly FixedPointWeights _blur;
    private readonly FixedPointWeights _sharpen;
    private readonly nint[] _horizontalTaps;
    private readonly nint[] _verticalTaps;
    private readonly RowScratch _padded;
    private readonly RowScratch _centre;

    /// <summary>Sharpens <paramref name="source"/> by image x <paramref name="gain"/> - blur x (gain - 1).</summary>
    internal FixedPointSharpen(PixelBuffer source, double[] weights, double gain, LaneWidth width)
        : base(source, weights.Length - 1, (long)source.StrideBytes * sizeof(short))
    {
        _width = width;
        _radius = weights.Length - 1;
        var pairs = SymmetricTaps.PairWeights(weights);
        _blur = new FixedPointWeights(pairs, maximumShift: 22, greatest: 2 * 255);
        double[] sharpen = [.. pairs.Select(weight => weight * (1 - gain)), gain / 2];
        _sharpen = new FixedPointWeights(sharpen, maximumShift: 15, greatest: 2 * (255 << FractionBits));
        _horizontalTaps = new nint[SymmetricTaps.Count(_radius)];
        _verticalTaps = new nint[SymmetricTaps.Count(_radius + 1)];
        _padded = TakeScratch(1, PaddedRow.Pixels(WidthPixels, _radius) * Channels);
        _centre = TakeScratch(1, (long)StrideBytes * sizeof(short));
    }

    /// <inheritdoc/>
    protected override void FilterHorizontally(byte* row, byte* filtered)
    {
        var centre = _padded[0] + (_radius * Channels);
        Buffer.MemoryCopy(row, centre, StrideBytes, StrideBytes);
        PaddedRow.RepeatEdges(_padded[0], WidthPixels, _radius, Channels);
        SymmetricTaps.Horizontal(centre, Channels, _radius, _horizontalTaps);
        fixed (nint* taps = _horizontalTaps)
        {
            WeightedSum.OfPairs((byte**)taps, _blur, _blur.Shift - FractionBits, (short*)filtered, StrideBytes, _width, isPrecise: false);
        }
    }

    /// <inheritdoc/>
    protected override void FilterVertically(int y, ReadOnlySpan<nint> window, byte* to)
    {
        WidenCentre(SourceRow(y));
        SymmetricTaps.Vertical(window, _verticalTaps);
        _verticalTaps.AsSpan(2 * (_radius + 1)).Fill((nint)_centre[0]);
        fixed (nint* taps = _verticalTaps)
        {
            WeightedSum.OfPairs((short**)taps, _sharpen, _sharpen.Shift + FractionBits, to, StrideBytes, _width, isPrecise: false);
        }
    }

    /// <summary>The image itself in the format of the blurred rows, as one more tap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WidenCentre(byte* row)
    {
        var words = (short*)_centre[0];
        var x = 0;
        for (; x <= StrideBytes - Vector128<byte>.Count; x += Vector128<byte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.Load(row + x));
            (low << FractionBits).AsInt16().Store(words + x);
            (high << FractionBits).AsInt16().Store(words + x + Vector128<short>.Count);
        }

        for (; x < StrideBytes; x++)
        {
            words[x] = (short)(row[x] << FractionBits);
        }
    }
}
