using System.Text.Json;

namespace ActorImaging.Cli.Tests.Jobs;

/// <summary>Runs that are ended with kill -9, and gone on with.</summary>
public sealed class KilledRunSpecs : IDisposable
{
    private const int Images = 24;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_end_with_the_outputs_of_a_run_that_was_not_killed_and_each_task_in_the_log_once()
    {
        for (var seed = 0; seed < Images; seed++)
        {
            Picture.Write(_folder.File($"in/{seed % 3}/{seed:00}.png"), width: 800, height: 600, seed: seed);
        }

        await FinishAsync("whole");
        foreach (var moreDone in new[] { 4, 1, 6 })
        {
            await KillAsync("out", moreDone);
        }

        var last = await FinishAsync("out", "--job-log", _folder.File("job.jsonl"), "--resume");

        Assert.Equal((0, string.Empty), (last.ExitCode, last.Error));
        Assert.Equal(_folder.FilesOf("whole"), _folder.FilesOf("out")); // no half-written file among them
        Assert.All(_folder.FilesOf("whole"), name => Assert.Equal(
            File.ReadAllBytes(_folder.File(Path.Combine("whole", name))), File.ReadAllBytes(_folder.File(Path.Combine("out", name)))));
        var records = File.ReadAllLines(_folder.File("job.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("output").GetString());
        Assert.Equal(_folder.FilesOf("whole"), records.Order(StringComparer.Ordinal));
    }

    private async Task KillAsync(string folder, int moreDone)
    {
        using var program = CliRun.Start(Arguments(folder, "--json", "--job-log", _folder.File("job.jsonl"), "--resume"));
        for (var done = 0; done < moreDone; done++)
        {
            Assert.Contains("\"state\":\"Succeeded\"", await program.Output.ReadLineAsync(), StringComparison.Ordinal);
        }

        await program.KillAsync();
    }

    private Task<CliRun> FinishAsync(string folder, params string[] options) => CliRun.RunAsync(Arguments(folder, ["--quiet", .. options]));

    private string[] Arguments(string folder, params string[] options) =>
    [
        "process", _folder.File("in"), "--recursive", "--out", _folder.File(folder),
        "--op", "blur:6+sharpen", "--set", "actor-imaging.engine=magick", // slow enough to be killed in the middle
        .. options,
    ];
}
