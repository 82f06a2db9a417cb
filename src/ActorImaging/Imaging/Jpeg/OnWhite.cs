using System.Runtime.CompilerServices;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Lays pixels on white, where they let something through.</summary>
internal static unsafe class OnWhite
{
    private const int Opaque = byte.MaxValue;

    /// <summary>Lays pixels on white in their own place, and leaves their alpha away.</summary>
    /// <param name="pixels">The pixels, packed.</param>
    /// <param name="channels">1 to 4; alpha is the last of 2 or 4.</param>
    /// <param name="count">Pixels.</param>
    /// <returns>The channels that they have then, packed: 1 or 3.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Lay(byte* pixels, int channels, int count)
    {
        if (!Kernels.AlphaChannel.IsIn(channels))
        {
            return channels;
        }

        var to = pixels;
        for (var x = 0; x < count; x++, pixels += channels)
        {
            int alpha = pixels[channels - 1];
            for (var channel = 0; channel < channels - 1; channel++)
            {
                var sum = (pixels[channel] * alpha) + (Opaque * (Opaque - alpha));
                *to++ = (byte)((sum + (Opaque / 2)) / Opaque);
            }
        }

        return channels - 1;
    }
}
