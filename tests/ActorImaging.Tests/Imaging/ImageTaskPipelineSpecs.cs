using System.Collections.Immutable;
using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Tasks;
using Microsoft.Extensions.Time.Testing;

namespace ActorImaging.Tests.Imaging;

public sealed class ImageTaskPipelineSpecs : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _source = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose()
    {
        _folder.Dispose();
        _source.Dispose();
    }

    [Fact]
    public void Should_decode_apply_in_order_encode_and_report()
    {
        var engine = new RecordingEngine(_time);
        var outcome = CreatePipeline(engine).Process(CreateTask("blur:1", "grayscale"), CreatePermit());

        Assert.Equal(["decode", "blur:1", "grayscale", "encode", "dispose"], engine.Steps);
        Assert.Equal((6, 3), (outcome.Statistics.SourcePixels, outcome.Statistics.OutputBytes));
        Assert.Equal(3, new FileInfo(_folder.File("out.png")).Length);
    }

    [Fact]
    public void Should_stop_before_the_next_operation_when_the_time_is_over()
    {
        var engine = new RecordingEngine(_time) { OperationTakes = Limit + TimeSpan.FromSeconds(1) };

        var fault = Assert.Throws<ImageTaskTimeoutException>(() => CreatePipeline(engine).Process(CreateTask("blur:1", "grayscale"), CreatePermit()));

        Assert.Equal("took 11.0 s before 'grayscale', over the time-out of 10.0 s (actor-imaging.task-timeout)", fault.Message);
        Assert.Equal(["decode", "blur:1", "dispose"], engine.Steps);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Should_stop_before_encoding_when_the_time_is_over()
    {
        var engine = new RecordingEngine(_time) { OperationTakes = Limit + TimeSpan.FromSeconds(1) };

        Assert.Throws<ImageTaskTimeoutException>(() => CreatePipeline(engine).Process(CreateTask("blur:1"), CreatePermit()));

        Assert.Equal(["decode", "blur:1", "dispose"], engine.Steps);
    }

    [Fact]
    public void Should_put_no_output_in_place_that_nobody_waits_for_any_more()
    {
        var permit = CreatePermit();
        var engine = new RecordingEngine(_time) { WhileEncoding = () => permit.TryWithdraw() };

        Assert.Throws<TaskWithdrawnException>(() => CreatePipeline(engine).Process(CreateTask("blur:1"), permit));

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Should_not_be_withdrawn_while_its_output_is_put_in_place()
    {
        var permit = CreatePermit();
        var wasWithdrawn = true;
        var pipeline = new ImageTaskPipeline(new RecordingEngine(_time), new SourceLeases(), new ImageLimits(), (_, _) => wasWithdrawn = permit.TryWithdraw());

        Assert.Equal(TaskState.Succeeded, pipeline.Process(CreateTask("blur:1"), permit).State);

        Assert.False(wasWithdrawn);
        Assert.True(File.Exists(_folder.File("out.png")));
    }

    [Fact]
    public void Should_clear_away_what_a_killed_run_left_and_nothing_else()
    {
        var (left, mine) = (_folder.File(".actor-imaging-0123456789abcdef.partial"), _folder.File("mine.partial"));
        var inUse = _folder.File(".actor-imaging-fedcba9876543210.partial");
        File.WriteAllText(left, "half");
        File.WriteAllText(mine, "whole");
        using (var other = new FileStream(inUse, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
        {
            CreatePipeline(new RecordingEngine(_time)).Process(CreateTask("blur:1"), CreatePermit());
        }

        Assert.Equal([inUse, mine, _folder.File("out.png")], Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
    }

    private static ImageTaskPipeline CreatePipeline(IImageEngine engine) => new(engine, new SourceLeases(), new ImageLimits());

    private TaskPermit CreatePermit() => new(_time, Limit);

    private ImageTask CreateTask(params string[] operations) => new(
        new TaskId(1), TestImage.WriteRgb(_source.Path, "in.png", 3, 2, TestImage.Varied), [.. operations.Select(OperationParser.Parse)], _folder.File("out.png"));

    private sealed class RecordingEngine(FakeTimeProvider time) : IImageEngine, IEngineImage
    {
        public List<string> Steps { get; } = [];

        public TimeSpan OperationTakes { get; init; }

        public Action WhileEncoding { get; init; } = () => { };

        public EngineDescription Description => new("recording", "1", "none");

        public IReadOnlyList<PixelSize> Sizes => [new(3, 2)];

        public int BitDepth => 8;

        public StepsDone StepsDone => default;

        public ImmutableArray<string> Warnings => [];

        public bool SharesSources => true;

        public IEngineImage Decode(ImageContainer source, SourceSettings settings)
        {
            Steps.Add("decode");
            return this;
        }

        public TaskEstimate Estimate(ImageTask task) => default;

        public void ReleaseMemory()
        {
        }

        public void Apply(ImageOperation operation)
        {
            Steps.Add(operation.ToString());
            time.Advance(OperationTakes);
        }

        public ISharedSource? Share() => null;

        public void Encode(ImageFormat format, OutputSettings settings, Stream output)
        {
            Steps.Add("encode");
            output.Write([1, 2, 3]);
            WhileEncoding();
        }

        public void Dispose() => Steps.Add("dispose");
    }
}
