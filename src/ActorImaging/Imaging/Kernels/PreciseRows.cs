using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Resampling of the height in double precision, in ImageMagick's own order; see <see cref="PreciseWindows"/> for when and why.</summary>
internal sealed unsafe class PreciseRows<TPixels>(ResampleWindow[] rows, int channels) : IRowPass
    where TPixels : IPrecisePixels
{
    /// <inheritdoc/>
    public void Resample(int y, ReadOnlySpan<nint> window, byte* to, int widthPixels)
    {
        fixed (nint* taps = window)
        fixed (double* weights = rows[y].Weights)
        {
            Sum((byte**)taps, weights, window.Length, to, widthPixels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(byte** taps, double* weights, int count, byte* to, int widthPixels)
    {
        for (var x = 0; x < widthPixels; x++)
        {
            var sum = Vector256<double>.Zero;
            for (var tap = 0; tap < count; tap++)
            {
                sum += TPixels.Load(taps[tap] + (x * channels), channels) * Vector256.Create(weights[tap]);
            }

            TPixels.Store(sum, to + (x * channels), channels);
        }
    }
}
