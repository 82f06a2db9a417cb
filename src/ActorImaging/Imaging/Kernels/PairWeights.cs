namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// The weights of result columns as integers, laid out for <see cref="PixelPairs"/>: a pair of them four times in a row, once for each channel.
/// A window begins at an even pixel and is as long as whole vectors; what it has more than its weights are zeros.
/// </summary>
internal sealed class PairWeights
{
    private readonly short[] _spread;
    private readonly (int FirstPair, int Vectors)[] _columns;
    private readonly long[][] _fine = [];

    /// <summary>Lays weights out.</summary>
    /// <param name="columns">The windows of the result columns.</param>
    /// <param name="maximumShift">The largest shift that cannot overflow.</param>
    /// <param name="vectorPairs">Pairs that a vector holds.</param>
    /// <param name="isPrecise">Whether it matters how far sums may be off.</param>
    internal PairWeights(ResampleWindow[] columns, int maximumShift, int vectorPairs, bool isPrecise)
    {
        Shift = columns.Min(window => FixedPointWeights.ShiftFor(window.Weights, maximumShift));
        _columns = Array.ConvertAll(columns, window =>
        {
            var pairs = (window.First + window.Weights.Length + 1 - (window.First & ~1)) / 2;
            return (window.First / 2, (pairs + vectorPairs - 1) / vectorPairs);
        });
        if (isPrecise)
        {
            _fine = Array.ConvertAll(columns, window => FixedPointWeights.Refine(window.Weights));
        }

        _spread = new short[_columns.Sum(column => column.Vectors) * vectorPairs * PixelPairs.Words];
        var at = 0;
        for (var x = 0; x < columns.Length; x++)
        {
            var integers = FixedPointWeights.Quantize(columns[x].Weights, Shift);
            Doubt = isPrecise ? Math.Max(Doubt, FixedPointWeights.DoubtOf(columns[x].Weights, integers, Shift, greatest: 255)) : 0;
            Spread(integers, columns[x].First & 1, _spread.AsSpan(at));
            at += _columns[x].Vectors * vectorPairs * PixelPairs.Words;
        }
    }

    /// <summary>Bits after the binary point.</summary>
    internal int Shift { get; }

    /// <summary>How far a sum may be from the true one, in its own units; 0 where it does not matter.</summary>
    internal int Doubt { get; }

    /// <summary>The weights of all columns, one after the other.</summary>
    internal ReadOnlySpan<short> Weights => _spread;

    /// <summary>Where each column's window begins, and how many vectors it takes.</summary>
    internal ReadOnlySpan<(int FirstPair, int Vectors)> Columns => _columns;

    /// <summary>The weights of a column x 2^<see cref="FixedPointWeights.FineShift"/>, where it matters how far sums may be off.</summary>
    internal ReadOnlySpan<long> Fine(int column) => _fine[column];

    private static void Spread(int[] weights, int first, Span<short> to)
    {
        for (var tap = 0; tap < weights.Length; tap++)
        {
            var place = first + tap;
            for (var channel = 0; channel < 4; channel++)
            {
                to[(place / 2 * PixelPairs.Words) + (2 * channel) + (place % 2)] = (short)weights[tap];
            }
        }
    }
}
