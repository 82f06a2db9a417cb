namespace ActorImaging.Cli.Tests;

/// <summary>A process may open so many files and no more: with enough of them it runs, with fewer it says what it needs.</summary>
public sealed class FileDescriptorsSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FileDescriptorsSpecs() => Picture.Write(_folder.File("in/a.png"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(128)]
    [InlineData(64)]
    [InlineData(40)]
    [InlineData(30)]
    public async Task Should_say_how_many_files_it_needs_where_it_may_open_too_few(int limit)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await CliRun.RunScriptAsync(_folder.Path, $"ulimit -n {limit}; cli process in --out out");

        Assert.Equal((2, string.Empty), (run.ExitCode, run.Output));
        Assert.Equal($"error: open files: expected a limit of at least {Needed}, but it is {limit} (ulimit -n {Needed} raises it)", run.Error.TrimEnd());
        Assert.Empty(_folder.FilesOf("out"));
    }

    [Fact]
    public async Task Should_run_with_as_many_as_it_says()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await CliRun.RunScriptAsync(_folder.Path, $"ulimit -n {Needed}; cli process in --out out --op blur:2 --format webp --job-log log && cli bench --input in --rounds 1 --work-dir .");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["a.webp"], _folder.FilesOf("out"));
    }

    private static int Needed => 192 + (4 * Environment.ProcessorCount);
}
