using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.IO.Hashing;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Tests.Imaging;

/// <summary>Each limit, on real files, through the whole pipeline.</summary>
public sealed class ImageLimitsSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_refuse_a_small_file_of_very_many_pixels_before_it_is_decoded()
    {
        var bomb = WriteBomb(30_000);
        Assert.InRange(new FileInfo(bomb).Length, 0, 400_000);
        var before = PixelBuffer.LiveBytes;
        var started = Stopwatch.GetTimestamp();

        Expect(bomb, new ImageLimits(), "has 900,000,000 pixels (30000x30000), over the limit of 268,402,689 (actor-imaging.limits.pixels)");

        Assert.Equal(before, PixelBuffer.LiveBytes);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2)); // decoding it takes several seconds
    }

    [Fact]
    public void Should_refuse_a_source_of_too_many_bytes() =>
        Expect(WritePicture(), new ImageLimits { SourceBytes = 10 }, "bytes, over the limit of 10 (actor-imaging.limits.source-bytes)");

    [Fact]
    public void Should_refuse_a_source_that_is_too_wide() =>
        Expect(WritePicture(), new ImageLimits { WidthPixels = 39 }, "is 40 pixels wide, over the limit of 39 (actor-imaging.limits.width)");

    [Fact]
    public void Should_refuse_a_source_that_is_too_high() =>
        Expect(WritePicture(), new ImageLimits { HeightPixels = 29 }, "is 30 pixels high, over the limit of 29 (actor-imaging.limits.height)");

    [Fact]
    public void Should_refuse_a_source_of_too_many_frames() => Expect(
        WriteAnimation(frames: 5),
        new ImageLimits { Frames = 4 },
        "has more than 4 frames, which is the limit (actor-imaging.limits.frames)",
        new SourceSettings { Frames = FramePolicy.All });

    [Fact]
    public void Should_refuse_a_page_that_is_larger_than_the_first()
    {
        var path = _folder.File("pages.img");
        using (var pages = new MagickImageCollection([new MagickImage(MagickColors.Red, 5, 5), new MagickImage(MagickColors.Blue, 60, 50)]))
        {
            pages.Write(path, MagickFormat.Tiff);
        }

        var all = new SourceSettings { Frames = FramePolicy.All };
        Expect(path, new ImageLimits { WidthPixels = 59 }, "is 60 pixels wide, over the limit of 59 (actor-imaging.limits.width)", all);
        Expect(path, new ImageLimits { Pixels = 2999 }, "has 3,000 pixels (60x50), over the limit of 2,999 (actor-imaging.limits.pixels)", all);
    }

    [Fact]
    public void Should_refuse_an_animation_whose_canvas_is_larger_than_its_frames()
    {
        var path = _folder.File("canvas.img");
        using (var frames = new MagickImageCollection([new MagickImage(MagickColors.Red, 5, 5), new MagickImage(MagickColors.Blue, 5, 5)]))
        {
            frames[0].Page = frames[1].Page = new MagickGeometry(0, 0, 60, 50);
            frames.Write(path, MagickFormat.Gif);
        }

        var all = new SourceSettings { Frames = FramePolicy.All };
        Expect(path, new ImageLimits { HeightPixels = 49 }, "is 50 pixels high, over the limit of 49 (actor-imaging.limits.height)", all);
        Expect(path, new ImageLimits { OutputPixels = 5999 }, "has 6,000 pixels in 2 frames, over the limit of 5,999 (actor-imaging.limits.output-pixels)", all);
    }

    [Theory]
    [InlineData("rotate:45", "has 2,500 pixels after an operation (50x50), over the limit of 1,199 (actor-imaging.limits.output-pixels)")]
    [InlineData("flip", "has 1,200 pixels after an operation (40x30), over the limit of 1,199 (actor-imaging.limits.output-pixels)")]
    public void Should_refuse_a_result_of_any_operation(string operation, string reason)
    {
        var task = new ImageTask(new TaskId(1), WritePicture(), OperationParser.ParseList(operation), _folder.File("out.png"));
        var pipeline = new ImageTaskPipeline(
            TestEngine.Accelerated(), new SourceLeases(), new ImageLimits { OutputPixels = 1199 });

        var fault = Assert.Throws<ImageLimitException>(() => pipeline.Process(task));

        Assert.Equal(reason, fault.Message);
    }

    [Fact]
    public void Should_not_mind_a_large_step_on_the_way_to_a_small_result()
    {
        var task = new ImageTask(new TaskId(1), WritePicture(), OperationParser.ParseList("auto-orient+flip+resize:10x10"), _folder.File("out.png"));
        var pipeline = new ImageTaskPipeline(
            TestEngine.Accelerated(), new SourceLeases(), new ImageLimits { OutputPixels = 1199 });

        Assert.Equal(TaskState.Succeeded, pipeline.Process(task).State);
    }

    [Fact]
    public void Should_refuse_a_result_of_too_many_pixels() => Expect(
        WritePicture(),
        new ImageLimits { OutputPixels = 2000 },
        "has 10,000 pixels after an operation (100x100), over the limit of 2,000 (actor-imaging.limits.output-pixels)");

    [Fact]
    public void Should_let_pass_what_is_just_within()
    {
        var limits = new ImageLimits { WidthPixels = 40, HeightPixels = 30, Pixels = 1200, OutputPixels = 10_000, Frames = 1 };

        Assert.Equal(TaskState.Succeeded, Process(WritePicture(), limits, new SourceSettings()).State);
    }

    [Theory]
    [InlineData(FramePolicy.First, ".gif", 1)]
    [InlineData(FramePolicy.All, ".gif", 5)]
    [InlineData(FramePolicy.All, ".tiff", 5)]
    [InlineData(FramePolicy.First, ".png", 1)]
    public void Should_take_the_frames_that_are_asked_for(FramePolicy frames, string extension, int expected)
    {
        var outcome = Process(WriteAnimation(frames: 5), new ImageLimits(), new SourceSettings { Frames = frames }, extension);

        Assert.Equal(TaskState.Succeeded, outcome.State);
        using var written = File.OpenRead(_folder.File($"out{extension}"));
        using var images = new MagickImageCollection(written);
        Assert.Equal(expected, images.Count);
        Assert.All(images, image => Assert.Equal((100u, 100u), (image.Width, image.Height)));
    }

    [Fact]
    public void Should_say_that_a_format_cannot_hold_all_frames() => Expect(
        FailureKind.Unsupported, WriteAnimation(frames: 5), new ImageLimits(), "has 5 frames, but JPEG holds one: write one of PNG, WebP, GIF, TIFF, or take the first", new SourceSettings { Frames = FramePolicy.All }, ".jpg");

    [Theory]
    [InlineData(".png", "holds frames of one size: write TIFF, resize to one size (@cover or @contain), or take the first")]
    [InlineData(".webp", "has pages of 100x75 and of 75x100, but WebP holds frames of one size")]
    [InlineData(".gif", "has pages of 100x75 and of 75x100, but GIF holds frames of one size")]
    public void Should_say_that_an_animation_cannot_hold_pages_of_several_sizes(string extension, string reason) => Expect(
        FailureKind.Unsupported, WritePages((40, 30), (30, 40)), new ImageLimits(), reason, new SourceSettings { Frames = FramePolicy.All }, extension, new ResizeOperation(100, 100, ResizeFit.Inside));

    [Theory]
    [InlineData(".tiff", ResizeFit.Inside)]
    [InlineData(".webp", ResizeFit.Cover)]
    public void Should_write_pages_of_several_sizes_where_they_can_be(string extension, ResizeFit fit) => Assert.Equal(
        TaskState.Succeeded,
        Process(WritePages((40, 30), (30, 40)), new ImageLimits(), new SourceSettings { Frames = FramePolicy.All }, extension, new ResizeOperation(100, 100, fit)).State);

    [Theory]
    [InlineData("resize:900%", "has 81,081 pixels after an operation (3 frames of up to 270x297), over the limit of 40,000 (actor-imaging.limits.output-pixels)")]
    [InlineData("resize:800%+crop:8x8", "has 64,064 pixels after an operation (3 frames of up to 240x264)")]
    [InlineData("resize:600%+rotate:45", "over the limit of 40,000 (actor-imaging.limits.output-pixels)")]
    public void Should_count_every_page_and_not_the_first_for_all(string operations, string reason) => Expect(
        FailureKind.OverLimit,
        WritePages((1, 1), (30, 33), (1, 10)),
        new ImageLimits { OutputPixels = 40_000 },
        reason,
        new SourceSettings { Frames = FramePolicy.All },
        ".tiff",
        [.. OperationParser.ParseList(operations)]);

    [Fact]
    public void Should_let_small_pages_before_a_large_one_pass() => Assert.Equal(
        TaskState.Succeeded,
        Process(WritePages((1, 1), (1, 1), (30, 33)), new ImageLimits { OutputPixels = 1000 }, new SourceSettings { Frames = FramePolicy.All }, ".tiff", new FlipOperation()).State);

    [Fact]
    public void Should_refuse_several_frames_when_told_so() => Expect(
        FailureKind.Unsupported, WriteAnimation(frames: 5), new ImageLimits(), "has 5 frames, but one was expected", new SourceSettings { Frames = FramePolicy.Error });

    [Fact]
    public void Should_use_a_truncated_jpeg_only_when_told_so()
    {
        var whole = _folder.File("whole.jpg");
        using (var image = new MagickImage(File.ReadAllBytes(WritePicture())))
        {
            image.Quality = 100;
            image.Write(whole, MagickFormat.Jpeg);
        }

        File.WriteAllBytes(_folder.File("short.jpg"), File.ReadAllBytes(whole)[..^200]);

        Expect(FailureKind.Corrupt, _folder.File("short.jpg"), new ImageLimits(), "is damaged: ", new SourceSettings());
        var kept = Process(_folder.File("short.jpg"), new ImageLimits(), new SourceSettings { OnWarning = WarningPolicy.Keep });
        Assert.Equal(TaskState.Succeeded, kept.State);
        Assert.Contains("JPEG", Assert.Single(kept.Warnings), StringComparison.Ordinal);
    }

    private void Expect(string source, ImageLimits limits, string reason, SourceSettings? settings = null) =>
        Expect(FailureKind.OverLimit, source, limits, reason, settings ?? new SourceSettings());

    private void Expect(FailureKind kind, string source, ImageLimits limits, string reason, SourceSettings settings, string extension = ".png", params ImageOperation[] operations)
    {
        var fault = Assert.ThrowsAny<Exception>(() => Process(source, limits, settings, extension, operations));

        var failure = FailureClassifier.Classify(fault, CreateTask(source, settings, extension));
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(reason, failure.Reason, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File($"out{extension}")));
    }

    private TaskOutcome Process(string source, ImageLimits limits, SourceSettings settings, string extension = ".png", params ImageOperation[] operations) =>
        new ImageTaskPipeline(TestEngine.Accelerated(), new SourceLeases(), limits)
            .Process(CreateTask(source, settings, extension, operations));

    private ImageTask CreateTask(string source, SourceSettings settings, string extension, params ImageOperation[] operations) =>
        new(new TaskId(1), source, [.. operations.DefaultIfEmpty(new ResizeOperation(100, 100))], _folder.File($"out{extension}")) { Source = settings };

    private string WritePicture() => TestImage.WriteRgb(_folder.Path, "picture.png", 40, 30, TestImage.Varied);

    private string WritePages(params (uint Width, uint Height)[] sizes)
    {
        using var pages = new MagickImageCollection();
        foreach (var (width, height) in sizes)
        {
            pages.Add(new MagickImage(MagickColors.Red, width, height));
        }

        var path = _folder.File("pages.tiff");
        File.WriteAllBytes(path, pages.ToByteArray(MagickFormat.Tiff));
        return path;
    }

    private string WriteAnimation(int frames)
    {
        using var images = new MagickImageCollection();
        for (var frame = 0; frame < frames; frame++)
        {
            images.Add(new MagickImage(new MagickColor((byte)(frame * 50), 0, 0), 40, 30));
        }

        var path = _folder.File("animation.gif");
        File.WriteAllBytes(path, images.ToByteArray(MagickFormat.Gif));
        return path;
    }

    /// <summary>A black picture of one bit a pixel, which compresses a thousandfold.</summary>
    private string WriteBomb(int side)
    {
        using var rows = new MemoryStream();
        using (var zlib = new ZLibStream(rows, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var row = new byte[(side / 8) + 1];
            for (var y = 0; y < side; y++)
            {
                zlib.Write(row);
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        header[8] = 1; // bit depth
        var path = _folder.File("bomb.png");
        using var file = File.Create(path);
        file.Write([0x89, .. "PNG\r\n\u001a\n"u8]);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, rows.ToArray());
        WriteChunk(file, "IEND"u8, []);
        return path;
    }

    private static void WriteChunk(FileStream file, ReadOnlySpan<byte> type, byte[] content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        byte[] checkedBytes = [.. type, .. content];
        file.Write(checkedBytes);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(checkedBytes));
        file.Write(number);
    }
}
