using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Resampling of transparent pixels in floating point: colours are weighted by alpha.</summary>
internal sealed unsafe class AssociatedResample : IResamplePasses
{
    private readonly int _channels;
    private readonly LaneWidth _width;
    private readonly float[][] _rows;
    private readonly (int First, float[] Weights)[] _columns;
    private float[] _associated = [];
    private float[] _sums = [];

    /// <summary>Prepares the weights of both passes.</summary>
    internal AssociatedResample(ResampleWindow[] columns, ResampleWindow[] rows, int channels, LaneWidth width)
    {
        _channels = channels;
        _width = width;
        _rows = Array.ConvertAll(rows, window => Singles(window.Weights));
        _columns = Array.ConvertAll(columns, window => (window.First, Singles(window.Weights)));
    }

    /// <inheritdoc/>
    public void Vertically(int y, nint[] window, byte* to, int widthPixels)
    {
        Grow(ref _sums, widthPixels);
        fixed (float* sums = _sums)
        {
            NativeMemory.Clear(sums, (nuint)widthPixels * AssociatedPixels.Bytes);
            for (var tap = 0; tap < window.Length; tap++)
            {
                AssociatedPixels.AddWeighted((byte*)window[tap], _channels, _rows[y][tap], sums, widthPixels, _width);
            }

            AssociatedPixels.Dissociate(sums, to, _channels, widthPixels, _width);
        }
    }

    /// <inheritdoc/>
    public void Horizontally(byte* row, byte* to)
    {
        var sourcePixels = _columns[^1].First + _columns[^1].Weights.Length;
        Grow(ref _associated, sourcePixels);
        Grow(ref _sums, _columns.Length);
        fixed (float* associated = _associated, sums = _sums)
        {
            AssociatedPixels.Associate(row, _channels, associated, sourcePixels, _width);
            if (_width == LaneWidth.Scalar)
            {
                ScalarColumns(associated, sums);
            }
            else
            {
                Columns(associated, sums);
            }

            AssociatedPixels.Dissociate(sums, to, _channels, _columns.Length, _width);
        }
    }

    private static float[] Singles(double[] weights) => Array.ConvertAll(weights, weight => (float)weight);

    private static void Grow(ref float[] row, int pixels)
    {
        if (row.Length < pixels * AssociatedPixels.Numbers)
        {
            row = new float[pixels * AssociatedPixels.Numbers];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Columns(float* associated, float* sums)
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
    private void ScalarColumns(float* associated, float* sums)
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
