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

    /// <summary>Spreads four rows of one channel as if they were the channels of one row.</summary>
    /// <param name="row0">Samples, after which <see cref="NativePixelPool.SlackBytes"/> are readable, as after those of the others.</param>
    /// <param name="row1">The second channel.</param>
    /// <param name="row2">The third.</param>
    /// <param name="row3">The fourth.</param>
    /// <param name="pixels">How many samples each has.</param>
    /// <param name="pairs">Where they go, <see cref="RowBytes"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Join(byte* row0, byte* row1, byte* row2, byte* row3, int pixels, short* pairs)
    {
        for (var x = 0; x < pixels; x += VectorPixels, pairs += VectorPixels / 2 * Words)
        {
            var samples = Vector128.Create(*(uint*)(row0 + x), *(uint*)(row1 + x), *(uint*)(row2 + x), *(uint*)(row3 + x));
            Vector128<uint> even = Vector128.Create(0xFFu), odd = Vector128.Create(0xFF0000u);
            ((samples & even) | ((samples << 8) & odd)).AsInt16().Store(pairs);
            (((samples >>> 16) & even) | ((samples >>> 8) & odd)).AsInt16().Store(pairs + Words);
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
