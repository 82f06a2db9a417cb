using ImageMagick;

namespace ActorImaging.Tests.Imaging.Matrix;

/// <summary>
/// A TIFF of CIELab by the definition (TIFF 6.0, section 23; CIE 15:2018, 8.2.1), relative to daylight, which its WhitePoint says: ImageMagick's own are off by up
/// to two.
/// </summary>
internal static class LabSample
{
    private const double WhiteX = 0.95047, WhiteZ = 1.08883;

    /// <summary>Puts the numbers of Lab where those of sRGB are.</summary>
    public static void PutInto(MagickImage image)
    {
        image.Settings.Compression = CompressionMethod.NoCompression;
        using var pixels = image.GetPixels();
        foreach (var pixel in pixels)
        {
            var (lightness, a, b) = LabOf(pixel.GetChannel(0), pixel.GetChannel(1), pixel.GetChannel(2));
            pixel.SetValues([(byte)Math.Round(lightness * 2.55), (byte)(sbyte)Math.Round(a), (byte)(sbyte)Math.Round(b)]);
        }
    }

    /// <summary>Has a TIFF say that its numbers are of Lab.</summary>
    public static void Name(string path)
    {
        var tiff = File.ReadAllBytes(path);
        var photometric = tiff.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x06, 0x01, 0x03, 0x00, 0x01, 0x00, 0x00, 0x00, 0x02]); // 262, of 16 bits, one of them: RGB
        tiff[photometric + 8] = 8; // fails where it is not found
        File.WriteAllBytes(path, tiff);
    }

    private static (double Lightness, double A, double B) LabOf(byte red, byte green, byte blue)
    {
        var (r, g, b) = (Linear(red), Linear(green), Linear(blue));
        var x = Bent(((0.4124564 * r) + (0.3575761 * g) + (0.1804375 * b)) / WhiteX);
        var y = Bent((0.2126729 * r) + (0.7151522 * g) + (0.0721750 * b));
        var z = Bent(((0.0193339 * r) + (0.1191920 * g) + (0.9503041 * b)) / WhiteZ);
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static double Linear(byte value) => value / 255.0 is var part && part > 0.04045 ? Math.Pow((part + 0.055) / 1.055, 2.4) : part / 12.92;

    private static double Bent(double value) => value > 216.0 / 24389 ? Math.Cbrt(value) : ((24389.0 / 27 * value) + 16) / 116;
}
