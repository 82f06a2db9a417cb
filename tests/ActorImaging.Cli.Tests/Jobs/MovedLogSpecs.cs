using System.Diagnostics;
using System.Text.Json;

namespace ActorImaging.Cli.Tests.Jobs;

/// <summary>Logs that somebody cuts short, moves or removes while they are written.</summary>
public sealed class MovedLogSpecs : IDisposable
{
    private const int Images = 6;

    private readonly TemporaryFolder _folder = new();

    public MovedLogSpecs()
    {
        for (var seed = 0; seed < Images; seed++)
        {
            Picture.Write(_folder.File($"in/{seed:00}.png"), width: 600, height: 400, seed: seed);
        }
    }

    private string Log => _folder.File("job.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_go_on_at_the_end_of_a_log_that_was_cut_short()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await RunAsync(() => // as who asks for no lock does
        {
            using var truncate = Process.Start("truncate", ["--size=0", Log]);
            truncate.WaitForExit();
        });

        Assert.Equal((0, $"warning: job log '{Log}' was cut short while it was written: --resume knows nothing of what it has lost"), (run.ExitCode, run.Error.TrimEnd()));
        Assert.DoesNotContain('\0', File.ReadAllText(Log));
        Assert.InRange(Records().Length, 1, Images - 1);
    }

    [Fact]
    public async Task Should_make_a_log_again_that_was_moved_with_all_that_was_in_it()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await RunAsync(() => File.Move(Log, Log + ".1"));

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal(Images, Records().Distinct().Count());
    }

    [Fact]
    public async Task Should_make_a_log_again_that_was_removed_and_begun_anew()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await RunAsync(() =>
        {
            File.Delete(Log);
            File.WriteAllText(Log, string.Empty);
        });

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal(Images, Records().Distinct().Count());
    }

    [Fact]
    public async Task Should_say_that_another_file_has_its_name_and_leave_that_alone()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await RunAsync(() =>
        {
            File.Delete(Log);
            File.WriteAllText(Log, "notes");
        });

        Assert.Equal((1, "notes"), (run.ExitCode, File.ReadAllText(Log)));
        Assert.Equal($"error: job log '{Log}' can't be written: another file has come up under its name", run.Error.TrimEnd());
    }

    /// <summary>Runs a batch, and does something to its log when the first task has ended.</summary>
    private async Task<CliRun> RunAsync(Action meanwhile)
    {
        using var program = CliRun.Start(
            "process", _folder.File("in"), "--out", _folder.File("out"), "--quiet", "--json", "--job-log", Log,
            "--op", "blur:6+sharpen", "--set", "actor-imaging.engine=magick"); // slow enough to be in the middle of it
        Assert.Contains("\"state\":\"Succeeded\"", await program.Output.ReadLineAsync(), StringComparison.Ordinal);
        meanwhile();
        return await program.FinishAsync();
    }

    private string[] Records() => [.. File.ReadAllLines(Log).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("output").GetString()!)];
}
