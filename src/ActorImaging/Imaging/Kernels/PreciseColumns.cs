using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Resampling of the width in double precision, in ImageMagick's own order; see <see cref="PreciseWindows"/> for when and why.</summary>
internal sealed unsafe class PreciseColumns<TPixels>(ResampleWindow[] columns, int channels) : IColumnPass
    where TPixels : IPrecisePixels
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Resample(byte* row, byte* to)
    {
        foreach (var (first, weights) in columns)
        {
            var from = row + (first * channels);
            var sum = Vector256<double>.Zero;
            foreach (var weight in weights)
            {
                sum += TPixels.Load(from, channels) * Vector256.Create(weight);
                from += channels;
            }

            TPixels.Store(sum, to, channels);
            to += channels;
        }
    }
}
