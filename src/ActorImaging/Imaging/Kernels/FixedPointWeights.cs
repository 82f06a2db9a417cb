namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// Real weights as 16-bit integers: weight x 2^<see cref="Shift"/>, rounded, two to an int as the multiply-add instructions want them.
/// </summary>
/// <remarks>
/// The shift is as large as the greatest weight allows, so many small weights are as precise as a few large ones: sigma 5 gets 18 bits,
/// 257 taps 21. Rounding errors are paid back where it hurts least, so that the integers add up as the real weights do and a flat
/// picture stays flat.
/// </remarks>
internal sealed class FixedPointWeights
{
    /// <summary>Bits after the binary point of the fine weights: as exact as double precision, and quicker to add up.</summary>
    internal const int FineShift = 48;

    private readonly int[] _pairs;
    private readonly long[] _fine;
    private readonly double[] _real;

    /// <summary>Converts <paramref name="weights"/>.</summary>
    /// <param name="weights">The weights, each between -1 and 1; padded with a zero to an even number.</param>
    /// <param name="maximumShift">
    /// The largest shift that cannot overflow: sum of |weight| x greatest sample x 2^shift must stay below 2^31.
    /// </param>
    /// <param name="greatest">The greatest sample.</param>
    internal FixedPointWeights(ReadOnlySpan<double> weights, int maximumShift, int greatest)
    {
        Shift = ShiftFor(weights, maximumShift);
        var integers = Quantize(weights, Shift);
        Doubt = DoubtOf(weights, integers, Shift, greatest);
        _fine = Refine(weights);
        _real = weights.ToArray();
        _pairs = new int[(weights.Length + 1) / 2];
        for (var tap = 0; tap < weights.Length; tap++)
        {
            _pairs[tap / 2] |= (tap & 1) == 0 ? (ushort)integers[tap] : integers[tap] << 16;
        }
    }

    /// <summary>Bits after the binary point.</summary>
    internal int Shift { get; }

    /// <summary>How far a sum may be from the true one, in its own units.</summary>
    internal int Doubt { get; }

    /// <summary>Weights 2i (lower half) and 2i + 1 (upper half) at i.</summary>
    internal ReadOnlySpan<int> Pairs => _pairs;

    /// <summary>The weights x 2^<see cref="FineShift"/>, for a <see cref="SecondLook"/>.</summary>
    internal ReadOnlySpan<long> Fine => _fine;

    /// <summary>The weights themselves.</summary>
    internal ReadOnlySpan<double> Real => _real;

    /// <summary>Weights x 2^<see cref="FineShift"/>.</summary>
    internal static long[] Refine(ReadOnlySpan<double> weights) =>
        Array.ConvertAll(weights.ToArray(), weight => (long)Math.Round(Math.ScaleB(weight, FineShift)));

    /// <summary>The largest shift, at most <paramref name="maximumShift"/>, at which every weight fits 16 bits.</summary>
    internal static int ShiftFor(ReadOnlySpan<double> weights, int maximumShift)
    {
        var greatest = 0.0;
        foreach (var weight in weights)
        {
            greatest = Math.Max(greatest, Math.Abs(weight));
        }

        var shift = maximumShift;
        while (shift > 0 && Math.Round(Math.ScaleB(greatest, shift)) > short.MaxValue - 64)
        {
            shift--;
        }

        return shift;
    }

    /// <summary>
    /// How far a sum of samples of 0 to <paramref name="greatest"/> may be off: the middle one's error is the total's, the rest adds up.
    /// </summary>
    internal static int DoubtOf(ReadOnlySpan<double> weights, ReadOnlySpan<int> integers, int shift, int greatest)
    {
        double total = 0, absolute = 0;
        for (var tap = 0; tap < weights.Length; tap++)
        {
            var error = integers[tap] - Math.ScaleB(weights[tap], shift);
            total += error;
            absolute += Math.Abs(error);
        }

        return (int)Math.Ceiling(greatest / 2.0 * (absolute + Math.Abs(total))) + 1;
    }

    /// <summary>The weights x 2^<paramref name="shift"/> as integers with the right total.</summary>
    internal static int[] Quantize(ReadOnlySpan<double> weights, int shift)
    {
        var integers = new int[weights.Length];
        var total = 0.0;
        for (var tap = 0; tap < weights.Length; tap++)
        {
            total += weights[tap];
            integers[tap] = (int)Math.Round(Math.ScaleB(weights[tap], shift));
        }

        var missing = (int)Math.Round(Math.ScaleB(total, shift)) - integers.Sum();
        for (; missing != 0; missing -= Math.Sign(missing))
        {
            integers[MostShort(weights, integers, shift, Math.Sign(missing))] += Math.Sign(missing);
        }

        return integers;
    }

    /// <summary>The weight whose integer falls short of it the most, or with <paramref name="sign"/> -1 exceeds it the most.</summary>
    private static int MostShort(ReadOnlySpan<double> weights, int[] integers, int shift, int sign)
    {
        var most = 0;
        for (var tap = 1; tap < integers.Length; tap++)
        {
            most = Shortfall(tap, weights) > Shortfall(most, weights) ? tap : most;
        }

        return most;

        double Shortfall(int tap, ReadOnlySpan<double> real) => sign * (Math.ScaleB(real[tap], shift) - integers[tap]);
    }
}
