using System.Collections.Concurrent;

namespace ActorImaging.Imaging.Kernels;

/// <summary>The source samples that one result sample is made of, along one dimension, and their weights, adding up to 1.</summary>
/// <param name="First">The first sample.</param>
/// <param name="Weights">The weights of it and those after it.</param>
internal readonly record struct ResampleWindow(int First, double[] Weights)
{
    private const double Epsilon = 1e-12;

    // Images of a batch are often of one size, and to compute their windows takes a hundredth of the time of a photograph, a tenth of an icon's
    private const int MostKept = 32;
    private const int MostKeptWeights = 65536;
    private static readonly ConcurrentDictionary<(ResampleFilter Filter, SampleRange Source, double First, int Count, double Length), ResampleWindow[]> Kept = new();

    /// <summary>The windows of some of the result samples; never to be changed, for others may have the same. Thread-safe.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="source">The samples there are.</param>
    /// <param name="first">The first result sample that is wanted.</param>
    /// <param name="count">How many are.</param>
    /// <param name="length">How many there would be.</param>
    internal static ResampleWindow[] Some(ResampleFilter filter, SampleRange source, double first, int count, double length)
    {
        var key = (filter, source, first, count, length);
        if (Kept.TryGetValue(key, out var kept))
        {
            return kept;
        }

        var windows = Compute(filter, source, first, count, length);
        if (windows.Sum(window => (long)window.Weights.Length) <= MostKeptWeights)
        {
            if (Kept.Count >= MostKept)
            {
                Kept.Clear();
            }

            Kept[key] = windows;
        }

        return windows;
    }

    private static ResampleWindow[] Compute(ResampleFilter filter, SampleRange source, double first, int count, double length)
    {
        // Written as ImageMagick computes them, to the last bit: where windows begin and end depends on it
        var factor = length * (1.0 / source.Length);
        var stretch = Math.Max((1 / factor) + Epsilon, 1);
        var windows = new ResampleWindow[count];
        for (var index = 0; index < count; index++)
        {
            windows[index] = Around(source.Start + ((first + index + 0.5) / factor) + Epsilon, stretch, filter, source);
        }

        return windows;
    }

    private static ResampleWindow Around(double centre, double stretch, ResampleFilter filter, SampleRange source)
    {
        var reach = stretch * filter.SupportPixels();
        var first = (int)Math.Max(centre - reach + 0.5, 0);
        var end = (int)Math.Min(centre + reach + 0.5, Math.Ceiling(source.End));
        var weights = new double[end - first];
        for (var tap = 0; tap < weights.Length; tap++)
        {
            var (share, middle) = source.ShareOf(first + tap);
            weights[tap] = share * filter.Weight(1 / stretch * (first + tap - centre + middle));
        }

        var total = weights.Sum();
        return new ResampleWindow(first, Array.ConvertAll(weights, weight => weight / total));
    }
}
