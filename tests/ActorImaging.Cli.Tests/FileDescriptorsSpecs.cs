namespace ActorImaging.Cli.Tests;

/// <summary>A process may open so many files and no more: with enough of them it runs, with fewer it says what it needs.</summary>
public sealed class FileDescriptorsSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FileDescriptorsSpecs() => Picture.Write(_folder.File("in/a.png"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(128)]
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
        Assert.Equal($"error: open files: expected a limit of at least 196 for 1 processor, but it is {limit}: raise it (ulimit -n 196)", run.Error.TrimEnd());
        Assert.Empty(_folder.FilesOf("out"));
    }

    [Fact]
    public async Task Should_say_how_many_files_so_many_processors_need()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await CliRun.RunScriptAsync(_folder.Path, "ulimit -n 230; cli process in --out out --processors 10");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(
            "error: open files: expected a limit of at least 232 for 10 processors, but it is 230: raise it (ulimit -n 232), or take fewer processors (--processors)", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 196)]
    public async Task Should_run_with_as_many_as_it_says(int processors, int limit)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await CliRun.RunScriptAsync(
            _folder.Path,
            $"ulimit -n {limit}; cli process in --out out --op blur:2 --format webp --job-log log --processors {processors} && cli bench --input in --rounds 1 --work-dir . --processors {processors}");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["a.webp"], _folder.FilesOf("out"));
    }
}
