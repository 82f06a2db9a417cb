using System.Diagnostics;
using System.Text.Json;

namespace ActorImaging.Cli.Tests.Processing;

/// <summary>What ran past its time, or took processors down, is kept with the command line that does it again.</summary>
public sealed class QuarantineSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_keep_what_is_needed_to_see_a_failure_again()
    {
        var source = Picture.Write(_folder.File("in/o'er the hill.png"), 60, 30);

        var run = await CliRun.RunAsync(
            "process", source, "--out", _folder.File("out"), "--op", "resize:20x10", "--op", "tint:#ff6432", "--format", "webp", "--quality", "55", "--metadata", "strip",
            "--quarantine", _folder.File("kept"), "--set", "actor-imaging.task-timeout=1ms", "--quiet");

        Assert.Equal(1, run.ExitCode);
        var kept = Assert.Single(Directory.GetDirectories(_folder.File("kept")));
        Assert.Equal(File.ReadAllBytes(source), File.ReadAllBytes(Path.Combine(kept, "source.png")));
        var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(kept, "task.json"))).RootElement;
        Assert.Equal((source, "TimedOut"), (record.GetProperty("source").GetString(), record.GetProperty("failureKind").GetString()));
        Assert.Equal("auto-orient+resize:20x10+tint:#ff6432", record.GetProperty("operations").GetString());
        Assert.All(new[] { "program", "engine", "libraries", "runtime", "operatingSystem" }, name => Assert.NotEqual(string.Empty, record.GetProperty("versions").GetProperty(name).GetString()));
        var command = await WordsOfAsync(record.GetProperty("command").GetString()!);
        Assert.Equal("actor-imaging", command[0]);
        Assert.Equal(1, (await CliRun.RunAsync([.. command[1..], "--quiet"])).ExitCode); // it is as slow again
    }

    [Fact]
    public async Task Should_name_a_command_that_does_the_same()
    {
        var source = Picture.Write(_folder.File("in/a.png"), 60, 30);
        string[] wanted = ["--op", "blur:2", "--op", "crop:20x20", "--format", "jpg", "--quality", "71", "--chroma", "4:4:4", "--progressive"];
        await CliRun.RunAsync(["process", source, "--out", _folder.File("out"), .. wanted, "--quarantine", _folder.File("kept"), "--set", "actor-imaging.task-timeout=1ms", "--quiet"]);
        var kept = Assert.Single(Directory.GetDirectories(_folder.File("kept")));
        var command = await WordsOfAsync(JsonDocument.Parse(File.ReadAllText(Path.Combine(kept, "task.json"))).RootElement.GetProperty("command").GetString()!);

        string[] inTime = [.. command[1..].Select(word => word.Replace("task-timeout=1ms", "task-timeout=10m", StringComparison.Ordinal))];
        Assert.Equal(0, (await CliRun.RunAsync([.. inTime, "--quiet"])).ExitCode);
        Assert.Equal(0, (await CliRun.RunAsync(["process", source, "--out", _folder.File("direct"), .. wanted, "--quiet"])).ExitCode);

        Assert.Equal(File.ReadAllBytes(_folder.File("direct/a.jpg")), File.ReadAllBytes(Path.Combine(kept, "out", "source.jpg")));
    }

    [Fact]
    public async Task Should_keep_nothing_of_what_simply_fails()
    {
        File.WriteAllText(_folder.File("text.png"), "no image");

        await CliRun.RunAsync("process", _folder.File("text.png"), "--out", _folder.File("out"), "--quarantine", _folder.File("kept"), "--quiet");

        Assert.False(Directory.Exists(_folder.File("kept")));
    }

    [Fact]
    public async Task Should_say_that_it_can_not_keep_something_and_go_on()
    {
        string[] sources = [Picture.Write(_folder.File("in/a.png"), 60, 30), Picture.Write(_folder.File("in/b.png"), 60, 30)];
        File.WriteAllText(_folder.File("kept"), "a file");

        var run = await CliRun.RunAsync(
            ["process", .. sources, "--out", _folder.File("out"), "--quarantine", _folder.File("kept"), "--set", "actor-imaging.task-timeout=1ms", "--quiet"]);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("error: --quarantine: expected a folder that can be written", run.Error, StringComparison.Ordinal);
        Assert.Contains("2 timed out", run.Output, StringComparison.Ordinal);
    }

    /// <summary>The words of a command line, as a shell sees them.</summary>
    private static async Task<string[]> WordsOfAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"printf '%s\\n' {command}"]) { RedirectStandardOutput = true })!;
        var words = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return words.TrimEnd('\n').Split('\n');
    }
}
