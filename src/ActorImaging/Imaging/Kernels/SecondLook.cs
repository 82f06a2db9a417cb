using System.Numerics;
using System.Runtime.CompilerServices;

namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// Sums those samples again, with finer weights, whose fixed-point sum is so near to a half that it may round unlike ImageMagick's.
/// </summary>
/// <remarks>
/// ImageMagick rounds to bytes between its two passes. To be off by one there is harmless once, but in a regular picture (a slope, stripes)
/// whole columns are off by one to the same side, and the second pass would make two of it. So the first pass has to be exact, the second
/// not. One or two samples in a hundred are doubtful; they are looked at while their taps are still in the cache. On a slope a window with an even
/// number of rows comes to a half and nothing: there the last bit of ImageMagick's double precision decides, and the sum is made as it makes it.
/// </remarks>
/// <param name="weights">The fine weights.</param>
/// <param name="real">The weights that they come from; null where pairs are summed.</param>
/// <param name="count">How many.</param>
/// <param name="doubt">How far a fixed-point sum may be off; 0 not to look.</param>
internal readonly unsafe ref struct SecondLook(long* weights, double* real, int count, int doubt)
{
    private const long Half = 1L << (FixedPointWeights.FineShift - 1);
    private const long TieDoubt = 1 << 20; // half a unit for each level of each of 8192 taps

    private readonly long* _weights = weights;
    private readonly double* _real = real;

    /// <summary>How far a fixed-point sum may be off; 0 if it does not matter.</summary>
    internal int Doubt => doubt;

    /// <summary>Rounds a sum in double precision half up and clamps it as ImageMagick does.</summary>
    internal static byte Level(double sum) => (byte)Math.Clamp(sum + 0.5, 0, 255);

    /// <summary>Whether a sum, to which a half was added, matters and is doubtful.</summary>
    internal bool IsNearHalf(int sum, int shift) => doubt != 0 && ((sum + doubt) & ((1 << shift) - 1)) <= 2 * doubt;

    /// <summary>Whether a sum of fine weights, to which a half was added, says nothing about which side of the half it is on.</summary>
    internal static bool IsTie(long sum) => ((sum + TieDoubt) & ((1L << FixedPointWeights.FineShift) - 1)) <= 2 * TieDoubt;

    /// <summary>Sums sample <paramref name="first"/> + i of <paramref name="to"/> again for every bit i, of pairs of taps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void CorrectPairs(byte** taps, byte* to, ulong bits, nint first)
    {
        for (; bits != 0; bits &= bits - 1)
        {
            var at = first + BitOperations.TrailingZeroCount(bits);
            var sum = Half;
            for (var pair = 0; pair < count; pair++)
            {
                sum += _weights[pair] * (taps[2 * pair][at] + taps[(2 * pair) + 1][at]);
            }

            to[at] = (byte)Math.Clamp(sum >> FixedPointWeights.FineShift, 0, 255);
        }
    }

    /// <summary>Sums sample <paramref name="first"/> + i of <paramref name="to"/> again for every bit i, of single taps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void CorrectRows(byte** taps, byte* to, ulong bits, nint first)
    {
        for (; bits != 0; bits &= bits - 1)
        {
            var at = first + BitOperations.TrailingZeroCount(bits);
            var sum = Half;
            for (var tap = 0; tap < count; tap++)
            {
                sum += _weights[tap] * taps[tap][at];
            }

            to[at] = IsTie(sum) ? BreakTie(taps, at) : (byte)Math.Clamp(sum >> FixedPointWeights.FineShift, 0, 255);
        }
    }

    private byte BreakTie(byte** taps, nint at)
    {
        var sum = 0.0;
        for (var tap = 0; tap < count; tap++)
        {
            sum += _real[tap] * taps[tap][at];
        }

        return Level(sum);
    }
}
