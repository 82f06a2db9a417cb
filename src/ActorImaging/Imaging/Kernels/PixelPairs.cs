using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// A row spread to words, two neighbouring pixels to 16 bytes with their first channels side by side, then their second ones and so on: as the
/// multiply-add of pairs wants them. Channels that a pixel lacks are zero.
/// </summary>
internal static unsafe class PixelPairs
{
    /// <summary>Words of a pair.</summary>
    internal const int Words = 8;

    private const int VectorPixels = 4;

    /// <summary>Memory for a row of so many pixels, and for what a vector reads beyond its end.</summary>
    internal static long RowBytes(int pixels) => ((pixels + 1L) / 2 * Words * sizeof(short)) + 64;

    /// <summary>Spreads a row.</summary>
    /// <param name="row">Pixels, after which <see cref="NativePixelPool.SlackBytes"/> are readable.</param>
    /// <param name="channels">Bytes a pixel, 1 to 4.</param>
    /// <param name="pixels">How many.</param>
    /// <param name="pairs">Where they go, <see cref="RowBytes"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Spread(byte* row, int channels, int pixels, short* pairs)
    {
        Vector128<byte> first = Shuffle(channels, 0), second = Shuffle(channels, 2);
        for (var x = 0; x < pixels; x += VectorPixels, row += VectorPixels * channels, pairs += VectorPixels / 2 * Words)
        {
            var bytes = Vector128.Load(row);
            Vector128.ShuffleNative(bytes, first).AsInt16().Store(pairs);
            Vector128.ShuffleNative(bytes, second).AsInt16().Store(pairs + Words);
        }
    }

    /// <summary>Byte indices that put two pixels of 16 loaded bytes side by side as words; 255 yields 0.</summary>
    private static Vector128<byte> Shuffle(int channels, int firstPixel)
    {
        Span<byte> indices = stackalloc byte[Vector128<byte>.Count];
        indices.Fill(byte.MaxValue);
        for (var channel = 0; channel < channels; channel++)
        {
            indices[4 * channel] = (byte)((firstPixel * channels) + channel);
            indices[(4 * channel) + 2] = (byte)(((firstPixel + 1) * channels) + channel);
        }

        return Vector128.Create<byte>(indices);
    }
}
