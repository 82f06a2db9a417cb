namespace ActorImaging.Cli.Tests;

/// <summary>A folder for temporary files that is not there or can't be written to, as in a container that is read-only.</summary>
public sealed class TemporaryFolderSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TemporaryFolderSpecs() => Picture.Write(_folder.File("in/a.png"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/nowhere", "process in --out out")]
    [InlineData("/proc", "process in --out out")] // which not even root can write to
    [InlineData("/nowhere", "process --from-file - --out out")]
    [InlineData("/nowhere", "bench --input in --work-dir .")]
    [InlineData("/proc/none", "bench --input in")]
    public async Task Should_name_the_folder_and_what_to_do(string temporary, string command)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await CliRun.RunScriptAsync(_folder.Path, $"export TMPDIR={temporary}; echo in/a.png | cli {command}");

        Assert.Equal(2, run.ExitCode);
        Assert.Matches($"^error: (temporary files|--work-dir): expected a folder that can be written to, but .*'{temporary}.* \\((TMPDIR|--work-dir) names another\\)", run.Error);
        Assert.Empty(_folder.FilesOf("out"));
    }
}
