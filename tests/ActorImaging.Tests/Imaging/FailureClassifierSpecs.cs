using ActorImaging.Imaging;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Tests.Imaging;

/// <summary>What the real engine and the real file system throw, and what becomes of it.</summary>
public sealed class FailureClassifierSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_say_that_a_source_is_missing() => Expect(FailureKind.SourceMissing, _folder.File("nowhere.png"));

    [Fact]
    public void Should_say_that_a_folder_of_the_source_is_missing() =>
        Expect(FailureKind.SourceMissing, _folder.File(Path.Combine("no", "where.png")));

    [Fact]
    public void Should_say_that_a_source_is_a_folder()
    {
        Directory.CreateDirectory(_folder.File("folder.png"));
        Expect(FailureKind.Unsupported, _folder.File("folder.png"));
    }

    [Fact]
    public void Should_say_that_a_source_is_empty()
    {
        File.WriteAllBytes(_folder.File("empty.png"), []);
        Expect(FailureKind.Unsupported, _folder.File("empty.png"));
    }

    [Fact]
    public void Should_say_that_text_is_no_image()
    {
        File.WriteAllText(_folder.File("text.png"), "this is not an image");
        Expect(FailureKind.Unsupported, _folder.File("text.png"));
    }

    [Fact]
    public void Should_say_that_a_source_is_cut_short()
    {
        var whole = TestImage.WriteRgb(_folder.Path, "whole.png", 64, 64, TestImage.Varied);
        File.WriteAllBytes(_folder.File("short.png"), File.ReadAllBytes(whole)[..2000]);
        Expect(FailureKind.Corrupt, _folder.File("short.png"));
    }

    /// <summary>libwebp calls it a lack of memory, which would be tried again and again.</summary>
    [Fact]
    public void Should_say_that_transparency_is_damaged()
    {
        var kinds = new HashSet<FailureKind>();
        using var image = new MagickImage(MagickColors.Red, 64, 64);
        image.Alpha(AlphaAction.Set);
        using (var pixels = image.GetPixels())
        {
            for (var at = 0; at < 64 * 64; at++)
            {
                pixels.SetPixel(at % 64, at / 64, [200, 10, 10, (byte)(at * at / 7)]);
            }
        }

        var whole = image.ToByteArray(MagickFormat.WebP);
        var alpha = whole.AsSpan().IndexOf("ALPH"u8) + 9;
        for (var seed = 0; seed < 30; seed++)
        {
            var damaged = whole.ToArray();
            new Random(seed).NextBytes(damaged.AsSpan(alpha, 60));
            File.WriteAllBytes(_folder.File("damaged.webp"), damaged);
            if (Record.Exception(() => Process(_folder.File("damaged.webp"))) is { } fault)
            {
                kinds.Add(FailureClassifier.Classify(fault, CreateTask(_folder.File("damaged.webp"))).Kind);
            }
        }

        Assert.Equal([FailureKind.Corrupt], kinds);
    }

    [Theory]
    [InlineData("WidthOrHeightExceedsLimit `x' (200x10) > (100x100) @ error/cache.c/OpenPixelCache/3841", FailureKind.OverLimit)]
    [InlineData("width or height exceeds limit @ error/cache.c/OpenPixelCache/3841", FailureKind.OverLimit)]
    [InlineData("list length exceeds limit @ error/cache.c/OpenPixelCache/3851", FailureKind.OverLimit)]
    [InlineData("memory allocation failed `' @ error/png.c/ReadPNGImage/1", FailureKind.OutOfMemory)]
    public void Should_tell_limits_from_a_lack_of_memory(string message, FailureKind kind)
    {
        var failure = FailureClassifier.Classify(new MagickResourceLimitErrorException(message), CreateTask("in.png"));

        Assert.Equal(kind, failure.Kind);
        Assert.DoesNotContain(" @ ", failure.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("`'", failure.Reason, StringComparison.Ordinal);
        Assert.Equal(kind == FailureKind.OverLimit, FailureClassifier.IsOfSource(new MagickResourceLimitErrorException(message)));
    }

    /// <summary>Nor is the name of a file of ours of any use to anybody.</summary>
    [Fact]
    public void Should_not_call_a_source_corrupt_that_a_library_can_not_decode()
    {
        var fault = new MagickCorruptImageErrorException("Unsupported feature: Bitstream not supported by this decoder (2.0) `folder/magick-5Uac' @ error/heic.c/IsHEIFSuccess/1");

        var failure = FailureClassifier.Classify(fault, new ImageTask(new TaskId(1), "x.avif", [], "x.png"));

        Assert.Equal(new TaskFailure(FailureKind.Unsupported, "source 'x.avif' can't be decoded: Unsupported feature: Bitstream not supported by this decoder (2.0)"), failure);
    }

    [Fact]
    public void Should_not_call_a_source_corrupt_that_a_format_can_not_hold()
    {
        var source = TestImage.WriteRgb(_folder.Path, "wide.png", 20_000, 2, TestImage.Varied);
        var task = CreateTask(source) with { OutputPath = _folder.File("out.webp") };

        var failure = FailureClassifier.Classify(Assert.ThrowsAny<Exception>(() => CreatePipeline().Process(task)), task);

        Assert.Equal(FailureKind.Unsupported, failure.Kind);
        Assert.Equal($"source '{source}' becomes 20000x2, but WebP holds 16,383 pixels a side at the most: make it smaller, or write another format", failure.Reason);
    }

    [Fact]
    public void Should_call_what_nobody_foresaw_unexpected() => Assert.Equal(
        FailureKind.Unexpected, FailureClassifier.Classify(new NotSupportedException("hm"), CreateTask("in.png")).Kind);

    private void Expect(FailureKind kind, string source)
    {
        var task = CreateTask(source);

        var failure = FailureClassifier.Classify(Assert.ThrowsAny<Exception>(() => Process(source)), task);

        Assert.Equal(kind, failure.Kind);
        Assert.StartsWith($"source '{source}' ", failure.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Reason);
        Assert.False(File.Exists(task.OutputPath));
    }

    private TaskOutcome Process(string source) => CreatePipeline().Process(CreateTask(source));

    private static ImageTaskPipeline CreatePipeline() =>
        new(TestEngine.Magick(), new SourceLeases(), new ImageLimits());

    private ImageTask CreateTask(string source) => new(new TaskId(1), source, [new GrayscaleOperation()], _folder.File("out.png"));
}
