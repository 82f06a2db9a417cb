using System.Text.Json;

namespace ActorImaging.Cli.Tests.Processing;

/// <summary>A batch costs by its pixels: not by how many names it has.</summary>
public sealed class ManyImagesSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_take_no_more_memory_for_ten_thousand_images_than_half_as_much_again_as_for_five_hundred()
    {
        var few = await RunAsync(500);
        var many = await RunAsync(10_000);

        Assert.Equal((500, 10_000), (few.Succeeded, many.Succeeded));
        Assert.InRange(many.PeakBytes, 1, few.PeakBytes * 3 / 2);
        Assert.Equal(10_000, File.ReadLines(_folder.File("10000.jsonl")).Count());
    }

    private async Task<(long Succeeded, long PeakBytes)> RunAsync(int count)
    {
        var picture = Picture.Write(_folder.File("picture.png"), 64, 64);
        var folder = Directory.CreateDirectory(_folder.File($"in-{count}")).FullName;
        for (var number = 0; number < count; number++)
        {
            File.Copy(picture, Path.Combine(folder, $"{number:00000}.png"));
        }

        var run = await CliRun.RunAsync(
            "process", folder, "--out", _folder.File($"out-{count}"), "--op", "resize:32x", "--json", "--quiet", "--job-log", _folder.File($"{count}.jsonl"));

        Assert.Equal(string.Empty, run.Error);
        var summary = JsonDocument.Parse(run.Output.TrimEnd().Split('\n')[^1]).RootElement;
        return (summary.GetProperty("succeeded").GetInt64(), summary.GetProperty("peakBytes").GetInt64());
    }
}
