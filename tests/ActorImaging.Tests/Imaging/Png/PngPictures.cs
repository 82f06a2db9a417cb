using ActorImaging.Imaging;

namespace ActorImaging.Tests.Imaging.Png;

/// <summary>Pictures of the kinds that a PNG writer must tell apart, equal at every run.</summary>
internal static class PngPictures
{
    public static IReadOnlyList<string> Kinds { get; } =
        ["noise", "photograph", "gradient", "flat", "text", "palette", "opaque gray", "black"];

    /// <summary>A picture of a kind; channels 2 and 4 have alpha that changes, but for "opaque gray".</summary>
    public static PixelBuffer Draw(string kind, int width, int height, int channels)
    {
        var random = new Random(kind.Length);
        var buffer = PixelBuffer.Allocate(width, height, channels);
        for (var y = 0; y < height; y++)
        {
            var row = buffer.Row(y);
            for (var at = 0; at < row.Length; at++)
            {
                row[at] = Sample(kind, at / channels, y, at % channels, IsAlpha(at % channels, channels), random);
            }
        }
        return buffer;
    }

    /// <summary>A picture of given bytes.</summary>
    public static PixelBuffer Of(int width, int height, int channels, ReadOnlySpan<byte> pixels)
    {
        var buffer = PixelBuffer.Allocate(width, height, channels);
        for (var y = 0; y < height; y++)
        {
            pixels.Slice(y * buffer.StrideBytes, buffer.StrideBytes).CopyTo(buffer.Row(y));
        }
        return buffer;
    }

    /// <summary>The pixels as a reader of any channel count sees them: red, green, blue, alpha.</summary>
    public static byte[] Rgba(PixelBuffer buffer)
    {
        var rgba = new byte[buffer.WidthPixels * buffer.HeightPixels * 4];
        var channels = buffer.Channels;
        var to = 0;
        for (var y = 0; y < buffer.HeightPixels; y++)
        {
            var row = buffer.Row(y);
            for (var at = 0; at < row.Length; at += channels, to += 4)
            {
                rgba[to] = row[at];
                rgba[to + 1] = row[at + (channels >= 3 ? 1 : 0)];
                rgba[to + 2] = row[at + (channels >= 3 ? 2 : 0)];
                rgba[to + 3] = channels is 2 or 4 ? row[at + channels - 1] : (byte)255;
            }
        }
        return rgba;
    }

    private static bool IsAlpha(int channel, int channels) => channels is 2 or 4 && channel == channels - 1;

    private static byte Sample(string kind, int x, int y, int channel, bool isAlpha, Random random) => kind switch
    {
        "noise" => (byte)random.Next(256),
        "photograph" => (byte)(128 + (70 * Math.Sin((x / 97.0) + channel)) + (40 * Math.Cos(y / 61.0)) + random.Next(-4, 5)),
        "gradient" => (byte)((x * (channel + 1)) + (y * 2)),
        "flat" => (byte)(((x / 23 * 7) + (y / 17 * 13)) % 5 * (40 + channel)),
        "text" => IsInk(x, y) ? (byte)(isAlpha ? 255 : 30 * channel) : (byte)(isAlpha ? 200 : 255),
        "palette" => (byte)(((x * x) + (y * y * 3)) / 50 % 13 * (9 + channel)),
        "opaque gray" => isAlpha ? (byte)255 : (byte)((x * 5) ^ (y * 3)),
        _ => 0,
    };

    private static bool IsInk(int x, int y) => y % 20 < 12 && (((x / 2 * 2654435761L) + (y % 20 * 40503L) + (x / 9 * 7919L)) >> 7) % 3 == 0;
}
