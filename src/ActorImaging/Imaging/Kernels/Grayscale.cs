using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Grayscale: what Magick.NET's Grayscale() computes, to within one level. The result has 1 channel, with alpha 2.</summary>
/// <remarks>
/// Rec. 709 luma of the encoded (not linear) samples, 0.212656 red + 0.715158 green + 0.072186 blue, in 15-bit fixed point. Alpha stays
/// as it is; gray pixels are copied.
/// </remarks>
internal sealed unsafe class Grayscale : RowSource
{
    private const int Shift = 15;
    private const int RedWeight = 6968;
    private const int GreenWeight = 23434;
    private const int BlueWeight = (1 << Shift) - RedWeight - GreenWeight;
    private const int RedGreen = RedWeight | (GreenWeight << 16);

    private readonly LaneWidth _width;

    /// <summary>Makes <paramref name="source"/> gray.</summary>
    /// <param name="source">Pixels of 1 to 4 channels.</param>
    /// <param name="width">How many pixels at once; the processor's best if not given.</param>
    internal Grayscale(PixelBuffer source, LaneWidth? width = null)
        : base(source, source.WidthPixels, source.HeightPixels, AlphaChannel.IsIn(source.Channels) ? 2 : 1) =>
        _width = width ?? LaneWidths.Native;

    /// <inheritdoc/>
    protected override void Compute(int firstRow, int count, byte* to)
    {
        var pixels = (long)WidthPixels * count;
        var from = SourceRow(firstRow);
        if (Source.Channels < 3)
        {
            Buffer.MemoryCopy(from, to, pixels * Channels, pixels * Channels);
            return;
        }

        var done = _width == LaneWidth.Scalar ? 0 : Convert(from, Source.Channels, to, pixels, _width);
        ScalarConvert(from + (done * Source.Channels), Source.Channels, to + (done * Channels), pixels - done);
    }

    /// <summary>Converts eight pixels at a time, each four of them from 16 loaded bytes, and returns how many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Convert(byte* from, int channels, byte* to, long pixels, LaneWidth width)
    {
        Vector128<byte> redGreen = WordShuffle(channels, 0, 1), blue = WordShuffle(channels, 2, -1);
        Vector256<byte> redGreenWide = Vector256.Create(redGreen, redGreen), blueWide = Vector256.Create(blue, blue);
        long x = 0;
        for (; x <= pixels - 8; x += 8, from += 8 * channels)
        {
            Vector128<byte> first = Vector128.Load(from), second = Vector128.Load(from + (4 * channels));
            Vector128<int> firstGray, secondGray;
            if (Avx2.IsSupported && width >= LaneWidth.Wide)
            {
                var both = Vector256.Create(first, second);
                var luma = Avx2.MultiplyAddAdjacent(Avx2.Shuffle(both, redGreenWide).AsInt16(), Vector256.Create(RedGreen).AsInt16())
                    + Avx2.MultiplyAddAdjacent(Avx2.Shuffle(both, blueWide).AsInt16(), Vector256.Create(BlueWeight).AsInt16());
                luma = (luma + Vector256.Create(1 << (Shift - 1))) >> Shift;
                (firstGray, secondGray) = (luma.GetLower(), luma.GetUpper());
            }
            else
            {
                (firstGray, secondGray) = (Luma(first, redGreen, blue), Luma(second, redGreen, blue));
            }

            if (channels == 3)
            {
                var words = Vector128.Narrow(firstGray, secondGray).AsUInt16();
                *(ulong*)(to + x) = Vector128.Narrow(words, words).AsUInt64().ToScalar();
            }
            else
            {
                var alphaMask = Vector128.Create(0xFF00u);
                firstGray |= (Vector128.ShiftRightLogical(first.AsUInt32(), 16) & alphaMask).AsInt32();
                secondGray |= (Vector128.ShiftRightLogical(second.AsUInt32(), 16) & alphaMask).AsInt32();
                Vector128.Narrow(firstGray.AsUInt32(), secondGray.AsUInt32()).Store((ushort*)(to + (2 * x)));
            }
        }

        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Luma(Vector128<byte> pixels, Vector128<byte> redGreenShuffle, Vector128<byte> blueShuffle)
    {
        var redGreen = Vector128.ShuffleNative(pixels, redGreenShuffle).AsInt32();
        var blue = Vector128.ShuffleNative(pixels, blueShuffle).AsInt32();
        var sums = ((redGreen & Vector128.Create(0xFF)) * RedWeight) + ((redGreen >> 16) * GreenWeight) + (blue * BlueWeight);
        return (sums + Vector128.Create(1 << (Shift - 1))) >> Shift;
    }

    /// <summary>Byte indices that make a word each of two channels of four pixels; -1 stands for 0.</summary>
    private static Vector128<byte> WordShuffle(int channels, int lowChannel, int highChannel)
    {
        Span<byte> indices = stackalloc byte[16];
        indices.Fill(255);
        for (var pixel = 0; pixel < 4; pixel++)
        {
            indices[4 * pixel] = (byte)((pixel * channels) + lowChannel);
            indices[(4 * pixel) + 2] = highChannel < 0 ? byte.MaxValue : (byte)((pixel * channels) + highChannel);
        }

        return Vector128.Create<byte>(indices);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScalarConvert(byte* from, int channels, byte* to, long pixels)
    {
        for (; pixels > 0; pixels--, from += channels)
        {
            *to++ = (byte)(((from[0] * RedWeight) + (from[1] * GreenWeight) + (from[2] * BlueWeight) + (1 << (Shift - 1))) >> Shift);
            if (channels == 4)
            {
                *to++ = from[3];
            }
        }
    }
}
