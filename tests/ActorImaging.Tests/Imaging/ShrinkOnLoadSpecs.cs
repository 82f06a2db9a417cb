using ActorImaging.Imaging;
using ActorImaging.Tasks;
using CsCheck;
using ImageMagick;

namespace ActorImaging.Tests.Imaging;

/// <summary>JPEGs that are decoded at a fraction of their size: the same sizes as from the whole image, and nearly the same picture.</summary>
public sealed class ShrinkOnLoadSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ImageEngine _accelerated = TestEngine.Accelerated();
    private readonly ImageEngine _magick = TestEngine.Magick();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Should_decode_no_more_than_the_fraction(int shrinkBy)
    {
        var path = WriteJpeg(803, 605);
        var settings = new SourceSettings { ShrinkBy = shrinkBy };
        using var image = (EngineImage)_accelerated.Decode(path, settings);

        Assert.True(TestEngine.HeaderOf(path, settings).CanShrink);
        Assert.Equal(new PixelSize(803, 605), Assert.Single(image.Sizes));
        Assert.Equal(new PixelSize((803 + shrinkBy - 1) / shrinkBy, (605 + shrinkBy - 1) / shrinkBy), image.DecodedSize);
    }

    [Fact]
    public void Should_shrink_nothing_but_jpeg() => Assert.All(PictureKinds.All.Keys, kind =>
        Assert.Equal(kind.EndsWith("jpeg", StringComparison.Ordinal), TestEngine.HeaderOf(PictureKinds.Write(kind, _folder.Path)).CanShrink));

    [Fact]
    public void Should_make_the_sizes_that_the_whole_image_makes() => Gen.Select(
        Gen.Int[200, 700],
        Gen.Int[200, 700],
        Gen.OneOf(
            Gen.Int[5, 45].Select(width => $"resize:{width}x"),
            Gen.Int[5, 45].Select(height => $"resize:x{height}"),
            Gen.Int[2, 12].Select(percent => $"resize:{percent}%"),
            Gen.Select(Gen.Int[5, 45], Gen.Int[5, 45], Gen.OneOf("", "@cover", "@contain", "@inside", "@inside@no-upscale"), (width, height, fit) => $"resize:{width}x{height}{fit}")),
        Gen.Int[1, 8]).Sample(
        (width, height, resize, orientation) =>
        {
            var path = WriteJpeg(width, height, orientation);
            var operations = $"auto-orient+{resize}";
            var shrinkBy = SourceShrink.For(TestEngine.HeaderOf(path), [OperationParser.ParseList(operations)]);
            Assert.True(shrinkBy > 1);

            var whole = SizeOf(Process(_accelerated, path, operations, shrinkBy: 1));
            Assert.Equal(whole, SizeOf(Process(_accelerated, path, operations, shrinkBy)));
            Assert.Equal(whole, SizeOf(Process(_magick, path, operations, shrinkBy)));
        },
        iter: 60,
        threads: 1); // the samples share a folder

    [Theory]
    [InlineData("resize:100x", 4)]
    [InlineData("resize:80x60@cover+sharpen", 4)]
    [InlineData("auto-orient+resize:50%+grayscale", 2)]
    public void Should_differ_little_from_the_whole_image_and_not_between_engines(string operations, int shrinkBy)
    {
        var path = WriteJpeg(800, 600);

        var (accelerated, magick, whole) =
            (Process(_accelerated, path, operations, shrinkBy), Process(_magick, path, operations, shrinkBy), Process(_accelerated, path, operations, 1));

        using var output = Open(accelerated);
        using var oracle = Open(magick);
        using var reference = Open(whole);
        Assert.InRange(output.Compare(oracle, ErrorMetric.PeakAbsolute), 0, 2.01 / 255); // one level a step
        Assert.InRange(output.Compare(reference, ErrorMetric.RootMeanSquared), 0, 3.0 / 255);
    }

    /// <summary>
    /// The outermost column and row are black and all else is white: where the fraction does not divide a side, the sample that has them in it stands for
    /// a few pixels only, and must not count for eight. (What is within that sample, the encoder has filled up with the last pixel: of three that are white,
    /// white and black, the decoder makes a quarter and not two thirds of white. Nobody can tell afterwards; libvips drops the edge.)
    /// </summary>
    [Theory]
    [InlineData(801, 601, 24)]
    [InlineData(803, 605, 80)]
    [InlineData(806, 607, 80)]
    [InlineData(808, 600, 24)]
    public void Should_count_the_outermost_samples_for_what_they_cover(int width, int height, int levels)
    {
        for (var orientation = 1; orientation <= 8; orientation++)
        {
            var path = WriteFramed(width, height, orientation);
            foreach (var engine in new[] { _accelerated, _magick })
            {
                using var whole = Open(Process(engine, path, "auto-orient+resize:100x", shrinkBy: 1));
                foreach (var shrinkBy in new[] { 2, 4, 8 })
                {
                    using var shrunk = Open(Process(engine, path, "auto-orient+resize:100x", shrinkBy));
                    Assert.InRange(shrunk.Compare(whole, ErrorMetric.PeakAbsolute), 0, levels / 255.0);
                }
            }
        }
    }

    [Theory]
    [InlineData("blur:2")]
    [InlineData("crop:500x500")]
    [InlineData("rotate:90")]
    public void Should_survive_operations_that_do_not_begin_with_a_resize(string operation)
    {
        var path = WriteJpeg(803, 605);

        Assert.True(SizeOf(Process(_accelerated, path, operation, shrinkBy: 4)).Width > 0);
        Assert.True(SizeOf(Process(_magick, path, operation, shrinkBy: 4)).Width > 0);
    }

    private static MagickImage Open(string path)
    {
        using var file = File.OpenRead(path);
        return new MagickImage(file);
    }

    private static (int Width, int Height) SizeOf(string path)
    {
        using var image = Open(path);
        return ((int)image.Width, (int)image.Height);
    }

    private string WriteJpeg(int width, int height, int orientation = 1)
    {
        var path = _folder.File($"{width}x{height}-{orientation}.jpg");
        using var image = new MagickImage(MagickColors.Black, (uint)width, (uint)height);
        using (var pixels = image.GetPixels())
        {
            for (var y = 0; y < height; y++)
            {
                var row = new byte[width * 3];
                for (var x = 0; x < row.Length; x++)
                {
                    row[x] = (byte)(128 + (60 * Math.Sin(x / 40.0)) + (50 * Math.Cos(((x % 3) + y) / 17.0)));
                }

                pixels.SetArea(0, y, (uint)width, 1, row);
            }
        }

        return WriteOriented(image, path, orientation);
    }

    private string WriteFramed(int width, int height, int orientation)
    {
        var path = _folder.File($"framed-{width}x{height}-{orientation}.jpg");
        using var image = new MagickImage(MagickColors.White, (uint)width, (uint)height);
        using var column = new MagickImage(MagickColors.Black, 1, (uint)height);
        using var row = new MagickImage(MagickColors.Black, (uint)width, 1);
        image.Composite(column, width - 1, 0, CompositeOperator.Copy);
        image.Composite(row, 0, height - 1, CompositeOperator.Copy);
        return WriteOriented(image, path, orientation);
    }

    private static string WriteOriented(MagickImage image, string path, int orientation)
    {
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Orientation, (ushort)orientation);
        image.SetProfile(exif);
        image.Orientation = (Orientation)orientation; // which it writes over what EXIF says
        image.Quality = 95;
        image.Write(path, MagickFormat.Jpeg);
        Assert.Equal((ImageOrientation)orientation, TestEngine.HeaderOf(path).Orientation);
        return path;
    }

    private string Process(IImageEngine engine, string source, string operations, int shrinkBy)
    {
        var output = _folder.File($"{Guid.NewGuid():N}.png");
        new ImageTaskPipeline(engine, new SourceLeases(), new ImageLimits()).Process(
            new ImageTask(new TaskId(1), source, OperationParser.ParseList(operations), output) { Source = new SourceSettings { ShrinkBy = shrinkBy } });
        return output;
    }
}
