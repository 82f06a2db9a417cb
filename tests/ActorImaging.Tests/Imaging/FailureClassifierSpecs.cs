using ActorImaging.Imaging;
using ActorImaging.Tasks;

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

    [Fact]
    public void Should_call_what_nobody_foresaw_unexpected() => Assert.Equal(
        FailureKind.Unexpected, FailureClassifier.Classify(new NotSupportedException("hm"), CreateTask("in.png")).Kind);

    [Fact]
    public void Should_try_only_reading_writing_and_memory_again() => Assert.Equal(
        [FailureKind.OutOfMemory, FailureKind.InputOutput],
        Enum.GetValues<FailureKind>().Where(kind => new TaskFailure(kind, "").IsTransient));

    private void Expect(FailureKind kind, string source)
    {
        var pipeline = new ImageTaskPipeline(TestEngine.Magick(), new DecodedSources(), new ImageLimits(), Timeout.InfiniteTimeSpan, TimeProvider.System);
        var task = CreateTask(source);

        var failure = FailureClassifier.Classify(Assert.ThrowsAny<Exception>(() => pipeline.Process(task)), task);

        Assert.Equal(kind, failure.Kind);
        Assert.StartsWith($"source '{source}' ", failure.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Reason);
        Assert.False(File.Exists(task.OutputPath));
    }

    private ImageTask CreateTask(string source) => new(new TaskId(1), source, [new GrayscaleOperation()], _folder.File("out.png"));
}
