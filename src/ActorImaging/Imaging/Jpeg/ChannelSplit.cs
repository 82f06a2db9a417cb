using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Lays the channels of packed pixels apart.</summary>
internal static unsafe class ChannelSplit
{
    private const int Channels = 3;
    private const int Pixels = 16;

    /// <summary>For each channel and each of three vectors of packed pixels, where in it the channel's samples are.</summary>
    private static readonly Vector128<byte>[] Shuffles = MakeShuffles();

    /// <summary>Splits a row of red-green-blue.</summary>
    /// <param name="packed">The pixels.</param>
    /// <param name="red">Receives a channel, as the others with room up to a multiple of 16.</param>
    /// <param name="green">Receives the next.</param>
    /// <param name="blue">Receives the last.</param>
    /// <param name="count">Pixels.</param>
    /// <param name="width">How many at once; all vectors are as wide as the narrowest.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(byte* packed, byte* red, byte* green, byte* blue, int count, LaneWidth width)
    {
        var x = 0;
        if (width != LaneWidth.Scalar)
        {
            var shuffles = Shuffles;
            for (; x <= count - Pixels; x += Pixels, packed += Channels * Pixels)
            {
                Vector128<byte> first = Vector128.Load(packed), second = Vector128.Load(packed + 16), third = Vector128.Load(packed + 32);
                Gather(first, second, third, shuffles[0], shuffles[1], shuffles[2]).Store(red + x);
                Gather(first, second, third, shuffles[3], shuffles[4], shuffles[5]).Store(green + x);
                Gather(first, second, third, shuffles[6], shuffles[7], shuffles[8]).Store(blue + x);
            }
        }

        for (; x < count; x++, packed += Channels)
        {
            (red[x], green[x], blue[x]) = (packed[0], packed[1], packed[2]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Gather(
        Vector128<byte> first, Vector128<byte> second, Vector128<byte> third, Vector128<byte> ofFirst, Vector128<byte> ofSecond, Vector128<byte> ofThird) =>
        Vector128.ShuffleNative(first, ofFirst) | Vector128.ShuffleNative(second, ofSecond) | Vector128.ShuffleNative(third, ofThird);

    private static Vector128<byte>[] MakeShuffles()
    {
        var made = new Vector128<byte>[Channels * Channels];
        Span<byte> places = stackalloc byte[Pixels];
        for (var channel = 0; channel < Channels; channel++)
        {
            for (var vector = 0; vector < Channels; vector++)
            {
                for (var pixel = 0; pixel < Pixels; pixel++)
                {
                    var place = (Channels * pixel) + channel - (Pixels * vector);
                    places[pixel] = place is >= 0 and < Pixels ? (byte)place : byte.MaxValue; // stands for 0
                }

                made[(Channels * channel) + vector] = Vector128.Create<byte>(places);
            }
        }

        return made;
    }
}
