using System.Collections.Immutable;
using ActorImaging.Hosting;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging;
using ImageMagick;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorImaging.Tests.Hosting;

/// <summary>Sources and outputs that are no files.</summary>
public sealed class InMemorySpecs : IAsyncLifetime, IDisposable
{
    private const int MostSourceBytes = 100_000;

    private static readonly ImmutableArray<ImageOperation> Half = OperationParser.ParseList("resize:50%");

    private readonly TemporaryFolder _folder = new();
    private IHost _host = null!;

    private ImagingClient Client => _host.Services.GetRequiredService<ImagingClient>();

    public async Task InitializeAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddActorImaging(ImagingConfiguration.Load(new HoconLayer(
            "spec", $"actor-imaging {{ processors = 2, limits.source-bytes = {MostSourceBytes} }}\nakka.loglevel = OFF")));
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async Task DisposeAsync() => await _host.StopAsync();

    public void Dispose()
    {
        _host.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Should_make_the_same_of_bytes_as_of_a_file()
    {
        var source = PictureKinds.Write("jpeg", _folder.Path);
        var file = await Client.ProcessAsync(new ImageTask(new TaskId(1), source, Half, _folder.File("out.webp")));

        var memory = await Client.ProcessAsync(Task(SourceContent.Of(await File.ReadAllBytesAsync(source)), "out.webp"));

        Assert.Equal((TaskState.Succeeded, TaskState.Succeeded), (file.State, memory.State));
        Assert.Equal(await File.ReadAllBytesAsync(_folder.File("out.webp")), memory.Content.ToArray());
        Assert.Equal(memory.Content.Length, memory.Statistics.OutputBytes);
        Assert.NotNull(memory.Task.Header);
        Assert.Empty(file.Content.ToArray());
    }

    [Fact]
    public async Task Should_read_a_file_into_memory_and_write_memory_into_a_file()
    {
        var source = PictureKinds.Write("rgba", _folder.Path);

        var read = await Client.ProcessAsync(new ImageTask(new TaskId(1), source, Half, "out.png") { ReturnsContent = true });
        var written = await Client.ProcessAsync(new ImageTask(new TaskId(1), "no file", Half, _folder.File("out.png")) { Content = SourceContent.Of(read.Content) });

        Assert.False(File.Exists("out.png"));
        Assert.Equal(TaskState.Succeeded, written.State);
        using var image = new MagickImage(_folder.File("out.png"));
        Assert.Equal((16u, 11u), (image.Width, image.Height));
    }

    [Fact]
    public async Task Should_open_a_stream_once_for_all_tasks_of_a_source_and_dispose_it()
    {
        var bytes = await File.ReadAllBytesAsync(PictureKinds.Write("jpeg", _folder.Path));
        var (opened, disposed) = (0, 0);
        var content = SourceContent.Of(() =>
        {
            Interlocked.Increment(ref opened);
            return new OneWayStream(bytes, () => Interlocked.Increment(ref disposed));
        });

        var results = await Client.ProcessAsync(Enumerable.Range(1, 5).Select(number => Task(content, $"{number}.png", number)).ToAsyncEnumerable()).ToListAsync();

        Assert.All(results, result => Assert.Equal(TaskState.Succeeded, result.State));
        Assert.Equal((1, 1), (opened, disposed));
    }

    [Fact]
    public async Task Should_read_no_further_than_a_source_may_be_long()
    {
        OneWayStream? endless = null;

        var result = await Client.ProcessAsync(Task(SourceContent.Of(() => endless = new OneWayStream(null, () => { })), "out.png"));

        Assert.Equal(FailureKind.OverLimit, result.Failure?.Kind);
        Assert.Contains("actor-imaging.limits.source-bytes", result.Failure!.Reason, StringComparison.Ordinal);
        Assert.InRange(endless!.ReadBytes, MostSourceBytes, MostSourceBytes + (1 << 17));
    }

    [Fact]
    public async Task Should_call_a_source_by_its_name()
    {
        var result = await Client.ProcessAsync(Task(SourceContent.Of("no image"u8.ToArray()), "out.png"));

        Assert.Equal(FailureKind.Unsupported, result.Failure?.Kind);
        Assert.StartsWith("source 'upload' is not in a format", result.Failure!.Reason, StringComparison.Ordinal);
        Assert.Empty(result.Content.ToArray());
    }

    [Fact]
    public async Task Should_say_that_there_is_nothing()
    {
        var result = await Client.ProcessAsync(Task(SourceContent.Of(ReadOnlyMemory<byte>.Empty), "out.png"));

        Assert.Equal("source 'upload' is empty", result.Failure?.Reason);
    }

    [Fact]
    public async Task Should_try_a_stream_again_that_could_not_be_read()
    {
        var bytes = await File.ReadAllBytesAsync(PictureKinds.Write("jpeg", _folder.Path));
        var opened = 0;

        var result = await Client.ProcessAsync(Task(
            SourceContent.Of(() => ++opened == 1 ? throw new IOException("not now") : new MemoryStream(bytes)), "out.png"));

        Assert.Equal((TaskState.Succeeded, 2), (result.State, result.Attempts));
    }

    private static ImageTask Task(SourceContent content, string output, int number = 1) =>
        new(new TaskId(number), "upload", Half, output) { Content = content, ReturnsContent = true };

    /// <summary>What a network gives: bytes in small pieces that come once; zeros without end where there are none.</summary>
    private sealed class OneWayStream(byte[]? bytes, Action disposed) : Stream
    {
        public int ReadBytes { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var piece = Math.Min(count, Math.Min(1000, (bytes?.Length ?? int.MaxValue) - ReadBytes));
            bytes?.AsSpan(ReadBytes, piece).CopyTo(buffer.AsSpan(offset));
            ReadBytes += piece;
            return piece;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            disposed();
            base.Dispose(disposing);
        }
    }
}
