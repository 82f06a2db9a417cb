using System.Diagnostics;

namespace ActorImaging.Cli.Tests;

/// <summary>Ctrl-C and SIGTERM before the work has begun.</summary>
public sealed class StopSignalsSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>By SIGTERM: SIGINT is handled by the same, and ignored where these specs run in the background of a shell.</summary>
    [Fact]
    public async Task Should_end_with_a_notice_while_the_plan_is_checked()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await RunAsync("mkfifo", _folder.File("list"));
        using var program = CliRun.StartIn(_folder.Path, "process", "--from-file", "list", "--out", "out");
        await using var list = new FileStream(_folder.File("list"), FileMode.Open, FileAccess.Write); // opens once the program reads it

        await RunAsync("kill", "-TERM", $"{program.Id}");
        var run = await program.FinishAsync();

        Assert.Equal((130, "Stopped: nothing was begun."), (run.ExitCode, run.Error.TrimEnd()));
    }

    private static async Task RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        await process.WaitForExitAsync();
    }
}
