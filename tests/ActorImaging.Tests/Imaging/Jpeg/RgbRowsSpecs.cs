using ActorImaging.Imaging.Jpeg;
using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Tests.Imaging.Jpeg;

/// <summary>Colours of every luma and chroma, by libjpeg's tables (jdcolor.c).</summary>
public sealed class RgbRowsSpecs
{
    private const byte Guard = 0xA5;

    [Theory]
    [InlineData((int)LaneWidth.Narrow)]
    [InlineData((int)LaneWidth.Wide)]
    public void Should_be_libjpegs_for_all_of_them(int width)
    {
        foreach (var luma in new[] { 0, 1, 60, 127, 128, 200, 254, 255 })
        {
            for (var blue = 0; blue < 256; blue++)
            {
                var (first, second, third) = (new byte[256 + 64], new byte[256 + 64], new byte[256 + 64]);
                for (var red = 0; red < 256; red++)
                {
                    (first[red], second[red], third[red]) = ((byte)luma, (byte)blue, (byte)red);
                }

                var made = Make(first, second, third, isRgb: false, 256, (LaneWidth)width);
                for (var red = 0; red < 256; red++)
                {
                    var (b, r) = (blue - 128, red - 128);
                    Assert.Equal(Clamp(luma + (((91881 * r) + 32768) >> 16)), made[3 * red]);
                    Assert.Equal(Clamp(luma + (((-22554 * b) + 32768 - (46802 * r)) >> 16)), made[(3 * red) + 1]);
                    Assert.Equal(Clamp(luma + (((116130 * b) + 32768) >> 16)), made[(3 * red) + 2]);
                }
            }
        }
    }

    [Theory]
    [InlineData((int)LaneWidth.Narrow)]
    [InlineData((int)LaneWidth.Wide)]
    public void Should_write_nothing_behind_the_row(int width)
    {
        var random = new Random(2);
        byte[][] rows = [new byte[200], new byte[200], new byte[200]];
        Array.ForEach(rows, random.NextBytes);
        for (var pixels = 1; pixels <= 70; pixels++)
        {
            var made = Make(rows[0], rows[1], rows[2], isRgb: true, pixels, (LaneWidth)width);
            Assert.Equal(Enumerable.Range(0, 3 * pixels).Select(at => rows[at % 3][at / 3]), made.Take(3 * pixels));
            Assert.All(made.Skip(3 * pixels), sample => Assert.Equal(Guard, sample));
        }
    }

    private static unsafe byte[] Make(byte[] first, byte[] second, byte[] third, bool isRgb, int pixels, LaneWidth width)
    {
        byte[] made = [.. Enumerable.Repeat(Guard, (3 * pixels) + 100)];
        fixed (byte* one = first, two = second, three = third, to = made)
        {
            RgbRows.Make(one, two, three, isRgb, to, pixels, width);
        }

        return made;
    }

    private static byte Clamp(int value) => (byte)Math.Clamp(value, 0, 255);
}
