namespace ActorImaging.Cli.Tests;

/// <summary>Standard input, output and error that are closed, full or not listened to: what only reports ends no batch.</summary>
public sealed class StandardStreamsSpecs : IDisposable
{
    private const string Full = "No space left on device";
    private const string Closed = "it is closed";

    private static readonly string[] Names = ["a.png", "b.png", "c.png", "d.png"];

    private readonly TemporaryFolder _folder = new();

    public StandardStreamsSpecs()
    {
        foreach (var (seed, name) in Names.Index())
        {
            Picture.Write(_folder.File($"in/{name}"), seed: seed);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full --json")]
    [InlineData("2>&- >&- <&-")]
    public async Task Should_go_on_to_the_end_when_standard_error_cannot_be_written(string redirection)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await CliRun.RunScriptAsync(_folder.Path, $"cli process in --out out --op flip --job-log log {redirection}");

        Assert.Equal((1, string.Empty), (run.ExitCode, run.Error)); // it says so by the exit code alone
        Assert.Equal(Names, _folder.FilesOf("out"));
        Assert.Equal(Names.Length, File.ReadAllLines(_folder.File("log")).Length);
    }

    [Theory]
    [InlineData("process in --out out --op flip --quiet", ">/dev/full", Full)]
    [InlineData("process in --out out --op flip --quiet", ">&-", Closed)]
    [InlineData("process in --out out --op flip --quiet --json", ">/dev/full", Full)]
    [InlineData("process in --out out --op flip --quiet --json", ">&-", Closed)]
    [InlineData("process in --out out --op flip --quiet --json", "| true; exit ${PIPESTATUS[0]}", "Broken pipe")]
    [InlineData("process in --out dry --op flip --dry-run", ">/dev/full", Full)]
    [InlineData("process in --out dry --op flip --dry-run --json", ">/dev/full", Full)]
    [InlineData("generate --out out --images 2 --size 8x8", ">/dev/full", Full)]
    [InlineData("bench --input in --rounds 1 --operations flip --work-dir . --quiet", ">/dev/full", Full)]
    [InlineData("bench --input in --rounds 1 --operations flip --work-dir . --quiet --json", ">/dev/full", Full)]
    [InlineData("process --help", ">/dev/full", Full)]
    public async Task Should_say_once_that_standard_output_cannot_be_written_and_do_all_the_same(string command, string redirection, string reason)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await CliRun.RunScriptAsync(_folder.Path, $"cli {command} {redirection}");

        Assert.Equal((1, $"error: standard output can't be written: {reason}"), (run.ExitCode, run.Error.TrimEnd()));
        Assert.Equal(command.Contains("process in --out out", StringComparison.Ordinal) ? Names.Length : command.StartsWith("generate", StringComparison.Ordinal) ? 2 : 0, _folder.FilesOf("out").Length);
    }

    [Fact]
    public async Task Should_need_no_stream_that_it_has_nothing_to_say_on()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await CliRun.RunScriptAsync(_folder.Path, "cli process in --out out --op flip --quiet 2>&- <&-");

        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Should_keep_what_both_streams_write_to_one_file()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await CliRun.RunScriptAsync(_folder.Path, "echo before > both; cli process in --out out --op flip >> both 2>&1");

        var lines = File.ReadAllLines(_folder.File("both"));
        Assert.Equal("before", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("processing, ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("4 tasks: 4 succeeded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_not_wait_for_names_on_a_standard_input_that_is_closed()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await CliRun.RunScriptAsync(_folder.Path, $"timeout 20 dotnet exec '{CliRun.ProgramPath}' process --from-file - --out out <&-");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: --from-file: expected a list of files on standard input, but it is closed", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("akka.loglevel=DEBUG")]
    [InlineData("akka.stdout-loglevel=DEBUG")]
    public async Task Should_keep_what_the_actor_system_logs_off_standard_output(string assignment)
    {
        var run = await CliRun.RunInAsync(_folder.Path, "process", "in", "--out", "out", "--quiet", "--json", "--set", assignment);

        Assert.Equal(0, run.ExitCode);
        Assert.All(run.Output.TrimEnd().Split('\n'), line => Assert.StartsWith("{", line, StringComparison.Ordinal));
    }
}
