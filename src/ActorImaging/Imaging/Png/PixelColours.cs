using System.Runtime.CompilerServices;

namespace ActorImaging.Imaging.Png;

/// <summary>Reads interleaved 8-bit pixels as colours, 0xAARRGGBB.</summary>
internal static class PixelColours
{
    /// <summary>The colour of the pixel at <paramref name="at"/>.</summary>
    /// <param name="row">Interleaved bytes.</param>
    /// <param name="at">Index of the first byte of the pixel.</param>
    /// <param name="channels">1 gray, 2 gray and alpha, 3 red-green-blue, 4 red-green-blue-alpha.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ColourAt(ReadOnlySpan<byte> row, int at, int channels) => channels switch
    {
        1 => 0xFF000000u | (row[at] * 0x010101u),
        2 => ((uint)row[at + 1] << 24) | (row[at] * 0x010101u),
        3 => 0xFF000000u | ((uint)row[at] << 16) | ((uint)row[at + 1] << 8) | row[at + 2],
        _ => ((uint)row[at + 3] << 24) | ((uint)row[at] << 16) | ((uint)row[at + 1] << 8) | row[at + 2],
    };

    /// <summary>Bytes of the pixels from <paramref name="at"/> on that equal the pixel at <paramref name="at"/>, itself included.</summary>
    public static int RunBytes(ReadOnlySpan<byte> row, int at, int channels)
    {
        var equal = row[at..^channels].CommonPrefixLength(row[(at + channels)..]);
        return equal - (equal % channels) + channels;
    }
}
