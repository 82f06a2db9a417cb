using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Resampling of the height of transparent pixels in floating point: colours are weighted by alpha.</summary>
/// <param name="rows">The windows of the result rows.</param>
/// <param name="channels">Bytes a pixel.</param>
/// <param name="width">How many samples at once.</param>
/// <param name="scratch">Memory for a row of associated pixels.</param>
/// <param name="doubtful">Memory for a first pass to look twice; none for a second pass.</param>
internal sealed unsafe class AssociatedRows(
    ResampleWindow[] rows, int channels, LaneWidth width, RowScratch scratch, DoubtfulPixels? doubtful) : IRowPass
{
    private readonly float[][] _weights = Array.ConvertAll(rows, row => Array.ConvertAll(row.Weights, weight => (float)weight));

    /// <inheritdoc/>
    public void Resample(int y, ReadOnlySpan<nint> window, byte* to, int widthPixels)
    {
        var sums = (float*)scratch[0];
        NativeMemory.Clear(sums, (nuint)widthPixels * AssociatedPixels.Bytes);
        for (var tap = 0; tap < window.Length; tap++)
        {
            AssociatedPixels.AddWeighted((byte*)window[tap], channels, _weights[y][tap], sums, widthPixels, width);
        }

        AssociatedPixels.Dissociate(sums, to, channels, widthPixels, width, doubtful);
        foreach (var pixel in doubtful is null ? default : doubtful.All)
        {
            SumPrecisely(rows[y].Weights, window, (long)pixel * channels, to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumPrecisely(double[] weights, ReadOnlySpan<nint> window, long at, byte* to)
    {
        var sums = default(BlendedSum);
        for (var tap = 0; tap < weights.Length; tap++)
        {
            sums.AddContribution((byte*)window[tap] + at, channels, weights[tap]);
        }

        sums.Store(to + at, channels);
    }
}
