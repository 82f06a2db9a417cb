using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Resampling of the width of transparent pixels in floating point: colours are weighted by alpha.</summary>
/// <param name="columns">The windows of the result columns.</param>
/// <param name="channels">Bytes a pixel.</param>
/// <param name="width">How many samples at once.</param>
/// <param name="scratch">Memory for two rows of associated pixels.</param>
/// <param name="doubtful">Memory for a first pass to look twice; none for a second pass.</param>
internal sealed unsafe class AssociatedColumns(
    ResampleWindow[] columns, int channels, LaneWidth width, RowScratch scratch, DoubtfulPixels? doubtful) : IColumnPass
{
    private readonly (int First, float[] Weights)[] _columns =
        Array.ConvertAll(columns, column => (column.First, Array.ConvertAll(column.Weights, weight => (float)weight)));

    /// <inheritdoc/>
    public int BatchRows => FixedPointColumns.SpreadRows;

    /// <inheritdoc/>
    public void Resample(ReadOnlySpan<nint> rows, ReadOnlySpan<nint> to)
    {
        for (var row = 0; row < rows.Length; row++)
        {
            Resample((byte*)rows[row], (byte*)to[row]);
        }
    }

    private void Resample(byte* row, byte* to)
    {
        float* associated = (float*)scratch[0], sums = (float*)scratch[1];
        AssociatedPixels.Associate(row, channels, associated, _columns[^1].First + _columns[^1].Weights.Length, width);
        if (width == LaneWidth.Scalar)
        {
            ScalarSum(associated, sums);
        }
        else
        {
            Sum(associated, sums);
        }

        AssociatedPixels.Dissociate(sums, to, channels, _columns.Length, width, doubtful);
        foreach (var pixel in doubtful is null ? default : doubtful.All)
        {
            SumPrecisely(columns[pixel], row, to + ((long)pixel * channels));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumPrecisely(ResampleWindow window, byte* row, byte* to)
    {
        var sums = default(BlendedSum);
        for (var tap = 0; tap < window.Weights.Length; tap++)
        {
            sums.AddContribution(row + ((long)(window.First + tap) * channels), channels, window.Weights[tap]);
        }

        sums.Store(to, channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(float* associated, float* sums)
    {
        foreach (var (first, weights) in _columns)
        {
            var from = associated + (first * AssociatedPixels.Numbers);
            var sum = Vector128<float>.Zero;
            foreach (var weight in weights)
            {
                sum += Vector128.Load(from) * Vector128.Create(weight);
                from += AssociatedPixels.Numbers;
            }

            sum.Store(sums);
            sums += AssociatedPixels.Numbers;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScalarSum(float* associated, float* sums)
    {
        foreach (var (first, weights) in _columns)
        {
            for (var number = 0; number < AssociatedPixels.Numbers; number++, sums++)
            {
                var from = associated + (first * AssociatedPixels.Numbers) + number;
                *sums = 0;
                foreach (var weight in weights)
                {
                    *sums += *from * weight;
                    from += AssociatedPixels.Numbers;
                }
            }
        }
    }
}
