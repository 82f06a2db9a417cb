using System.Globalization;

namespace ActorImaging.Cli.Tests;

/// <summary>Damaged files of every format end in a stated way: for a few seconds here, for a minute in <c>.ci/run</c>, for as long as you like by hand.</summary>
public sealed class FuzzSpecs : IDisposable
{
    private const string SecondsVariable = "FUZZ_SECONDS";
    private const string FewSeconds = "5";

    private readonly TemporaryFolder _folder = new();

    private static string FuzzProgram { get; } = Repository.OutputOf("tests", "ActorImaging.Fuzz");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_end_damaged_files_in_a_stated_way()
    {
        var seconds = Environment.GetEnvironmentVariable(SecondsVariable) ?? FewSeconds;
        var seed = Environment.TickCount.ToString(CultureInfo.InvariantCulture); // other files in each run; it is printed where one is found

        var run = await CliRun.RunProgramAsync(TimeSpan.FromSeconds(60 + int.Parse(seconds, CultureInfo.InvariantCulture)), _folder.Path, FuzzProgram, seconds, seed);

        Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}\n{run.Output}\n{run.Error}\n{LeftFiles()}");
        Assert.Contains("findings 0,", run.Output, StringComparison.Ordinal);
        Assert.Contains("pixel buffers left 0 bytes", run.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch("^0 executions", run.Output);
    }

    /// <summary>Once in CI, the folder is gone afterwards: small files can be had again from the message.</summary>
    private string LeftFiles() => string.Join('\n', Directory
        .EnumerateFiles(_folder.Path, "*.bin", SearchOption.AllDirectories)
        .Select(path => $"{Path.GetFileName(path)} {Convert.ToBase64String(File.ReadAllBytes(path))}"));
}
