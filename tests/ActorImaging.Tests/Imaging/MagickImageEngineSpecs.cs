using System.Collections.Immutable;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Containers;
using CsCheck;
using ImageMagick;

namespace ActorImaging.Tests.Imaging;

/// <summary>Operations by their laws, through the whole pipeline from file to file.</summary>
public sealed class MagickImageEngineSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ImageTaskPipeline _pipeline = new(
        TestEngine.Magick(), new SourceLeases(), new ImageLimits());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_resize_to_exactly_the_size_asked_for() => Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40]).Sample((width, height) =>
    {
        var (resultWidth, resultHeight, _) = Process(Varied(17, 23), new ResizeOperation(width, height));
        return resultWidth == width && resultHeight == height;
    }, iter: 20, threads: 1); // the samples share a folder

    [Theory]
    [InlineData("blur:3")]
    [InlineData("sharpen")]
    [InlineData("resize:31x7")]
    [InlineData("rotate:90")]
    public void Should_leave_a_solid_colour_as_it_is(string operation)
    {
        var source = TestImage.WriteRgb(_folder.Path, "solid.png", 20, 30, (_, _) => (200, 30, 117));

        var (_, _, rgb) = Process(source, OperationParser.Parse(operation));

        Assert.All(rgb.Chunk(3), pixel => Assert.Equal([200, 30, 117], pixel));
    }

    [Fact]
    public void Should_make_all_channels_of_a_grayscale_equal_the_luma()
    {
        var source = Varied(32, 16);
        var before = TestImage.Read(source).Rgb;

        var after = Process(source, new GrayscaleOperation()).Rgb;

        foreach (var (pixel, original) in after.Chunk(3).Zip(before.Chunk(3)))
        {
            var luma = (0.212656 * original[0]) + (0.715158 * original[1]) + (0.072186 * original[2]);
            Assert.All(pixel, channel => Assert.InRange(channel, luma - 1, luma + 1));
        }
    }

    [Fact]
    public void Should_be_back_after_four_quarter_turns()
    {
        var source = Varied(21, 13);
        var quarter = new RotateOperation(90);

        Assert.Equal(TestImage.Read(source).Rgb, Process(source, quarter, quarter, quarter, quarter).Rgb);
        Assert.Equal((13, 21), (Process(source, quarter).Width, Process(source, quarter).Height));
    }

    [Fact]
    public void Should_turn_clockwise()
    {
        var source = TestImage.WriteRgb(_folder.Path, "corner.png", 4, 2, (x, y) => (x, y) == (0, 0) ? ((byte)255, (byte)0, (byte)0) : ((byte)0, (byte)0, (byte)0));

        var (width, _, rgb) = Process(source, new RotateOperation(90));

        Assert.Equal(255, rgb[(width - 1) * 3]); // the top left corner is the top right one now
    }

    [Fact]
    public void Should_keep_black_and_white_and_colour_the_rest_when_tinting()
    {
        var source = TestImage.WriteRgb(_folder.Path, "grays.png", 3, 1, (x, _) => ((byte)(x * 127.5), (byte)(x * 127.5), (byte)(x * 127.5)));

        var rgb = Process(source, new TintOperation(new RgbColor(255, 100, 50))).Rgb;

        Assert.Equal([0, 0, 0], rgb[..3]);
        Assert.Equal([255, 255, 255], rgb[6..]);
        Assert.True(rgb[3] > rgb[4] && rgb[4] > rgb[5]);
    }

    [Fact]
    public void Should_blur_symmetrically_and_keep_the_mean()
    {
        var source = TestImage.WriteRgb(_folder.Path, "dot.png", 41, 41, (x, y) => (x, y) == (20, 20) ? ((byte)255, (byte)255, (byte)255) : ((byte)0, (byte)0, (byte)0));

        var rgb = Process(source, new BlurOperation(1)).Rgb;

        var center = ((20 * 41) + 20) * 3;
        Assert.InRange(rgb[center], 38, 42); // 255 / (2 pi sigma^2) is 40.6
        Assert.Equal(rgb[center - 3], rgb[center + 3]);
        Assert.Equal(rgb[center - (41 * 3)], rgb[center + (41 * 3)]);
        Assert.InRange(rgb.Where((_, at) => at % 3 == 0).Sum(value => value), 225, 275);
    }

    [Fact]
    public void Should_sharpen_edges()
    {
        var source = TestImage.WriteRgb(_folder.Path, "edge.png", 20, 20, (x, _) => x < 10 ? ((byte)100, (byte)100, (byte)100) : ((byte)150, (byte)150, (byte)150));

        var row = Process(source, new SharpenOperation()).Rgb.Take(20 * 3).Where((_, at) => at % 3 == 0).ToArray();

        Assert.True(row[9] < 100 && row[10] > 150);
        Assert.Equal((100, 150), (row[0], row[19]));
    }

    [Theory]
    [InlineData(".png", MagickFormat.Png)]
    [InlineData(".JPG", MagickFormat.Jpeg)]
    [InlineData(".webp", MagickFormat.WebP)]
    [InlineData(".gif", MagickFormat.Gif)]
    [InlineData(".tiff", MagickFormat.Tiff)]
    [InlineData(".bmp", MagickFormat.Bmp)]
    public void Should_write_the_format_of_the_extension(string extension, MagickFormat format)
    {
        var output = _folder.File($"out{extension}");

        _pipeline.Process(new ImageTask(new TaskId(1), Varied(8, 8), [], output));

        using var written = File.OpenRead(output);
        using var image = new MagickImage(written); // from a stream, so that the content decides
        Assert.StartsWith(format.ToString(), image.Format.ToString(), StringComparison.Ordinal); // Bmp reads as Bmp3
    }

    /// <summary>A colour of 16 bits that is transparent: of every gray, and of colours; neither ImageMagick's reader nor its writer gets them all.</summary>
    [Theory]
    [InlineData(0, "accelerated")]
    [InlineData(2, "accelerated")]
    [InlineData(0, "magick")]
    [InlineData(2, "magick")]
    public void Should_keep_the_one_colour_that_is_transparent(int colour, string engine)
    {
        var channels = colour == 0 ? 1 : 3;
        foreach (var key in Enumerable.Range(0, 64).Select(step => (step * 1023) + 500))
        {
            byte[] keyed = [(byte)(key >> 8), (byte)key], row = [0, .. Crafted.Repeat(keyed, channels), .. Crafted.Repeat([0x12, 0x34], channels)];
            File.WriteAllBytes(_folder.File("keyed.png"), Crafted.Png(
                Crafted.PngHeader(2, 1, 16, colour), Crafted.PngChunk("tRNS", Crafted.Repeat(keyed, channels)), Crafted.PngChunk("IDAT", Crafted.Deflate(row))));

            new ImageTaskPipeline(TestEngine.Named(engine), new SourceLeases(), new ImageLimits())
                .Process(new ImageTask(new TaskId(1), _folder.File("keyed.png"), [], _folder.File("out.png")));

            using var output = new MagickImage(_folder.File("out.png"));
            Assert.Equal([0, 255], output.GetPixels().ToByteArray("A")!);
        }
    }

    [Fact]
    public void Should_write_the_same_bytes_at_another_time()
    {
        var source = Varied(30, 30);
        var first = Path.Combine(_folder.Path, "first.png");
        var second = Path.Combine(_folder.Path, "second.png");
        _pipeline.Process(new ImageTask(new TaskId(1), source, [new SharpenOperation()], first));
        File.SetLastWriteTimeUtc(source, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        _pipeline.Process(new ImageTask(new TaskId(2), source, [new SharpenOperation()], second));

        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
        var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(first));
        Assert.DoesNotContain("date:", text, StringComparison.Ordinal); // ImageMagick's own, of the second in which it wrote
        Assert.DoesNotContain("tIME", text, StringComparison.Ordinal);
    }

    private string Varied(int width, int height) => TestImage.WriteRgb(_folder.Path, $"varied-{width}x{height}.png", width, height, TestImage.Varied);

    private (int Width, int Height, byte[] Rgb) Process(string source, params ImmutableArray<ImageOperation> operations)
    {
        var output = _folder.File($"{Guid.NewGuid():N}.png");
        _pipeline.Process(new ImageTask(new TaskId(1), source, operations, output));
        return TestImage.Read(output);
    }
}
