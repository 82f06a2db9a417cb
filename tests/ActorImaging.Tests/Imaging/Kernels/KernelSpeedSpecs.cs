using System.Diagnostics;
using ActorImaging.Imaging;
using ActorImaging.Imaging.Jpeg;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Imaging.Png;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Jpeg;
using ActorImaging.Tests.Imaging.Png;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Kernels;

/// <summary>
/// Guards against a kernel that has lost its vectors, or a writer that searches where nothing is to be found: ratios to ImageMagick in the
/// same process, a fraction of those that are measured, so that a busy machine does not fail them.
/// </summary>
[Collection("Native memory")]
public class KernelSpeedSpecs
{
    private const int Rounds = 5;

    private static readonly Dictionary<string, (Func<PixelBuffer, RowSource> Kernel, Action<IMagickImage<byte>> Operation)> Kernels = new(StringComparer.Ordinal)
    {
        ["blur"] = (pixels => GaussianBlur.Of(pixels, 5), image => image.Blur(0, 5)),
        ["sharpen"] = (pixels => Sharpen.Of(pixels, 1), image => image.Sharpen(0, 1)),
        ["resize to a quarter"] = (pixels => Resample.Of(pixels, 100, 75, ResampleTarget.Of(pixels, 100, 75).Filter), image => image.Resize(100, 75)),
        ["resize to four fifths"] = (pixels => Resample.Of(pixels, 320, 240, ResampleTarget.Of(pixels, 320, 240).Filter), image => image.Resize(320, 240)),
        ["grayscale"] = (pixels => new Grayscale(pixels), image => image.Grayscale()),
        ["rotate"] = (pixels => RightAngleRotation.Of(pixels, 90), image => image.Rotate(90)),
        ["tint"] = (pixels => new Tint(pixels, (255, 100, 50), (100, 100, 100)), image => image.Tint(new MagickGeometry(new Percentage(100), new Percentage(100)), MagickColors.Coral)),
    };

    [Theory]
    [InlineData("blur", 15)]
    [InlineData("sharpen", 15)]
    [InlineData("resize to a quarter", 3)]
    [InlineData("resize to four fifths", 3)]
    [InlineData("grayscale", 8)]
    [InlineData("rotate", 2)]
    [InlineData("tint", 8)]
    public void Should_be_faster_than_ImageMagick(string operation, double times)
    {
        using var source = new Picture(400, 300, 3, Pattern.Noise, Pattern.Flat, 1).ToPixelBuffer();
        using var image = MagickOracle.Open(source);
        var (kernel, magick) = Kernels[operation];
        RequireRatio(
            times,
            () => Comparison.Run(source, kernel).Dispose(),
            () =>
            {
                using var clone = image.Clone();
                magick(clone);
            });
    }

    [Theory]
    [InlineData("noise", 15)]
    [InlineData("photograph", 20)]
    [InlineData("text", 1)]
    public void Should_write_PNG_faster_than_ImageMagick(string kind, double times)
    {
        using var source = PngPictures.Draw(kind, 400, 300, 3);
        using var image = MagickOracle.Open(source);
        RequireRatio(
            times,
            () => PngWriter.Write(PngRows.From(source), ImageMetadata.None, PngPreset.Fast, Stream.Null),
            () => image.Write(Stream.Null, MagickFormat.Png));
    }

    [Fact]
    public void Should_write_JPEG_faster_than_ImageMagick()
    {
        using var source = PngPictures.Draw("photograph", 400, 300, 3);
        using var image = MagickOracle.Open(source);
        image.Quality = 80;
        image.Settings.SetDefine("jpeg:sampling-factor", "4:2:0");
        RequireRatio(
            1.5,
            () =>
            {
                using var rows = new Crop(source, 0, 0, source.WidthPixels, source.HeightPixels);
                using var bands = PixelBands.Colour(rows, ChromaSubsampling.Quarter, 80);
                JpegWriter.Write(bands, ImageMetadata.None, Stream.Null);
            },
            () => image.Write(Stream.Null, MagickFormat.Jpeg));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1.2)]
    [InlineData(8, 1.2)]
    public void Should_read_JPEG_faster_than_ImageMagick(int shrinkBy, double times)
    {
        var file = JpegPictures.Encode(1600, 1200, "2x2", 85);
        var settings = new MagickReadSettings { Format = MagickFormat.Jpeg };
        settings.SetDefine("jpeg:size", FormattableString.Invariant($"{1600 / shrinkBy}x{1200 / shrinkBy}"));
        RequireRatio(
            times,
            () => JpegPictures.ByReader(file, shrinkBy),
            () =>
            {
                using var image = new MagickImage(file, settings);
                using var pixels = image.GetPixelsUnsafe();
                pixels.ToByteArray("RGB");
            });
    }

    /// <summary>Takes turns, so that what slows the machine slows both, and the least of each.</summary>
    private static void RequireRatio(double times, Action ours, Action magick)
    {
        var (least, leastOfMagick) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            least = TimeSpan.FromTicks(Math.Min(least.Ticks, Time(ours).Ticks));
            leastOfMagick = TimeSpan.FromTicks(Math.Min(leastOfMagick.Ticks, Time(magick).Ticks));
        }

        Assert.True(leastOfMagick > times * least, $"{leastOfMagick / least:F1} times: ImageMagick {leastOfMagick.TotalMilliseconds} ms, ours {least.TotalMilliseconds} ms");
    }

    private static TimeSpan Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }
}
