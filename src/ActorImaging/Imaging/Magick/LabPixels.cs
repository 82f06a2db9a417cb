using ActorImaging.Imaging.Metadata;
using ImageMagick;

namespace ActorImaging.Imaging.Magick;

/// <summary>
/// Makes sRGB of CIELab (CIE 15:2018, 8.2.1; white by the linear Bradford transform, ICC.1:2022, annex E; IEC 61966-2-1): ImageMagick takes every Lab for one of
/// daylight, and bends what is strongly coloured.
/// </summary>
internal sealed unsafe class LabPixels
{
    private const int CurveSteps = 4096;

    private static readonly double[] XyzToSrgb = [3.2404542, -1.5371385, -0.4985314, -0.9692660, 1.8760108, 0.0415560, 0.0556434, -0.2040259, 1.0572252];
    private static readonly double[] Bradford = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296];
    private static readonly double[] BradfordInverse = [0.9869929, -0.1470543, 0.1599627, 0.4323053, 0.5183603, 0.0492912, -0.0085287, 0.0400428, 0.9684867];
    private static readonly byte[] Curve = [.. Enumerable.Range(0, CurveSteps + 1).Select(step => (byte)Math.Round(255 * Companded((double)step / CurveSteps)))];

    private readonly double[] _toLinear;

    /// <summary>Prepares for Lab of a white.</summary>
    public LabPixels(WhitePoint white)
    {
        var (from, to) = (Cones(white), Cones(WhitePoint.D65));
        double[] scaled = [.. Bradford.Select((value, at) => value * to[at / 3] / from[at / 3])];
        var (x, y, z) = white.Xyz;
        double[] whites = [x, y, z];
        _toLinear = [.. Multiply(XyzToSrgb, Multiply(BradfordInverse, scaled)).Select((value, at) => value * whites[at % 3])];
    }

    /// <summary>The pixels of an image of Lab, as sRGB.</summary>
    /// <param name="image">The image, which keeps its pixels.</param>
    public PixelBuffer ToSrgb(MagickImage image)
    {
        using var source = image.GetPixelsUnsafe();
        var (channels, hasAlpha) = ((int)image.ChannelCount, image.HasAlpha);
        var result = PixelBuffer.Allocate((int)image.Width, (int)image.Height, hasAlpha ? 4 : 3);
        for (var y = 0; y < result.HeightPixels; y++)
        {
            var row = new ReadOnlySpan<byte>((void*)source.GetAreaPointer(0, y, image.Width, 1), channels * result.WidthPixels);
            var target = result.Row(y);
            for (var x = 0; x < result.WidthPixels; x++)
            {
                var pixel = row.Slice(x * channels, channels);
                var made = target.Slice(x * result.Channels, result.Channels);
                Convert(pixel, made);
                if (hasAlpha)
                {
                    made[3] = pixel[^1];
                }
            }
        }

        return result;
    }

    private void Convert(ReadOnlySpan<byte> lab, Span<byte> srgb)
    {
        var middle = ((lab[0] / 2.55) + 16) / 116;
        var (x, y, z) = (Uncompressed(middle + (Signed(lab[1]) / 500.0)), Uncompressed(middle), Uncompressed(middle - (Signed(lab[2]) / 200.0)));
        for (var channel = 0; channel < 3; channel++)
        {
            var linear = (_toLinear[3 * channel] * x) + (_toLinear[(3 * channel) + 1] * y) + (_toLinear[(3 * channel) + 2] * z);
            srgb[channel] = Curve[(int)Math.Round(CurveSteps * Math.Clamp(linear, 0, 1))];
        }
    }

    /// <summary>ImageMagick adds half of its range to what is signed, and cuts.</summary>
    private static int Signed(byte value) => value >= 127 ? value - 127 : value - 128;

    private static double Uncompressed(double value) => value > 6.0 / 29 ? value * value * value : 3 * (6.0 / 29) * (6.0 / 29) * (value - (4.0 / 29));

    private static double Companded(double linear) => linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;

    private static double[] Cones(WhitePoint white)
    {
        var (x, y, z) = white.Xyz;
        return [.. Enumerable.Range(0, 3).Select(row => (Bradford[3 * row] * x) + (Bradford[(3 * row) + 1] * y) + (Bradford[(3 * row) + 2] * z))];
    }

    private static double[] Multiply(double[] left, double[] right) =>
        [.. Enumerable.Range(0, 9).Select(at => Enumerable.Range(0, 3).Sum(step => left[(at / 3 * 3) + step] * right[(3 * step) + (at % 3)]))];
}
