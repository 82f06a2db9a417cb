using System.Text.Json;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Containers;

namespace ActorImaging.Cli.Tests.Processing;

/// <summary>A folder of nothing but files that are made to hurt, through the real program: each task ends, and the process stays small.</summary>
public sealed class HostileFolderSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("first")]
    [InlineData("all")]
    public async Task Should_refuse_each_and_stay_small(string frames)
    {
        var files = HostileFiles.All.Where(file => file.Refusal is not null && file.Frames == Enum.Parse<FramePolicy>(frames, ignoreCase: true)).ToList();

        var (tasks, peakBytes) = await RunAsync(files, frames);

        Assert.Equal(files.Count, tasks.Count);
        Assert.All(files, file => Assert.Contains(file.Refusal!, tasks[file.Name].GetProperty("failureReason").GetString(), StringComparison.Ordinal));
        Assert.InRange(peakBytes, 1, 150_000_000);
    }

    /// <summary>Two at a time. The heap is limited: else the peak is that of the garbage which the collector had no time for on a busy machine.</summary>
    [Fact]
    public async Task Should_do_each_and_read_no_more_than_it_may()
    {
        var files = HostileFiles.All.Where(file => file.Refusal is null).ToList();

        var (tasks, peakBytes) = await RunAsync(files, "first", new() { ["DOTNET_GCHeapHardLimit"] = "6000000" }); // hexadecimal: 100 MB

        Assert.Equal(files.Count, tasks.Count);
        Assert.All(files, file => Assert.Equal("Succeeded", tasks[file.Name].GetProperty("state").GetString()));
        Assert.InRange(peakBytes, 1, 250_000_000); // one of them has 1.4 GB of texts
    }

    private async Task<(Dictionary<string, JsonElement> Tasks, long PeakBytes)> RunAsync(
        List<HostileFile> files, string frames, Dictionary<string, string>? environment = null)
    {
        Directory.CreateDirectory(_folder.File("in"));
        foreach (var hostile in files)
        {
            await File.WriteAllBytesAsync(_folder.File($"in/{hostile.Name}.png"), hostile.Make());
        }

        var run = await CliRun.RunWithAsync(_folder.Path, environment ?? [], "process", "in", "--out", "out", "--frames", frames, "--json", "--quiet");

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        return (
            lines.Where(line => line.GetProperty("type").GetString() == "task").ToDictionary(task => Path.GetFileNameWithoutExtension(task.GetProperty("source").GetString()!)),
            lines[^1].GetProperty("peakBytes").GetInt64());
    }
}
