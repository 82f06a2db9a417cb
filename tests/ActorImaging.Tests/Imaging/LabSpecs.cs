using ActorImaging.Imaging;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Matrix;
using ImageMagick;

namespace ActorImaging.Tests.Imaging;

/// <summary>Strong colours as Lab: by the white that a file says, and by that of profiles where it says none, as Photoshop writes them.</summary>
public sealed class LabSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, 82, 79, -108, 0, 0, 255)]
    [InlineData(true, 136, 80, 67, 255, 0, 0)]
    [InlineData(true, 224, -86, 83, 0, 255, 0)]
    [InlineData(false, 75, 68, -112, 0, 0, 255)]
    [InlineData(false, 138, 81, 70, 255, 0, 0)]
    [InlineData(false, 224, -79, 81, 0, 255, 0)]
    [InlineData(false, 255, 0, 0, 255, 255, 255)]
    [InlineData(false, 0, 0, 0, 0, 0, 0)]
    public void Should_be_the_colours_that_are_meant(bool hasWhite, int lightness, int a, int b, int red, int green, int blue)
    {
        var path = Write((byte)lightness, (byte)a, (byte)b, hasWhite);
        foreach (var engine in new[] { "accelerated", "magick" })
        {
            var outcome = new ImageTaskPipeline(TestEngine.Named(engine), new SourceLeases(), new ImageLimits())
                .Process(new ImageTask(new TaskId(1), path, [], _folder.File("out.png")));

            Assert.Empty(outcome.Warnings);
            using var output = new MagickImage(_folder.File("out.png"));
            var found = output.GetPixels().GetPixel(3, 3).ToColor()!;
            Assert.InRange(Math.Abs(red - found.R) + Math.Abs(green - found.G) + Math.Abs(blue - found.B), 0, 16); // one of 256 steps of a or b is so much in the dark
        }
    }

    private string Write(byte lightness, byte a, byte b, bool hasWhite)
    {
        var path = _folder.File("lab.tif");
        using var image = new MagickImage(new MagickColor(lightness, a, b), 8, 8);
        image.Settings.Compression = CompressionMethod.NoCompression;
        image.Settings.SetDefine("tiff:endian", "lsb");
        image.Settings.ColorType = ColorType.TrueColor;
        image.Depth = 8;
        image.Write(path, MagickFormat.Tiff);
        LabSample.Name(path);
        if (!hasWhite)
        {
            var tiff = File.ReadAllBytes(path);
            tiff[tiff.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x3E, 0x01, 0x05, 0x00, 0x02]) + 2] = 7; // no fractions any more
            File.WriteAllBytes(path, tiff);
        }

        return path;
    }
}
