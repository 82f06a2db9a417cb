using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Rows of pixels, made of rows of three components: luma and the differences of blue and red from it (JFIF 1.02), or the colours themselves.</summary>
internal static unsafe class RgbRows
{
    /// <summary>Makes a row.</summary>
    /// <param name="first">Luma, or red; as the others, 64 bytes more may be read.</param>
    /// <param name="second">The difference of blue, or green.</param>
    /// <param name="third">The difference of red, or blue.</param>
    /// <param name="isRgb">Whether they are the colours themselves.</param>
    /// <param name="to">Receives the pixels, not a byte more.</param>
    /// <param name="pixels">How many.</param>
    /// <param name="width">How many at once.</param>
    public static void Make(byte* first, byte* second, byte* third, bool isRgb, byte* to, int pixels, LaneWidth width)
    {
        if (width >= LaneWidth.Wide)
        {
            RgbRows<SampleLanes256, Vector256<short>>.Make(first, second, third, isRgb, to, pixels);
        }
        else
        {
            RgbRows<SampleLanes128, Vector128<short>>.Make(first, second, third, isRgb, to, pixels);
        }
    }
}

/// <summary><see cref="RgbRows"/> on lanes of one width.</summary>
internal static unsafe class RgbRows<TLanes, TWords>
    where TLanes : ISampleLanes<TWords>
{
    private const short Middle = 128;
    private const int MostBytes = 3 * 16;

    // libjpeg's factors in 16 bits, without the wholes: 1.402 = 1 + 0.402, 1.772 = 2 - 0.228, 0.71414 = 1 - 0.28586
    private const short RedFactor = 91881 - 65536;
    private const short BlueFactor = 116130 - 131072;
    private const int GreenFactors = (-22554 & 0xFFFF) | ((65536 - 46802) << 16);

    /// <summary>As <see cref="RgbRows.Make"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Make(byte* first, byte* second, byte* third, bool isRgb, byte* to, int pixels)
    {
        var x = 0;
        for (; x <= pixels - TLanes.Count; x += TLanes.Count)
        {
            MakeSome(first + x, second + x, third + x, isRgb, to + (3L * x));
        }

        if (x < pixels)
        {
            var last = stackalloc byte[MostBytes];
            MakeSome(first + x, second + x, third + x, isRgb, last);
            var bytes = 3 * (pixels - x);
            Buffer.MemoryCopy(last, to + (3L * x), bytes, bytes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MakeSome(byte* first, byte* second, byte* third, bool isRgb, byte* to)
    {
        TWords luma = TLanes.Load(first), blue = TLanes.Load(second), red = TLanes.Load(third);
        if (isRgb)
        {
            TLanes.StorePixels(luma, blue, red, to);
            return;
        }

        var middle = TLanes.Repeat(Middle);
        (blue, red) = (TLanes.Subtract(blue, middle), TLanes.Subtract(red, middle));
        TLanes.StorePixels(
            TLanes.Add(TLanes.Add(luma, red), Part(red, RedFactor)),
            TLanes.Add(TLanes.Subtract(luma, red), TLanes.Weigh(blue, red, GreenFactors)),
            TLanes.Add(TLanes.Add(luma, TLanes.Add(blue, blue)), Part(blue, BlueFactor)),
            to);
    }

    /// <summary>Word x factor / 2^16, rounded: to have rounded down at one bit more loses nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Part(TWords words, short factor) => TLanes.ShiftRight(TLanes.Add(TLanes.Multiply(words, factor), TLanes.Repeat(1)), 1);
}
