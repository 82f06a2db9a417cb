using System.Diagnostics;
using System.Text.Json;

namespace ActorImaging.Cli.Tests;

public sealed class BenchCommandSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_compare_all_rows_on_small_images()
    {
        var run = await CliRun.RunAsync(
            "bench", "--size", "120x90", "--images", "3", "--rounds", "2", "--per-task", "--json", "--processors", "2", "--work-dir", _folder.Path);

        Assert.Equal(0, run.ExitCode);
        var report = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(1, report.GetProperty("schema").GetInt32());
        Assert.Equal("accelerated", report.GetProperty("machine").GetProperty("engine").GetProperty("name").GetString());
        var result = report.GetProperty("report");
        Assert.Equal(18, result.GetProperty("taskCount").GetInt32());
        Assert.Equal(2, result.GetProperty("rounds").GetInt32());
        Assert.Equal(18 * 120 * 90 / 1e6, result.GetProperty("megapixels").GetDouble(), precision: 6);
        Assert.True(result.GetProperty("areOutputsEqual").GetBoolean());
        AssertRows(result.GetProperty("rows").EnumerateArray().ToArray());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Should_print_the_articles_blocks_and_its_tasks()
    {
        var run = await CliRun.RunAsync("bench", "--size", "40x30", "--images", "1", "--processors", "2", "--quiet", "--work-dir", _folder.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Contains("=== ActorImaging bench ===", run.Output, StringComparison.Ordinal);
        Assert.Contains("Processing 6 image tasks (1 images x 6), 3 rounds after a warm-up", run.Output, StringComparison.Ordinal);
        Assert.Contains("=== Results ===", run.Output, StringComparison.Ordinal);
        Assert.Contains("[3] 2 actors, work-pulling:", run.Output, StringComparison.Ordinal);
        Assert.Contains("all rows wrote the same bytes (6 files", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public async Task Should_use_the_users_images_and_keep_the_outputs_when_asked()
    {
        await CliRun.RunAsync("generate", "--out", _folder.File("mine"), "--images", "2", "--size", "50x40");
        File.WriteAllText(_folder.File(Path.Combine("mine", "notes.txt")), "not an image");

        var run = await CliRun.RunAsync(
            "bench", "--input", _folder.File("mine"), "--operations", "rotate:90+grayscale,blur:1", "--processors", "2", "--keep", "--work-dir", _folder.File("work"), "--quiet");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Processing 4 image tasks (2 images x 2)", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["0001-crimson-50x40-rotate-grayscale.png", "0002-crimson-50x40-blur.png", "0003-ocean-50x40-rotate-grayscale.png", "0004-ocean-50x40-blur.png"],
            Directory.EnumerateFiles(_folder.File("work"), "*.png", SearchOption.AllDirectories)
                .Where(path => path.Contains("row-3", StringComparison.Ordinal)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("pinned")]
    [InlineData("shared-pool")]
    [InlineData("dedicated-threads")]
    public async Task Should_run_on_each_dispatcher_of_the_examples(string dispatcher)
    {
        var config = Path.Combine(AppContext.BaseDirectory, "hocon", "dispatchers", $"{dispatcher}.conf");

        var run = await CliRun.RunAsync("bench", "--size", "40x30", "--images", "1", "--processors", "3", "--config", config, "--quiet", "--work-dir", _folder.Path);

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Should_fail_with_the_reason_when_an_image_cannot_be_decoded()
    {
        await CliRun.RunAsync("generate", "--out", _folder.File("mine"), "--images", "1", "--size", "200x200");
        var image = Directory.GetFiles(_folder.File("mine"))[0];
        File.WriteAllBytes(image, File.ReadAllBytes(image)[..3000]);

        var run = await CliRun.RunAsync("bench", "--input", _folder.File("mine"), "--work-dir", _folder.File("work"), "--quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"source '{image}' is damaged: its pixels can't be decompressed", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.File("work")));
    }

    [Fact]
    public async Task Should_stop_at_the_first_signal_and_leave_nothing_behind()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // no signal can be sent to one process there
        }

        using var program = CliRun.Start("bench", "--size", "1000x1000", "--rounds", "50", "--work-dir", _folder.Path);
        while (await program.Error.ReadLineAsync() is { } line && !line.StartsWith("round", StringComparison.Ordinal))
        {
            // Until it measures.
        }

        using var kill = Process.Start("kill", ["-TERM", $"{program.Id}"]); // SIGINT is ignored by whatever a shell has put into the background
        var run = await program.FinishAsync();

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("Stopping: what is in flight is finished.", run.Error, StringComparison.Ordinal);
        Assert.Contains("The bench was cancelled.", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    private static void AssertRows(JsonElement[] rows)
    {
        Assert.Equal(
            ["One actor", "2 actors, round-robin", "2 actors, work-pulling", "18 actors, one a task"],
            rows.Select(row => row.GetProperty("row").GetProperty("title").GetString()));
        var one = rows[0].GetProperty("elapsedMilliseconds").GetDouble();
        Assert.All(rows, row =>
        {
            var elapsed = row.GetProperty("elapsedMilliseconds").GetDouble();
            Assert.Equal(one / elapsed, row.GetProperty("speedUp").GetDouble(), precision: 6);
            Assert.Equal(18 / elapsed * 1000, row.GetProperty("tasksPerSecond").GetDouble(), precision: 6);
            Assert.True(row.GetProperty("cpuMilliseconds").GetDouble() > 0);
            Assert.True(row.GetProperty("peakBytes").GetInt64() > 10_000_000);
            Assert.Equal(rows[0].GetProperty("outputBytes").GetInt64(), row.GetProperty("outputBytes").GetInt64());
        });
    }
}
