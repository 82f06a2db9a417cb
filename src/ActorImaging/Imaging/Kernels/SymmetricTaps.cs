namespace ActorImaging.Imaging.Kernels;

/// <summary>The tap pointers of a symmetric kernel in the order that the weighted sums of pairs take them.</summary>
/// <remarks>
/// The centre counts as a pair of its own with itself, at half its weight; pairs are padded to an even number with the centre at weight 0.
/// </remarks>
internal static unsafe class SymmetricTaps
{
    /// <summary>Pointers needed for a kernel of <paramref name="radius"/>.</summary>
    internal static int Count(int radius) => 2 * ((radius + 2) & ~1);

    /// <summary>The weights of the pairs: half the centre's, then those at distance 1, 2, ...</summary>
    internal static double[] PairWeights(ReadOnlySpan<double> weights)
    {
        var pairs = weights.ToArray();
        pairs[0] /= 2;
        return pairs;
    }

    /// <summary>Taps that are one row, shifted by <paramref name="stepBytes"/> each.</summary>
    internal static void Horizontal(byte* centre, long stepBytes, int radius, Span<nint> taps)
    {
        taps.Fill((nint)centre);
        for (var distance = 1; distance <= radius; distance++)
        {
            taps[2 * distance] = (nint)(centre - (distance * stepBytes));
            taps[(2 * distance) + 1] = (nint)(centre + (distance * stepBytes));
        }
    }

    /// <summary>Taps that are the rows of a window, the centre in its middle.</summary>
    internal static void Vertical(ReadOnlySpan<nint> window, Span<nint> taps)
    {
        var radius = window.Length / 2;
        taps.Fill(window[radius]);
        for (var distance = 1; distance <= radius; distance++)
        {
            taps[2 * distance] = window[radius - distance];
            taps[(2 * distance) + 1] = window[radius + distance];
        }
    }
}
