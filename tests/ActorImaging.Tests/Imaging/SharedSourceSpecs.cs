using ActorImaging.Imaging;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Imaging.Png;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Kernels;
using CsCheck;

namespace ActorImaging.Tests.Imaging;

/// <summary>Tasks that share a decoded source write the bytes that each would write alone, and leave no memory behind.</summary>
public sealed class SharedSourceSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SourceLeases _sources = new();
    private readonly ImageEngine _engine = TestEngine.Accelerated();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> EveryKind() => [.. PictureKinds.All.Keys];

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void Should_write_the_same_bytes_as_alone(string kind)
    {
        var source = PictureKinds.Write(kind, _folder.Path);
        string[] operations = ["blur:2", "rotate:30", "resize:31x17+sharpen", "grayscale", "auto-orient", "crop:9x9+tint:#ff6432", "flip"];
        var alone = operations.Select(list => File.ReadAllBytes(Process(new SourceLeases(), source, list))).ToList();
        var before = PixelBuffer.LiveBytes;

        var lease = _sources.Take(new ImageSource(source, new SourceSettings()), tasks: 9, bytes: 1);
        var shared = operations.Select(list => File.ReadAllBytes(Process(_sources, source, list))).ToList();
        _sources.Return(lease, tasks: 9);

        Assert.Equal(alone, shared);
        Assert.Equal(before, PixelBuffer.LiveBytes);
    }

    [Theory]
    [InlineData("rgb")]
    [InlineData("rgba")]
    [InlineData("palette")]
    [InlineData("cmyk-jpeg")]
    [InlineData("gray-jpeg")]
    public void Should_serve_many_threads_at_once(string kind)
    {
        var source = PictureKinds.Write(kind, _folder.Path);
        string[] operations = ["blur:2", "rotate:30", "resize:31x17", "grayscale", "sharpen", "flip"];
        var alone = operations.Select(list => File.ReadAllBytes(Process(new SourceLeases(), source, list))).ToList();
        var before = PixelBuffer.LiveBytes;
        var lease = _sources.Take(new ImageSource(source, new SourceSettings()), tasks: 9, bytes: 1);

        Parallel.For(0, 120, new ParallelOptions { MaxDegreeOfParallelism = 6 }, turn =>
        {
            var extension = turn % 2 == 0 ? ".png" : ".jpg";
            var output = Process(_sources, source, operations[turn % operations.Length], extension);
            if (extension == ".png")
            {
                Assert.Equal(alone[turn % operations.Length], File.ReadAllBytes(output));
            }
        });

        _sources.Return(lease, tasks: 9);
        Assert.Equal(before, PixelBuffer.LiveBytes);
    }

    [Fact]
    public void Should_leave_no_memory_behind_when_tasks_fail()
    {
        var source = PictureKinds.Write("rgb", _folder.Path);
        var before = PixelBuffer.LiveBytes;
        var lease = _sources.Take(new ImageSource(source, new SourceSettings()), tasks: 9, bytes: 1);

        Assert.ThrowsAny<Exception>(() => Process(_sources, source, "blur:1+crop:5x5@900:900"));
        Assert.ThrowsAny<Exception>(() => Process(_sources, source, "blur:1", extension: ".svg"));
        Process(_sources, source, "blur:1");
        Assert.NotEqual(before, PixelBuffer.LiveBytes); // it is still held

        _sources.Return(lease, tasks: 9);
        Assert.Equal(before, PixelBuffer.LiveBytes);
    }

    [Fact]
    public void Should_hold_against_a_source_nothing_that_only_one_task_wants_of_it()
    {
        var source = TestImage.WriteRgb(_folder.Path, "wide.png", 20_000, 2, TestImage.Varied);
        var lease = _sources.Take(new ImageSource(source, new SourceSettings()), tasks: 9, bytes: 1);

        Assert.Throws<UnsupportedOutputException>(() => Process(_sources, source, "flip", extension: ".webp")); // which holds 16,383 pixels a side
        Process(_sources, source, "resize:200x");

        _sources.Return(lease, tasks: 9);
    }

    [Fact]
    public void Should_hold_against_a_source_nothing_that_one_task_may_not_lose_of_it()
    {
        var source = PictureKinds.Write("16-bit", _folder.Path);
        var lease = _sources.Take(new ImageSource(source, new SourceSettings()), tasks: 9, bytes: 1);

        Assert.Throws<UnsupportedOutputException>(() => Process(_sources, source, "flip", depth: DepthPolicy.Refuse));
        Process(_sources, source, "flip");

        _sources.Return(lease, tasks: 9);
    }

    [Fact]
    public void Should_outlive_the_release_of_its_source()
    {
        var source = PictureKinds.Write("rgb", _folder.Path);
        var before = PixelBuffer.LiveBytes;
        var held = new ImageSource(source, new SourceSettings());
        var lease = _sources.Take(held, tasks: 9, bytes: 1);
        using (var image = _sources.Open(held, new TaskPermit(TimeProvider.System, Timeout.InfiniteTimeSpan), () => _engine.Decode(source, held.Settings), out _))
        {
            _sources.Return(lease, tasks: 9);
            image.Apply(new FlipOperation());
            image.Encode(ImageFormat.Png, new OutputSettings(), Stream.Null);
        }

        Assert.Equal(before, PixelBuffer.LiveBytes);
    }

    [Fact]
    public void Should_write_rows_as_a_kernel_makes_them_as_it_writes_them_from_memory() => Gen.Select(
        Gen.Int[1, 4], Gen.Int[1, 70], Gen.Int[1, 50], Gen.Enum<PngPreset>(), Gen.Int[0, 4], Gen.Int[0, 60]).Sample(
        (channels, width, height, preset, content, changeAt) =>
        {
            using var picture = CreatePicture(channels, width, height, content, changeAt);
            using var kernel = new Flip(picture);
            var isStreamed = KernelRows.NeedNoLook(kernel, ImageMetadata.None);
            using var whole = kernel.ToPixelBuffer();
            return !isStreamed || Written(new KernelRows(kernel), preset).SequenceEqual(Written(PngRows.From(whole), preset));
        },
        iter: 1000);

    [Theory]
    [InlineData(3, 0, true)]
    [InlineData(4, 0, true)]
    [InlineData(1, 0, true)]
    [InlineData(3, 1, false)]
    [InlineData(3, 2, false)]
    [InlineData(4, 3, false)]
    public void Should_not_hold_a_whole_image_of_a_photograph(int channels, int content, bool isStreamed)
    {
        using var picture = CreatePicture(channels, 200, 100, content, changeAt: 0);
        using var kernel = new Flip(picture);

        Assert.Equal(isStreamed, KernelRows.NeedNoLook(kernel, ImageMetadata.None));
    }

    /// <summary>Noise; gray as colours; few colours; noise that is opaque; and one of those, another from some row on.</summary>
    private static PixelBuffer CreatePicture(int channels, int width, int height, int content, int changeAt)
    {
        var random = new Random(content + changeAt + width);
        var pixels = PixelBuffer.Allocate(width, height, channels);
        for (var y = 0; y < height; y++)
        {
            var row = pixels.Row(height - 1 - y);
            random.NextBytes(row);
            var kind = content == 4 ? (y < changeAt ? 1 : 0) : content;
            for (var at = 0; at < row.Length; at++)
            {
                row[at] = kind switch
                {
                    1 => row[at - (at % channels)],
                    2 => (byte)(row[at] & 0x80),
                    3 when at % channels == channels - 1 => 255,
                    _ => row[at],
                };
            }
        }

        return pixels;
    }

    private static byte[] Written(PngRows rows, PngPreset preset)
    {
        using var output = new MemoryStream();
        PngWriter.Write(rows, ImageMetadata.None, preset, output);
        return output.ToArray();
    }

    private string Process(SourceLeases sources, string source, string operations, string extension = ".png", DepthPolicy depth = DepthPolicy.Warn)
    {
        var output = _folder.File($"{Guid.NewGuid():N}{extension}");
        new ImageTaskPipeline(_engine, sources, new ImageLimits())
            .Process(new ImageTask(new TaskId(1), source, OperationParser.ParseList(operations), output) { Output = new OutputSettings { Depth = depth } });
        return output;
    }
}
