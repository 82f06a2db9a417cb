using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>
/// Luma and chroma of red, green and blue (JFIF 1.02, Rec. 601 at full range), in 16-bit fixed point as libjpeg has it to the last bit. Channels lie
/// apart, so that it is the same at every lane width.
/// </summary>
internal static unsafe class YccConversion
{
    private const int Shift = 16;
    private const int Half = 1 << (Shift - 1);

    /// <summary>The middle of chroma; rounded so that what is exactly between goes down, and 255.5 stays a byte.</summary>
    private const int Middle = (128 << Shift) + Half - 1;

    private const int RedLuma = 19595, GreenLuma = 38470, BlueLuma = 7471;
    private const int RedCb = -11058, GreenCb = -21710;
    private const int GreenCr = -27439, BlueCr = -5329;

    /// <summary>Green's weight in luma and a half in chroma are too large for a word, and come in two parts.</summary>
    private const int Part = 16384;

    /// <summary>Converts a row.</summary>
    /// <param name="red">Its red samples; as the others with room to read and write up to a multiple of 64.</param>
    /// <param name="green">Its green ones.</param>
    /// <param name="blue">Its blue ones.</param>
    /// <param name="luma">Receives Y.</param>
    /// <param name="blueness">Receives Cb.</param>
    /// <param name="redness">Receives Cr.</param>
    /// <param name="count">Samples.</param>
    /// <param name="width">How many at once.</param>
    public static void Run(byte* red, byte* green, byte* blue, byte* luma, byte* blueness, byte* redness, int count, LaneWidth width)
    {
        switch (width)
        {
            case LaneWidth.Widest:
                Run<WordLanes512, Vector512<short>, Vector512<int>>(red, green, blue, luma, blueness, redness, count);
                break;
            case LaneWidth.Wide:
                Run<WordLanes256, Vector256<short>, Vector256<int>>(red, green, blue, luma, blueness, redness, count);
                break;
            case LaneWidth.Narrow:
                Run<WordLanes128, Vector128<short>, Vector128<int>>(red, green, blue, luma, blueness, redness, count);
                break;
            default:
                RunScalar(red, green, blue, luma, blueness, redness, count);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TLanes, TWords, TSums>(byte* red, byte* green, byte* blue, byte* luma, byte* blueness, byte* redness, int count)
        where TLanes : IWordLanes<TWords, TSums>
    {
        for (var x = 0; x < count; x += TLanes.Count)
        {
            TWords r = TLanes.Load(red + x), g = TLanes.Load(green + x), b = TLanes.Load(blue + x);
            Store<TLanes, TWords, TSums>(r, g, Pair(RedLuma, GreenLuma - Part), b, g, Pair(BlueLuma, Part), Half, luma + x);
            Store<TLanes, TWords, TSums>(r, g, Pair(RedCb, GreenCb), b, b, Pair(Part, Part), Middle, blueness + x);
            Store<TLanes, TWords, TSums>(r, r, Pair(Part, Part), g, b, Pair(GreenCr, BlueCr), Middle, redness + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes, TWords, TSums>(
        TWords first, TWords second, int weights, TWords third, TWords fourth, int otherWeights, int added, byte* to)
        where TLanes : IWordLanes<TWords, TSums>
    {
        var low = TLanes.MultiplyAddLow(TLanes.MultiplyAddLow(TLanes.Repeat(added), first, second, weights), third, fourth, otherWeights);
        var high = TLanes.MultiplyAddHigh(TLanes.MultiplyAddHigh(TLanes.Repeat(added), first, second, weights), third, fourth, otherWeights);
        TLanes.Store(low, high, Shift, to);
    }

    private static void RunScalar(byte* red, byte* green, byte* blue, byte* luma, byte* blueness, byte* redness, int count)
    {
        for (var x = 0; x < count; x++)
        {
            int r = red[x], g = green[x], b = blue[x];
            luma[x] = (byte)(((RedLuma * r) + (GreenLuma * g) + (BlueLuma * b) + Half) >> Shift);
            blueness[x] = (byte)(((RedCb * r) + (GreenCb * g) + (2 * Part * b) + Middle) >> Shift);
            redness[x] = (byte)(((2 * Part * r) + (GreenCr * g) + (BlueCr * b) + Middle) >> Shift);
        }
    }

    private static int Pair(int lower, int upper) => (lower & 0xFFFF) | (upper << 16);
}
