using System.Runtime.InteropServices;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Resampling of the height of transparent pixels in floating point: colours are weighted by alpha.</summary>
internal sealed unsafe class AssociatedRows(ResampleWindow[] rows, int channels, LaneWidth width, RowScratch scratch) : IRowPass
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

        AssociatedPixels.Dissociate(sums, to, channels, widthPixels, width);
    }
}
