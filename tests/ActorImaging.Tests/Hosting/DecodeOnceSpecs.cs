using ActorImaging.Actors;
using ActorImaging.Hosting;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorImaging.Tests.Hosting;

/// <summary>Real images through a real host: each source is decoded once, and no memory stays.</summary>
public sealed class DecodeOnceSpecs : IAsyncLifetime, IDisposable
{
    private static readonly string[] Operations = ["resize:20x10", "blur:2", "grayscale", "sharpen", "rotate:90", "tint:#ff6432"];

    private readonly TemporaryFolder _folder = new();
    private IHost _host = null!;

    private ImagingClient Client => _host.Services.GetRequiredService<ImagingClient>();

    public async Task InitializeAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddActorImaging(ImagingConfiguration.Load(new HoconLayer("spec", "actor-imaging.processors = 2\nakka.loglevel = OFF")));
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async Task DisposeAsync() => await _host.StopAsync();

    public void Dispose()
    {
        _host.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Distribution.WorkPulling)]
    [InlineData(Distribution.RoundRobin)]
    public async Task Should_decode_each_source_once(Distribution distribution)
    {
        var before = PixelBuffer.LiveBytes;
        string[] sources = [.. new[] { "rgb", "rgba", "palette", "jpeg", "gray" }.Select(kind => PictureKinds.Write(kind, _folder.Path))];
        var results = new List<ImageTaskResult>();

        await foreach (var result in Client.ProcessAsync(CreateTasks(sources).ToAsyncEnumerable(), new BatchOptions { Distribution = distribution }))
        {
            results.Add(result);
        }

        Assert.All(results, result => Assert.Equal(TaskState.Succeeded, result.State));
        Assert.Equal(
            sources.Select(source => (source, 1)),
            sources.Select(source => (source, results.Count(result => result.Task.SourcePath == source && result.Statistics.HasDecoded))));
        Assert.All(results, result => Assert.NotNull(result.Task.Header));
        Assert.Equal((before, 0), (PixelBuffer.LiveBytes, _host.Services.GetRequiredService<ImagingWork>().Sources.Count));
    }

    [Fact]
    public async Task Should_leave_no_memory_behind_when_some_tasks_of_a_source_fail()
    {
        var before = PixelBuffer.LiveBytes;
        var source = PictureKinds.Write("rgb", _folder.Path);
        IEnumerable<ImageTask> tasks =
        [
            .. CreateTasks([source]),
            new ImageTask(new TaskId(7), source, OperationParser.ParseList("crop:5x5@900:900"), _folder.File("nothing.png")),
            new ImageTask(new TaskId(8), source, [], _folder.File("no-format.xyz")),
        ];

        var summary = await Client.RunBatchAsync(tasks);

        Assert.Equal((6, 2), (summary.Succeeded, summary.Failed));
        Assert.Equal(before, PixelBuffer.LiveBytes);
    }

    private IEnumerable<ImageTask> CreateTasks(string[] sources) => sources.SelectMany((source, index) => Operations.Select((operation, variant) => new ImageTask(
        new TaskId((index * Operations.Length) + variant + 1), source, OperationParser.ParseList(operation), _folder.File($"{index}-{variant}.png"))));
}
