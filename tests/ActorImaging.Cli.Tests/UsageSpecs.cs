namespace ActorImaging.Cli.Tests;

/// <summary>Bad arguments and configurations: a message on standard error, exit code 2, and nothing begun.</summary>
public sealed class UsageSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("error: --size: expected WIDTHxHEIGHT in pixels, each from 1 to 30000, such as 4000x3000, but received 'big'", "--size", "big")]
    [InlineData("error: --rounds: expected a whole number from 1 to 100, but received '0'", "--rounds", "0")]
    [InlineData("error: --images: expected a whole number from 1 to 1000, but received '-1'", "--images", "-1")]
    [InlineData("error: resize: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, or 800x, x600, 50%, then @inside, @cover, @contain or @no-upscale, but received '800by600'", "--operations", "resize:800by600")]
    [InlineData("error: actor-imaging.processors: expected auto or a whole number from 1 to 1024, but received '0'", "--processors", "0")]
    [InlineData("error: --set: expected KEY=VALUE, such as actor-imaging.processors=4, but received 'x'", "--set", "x")]
    [InlineData("error: actor-imaging.proccessors: there is no such key; did you mean actor-imaging.processors?", "--set", "actor-imaging.proccessors=2")]
    [InlineData("error: --input: expected a folder of images, but there is no folder '/nowhere'", "--input", "/nowhere")]
    [InlineData("error: configuration file '/nowhere.conf': expected a readable HOCON file, but Could not find file '/nowhere.conf'.", "--config", "/nowhere.conf")]
    [InlineData("error: Unrecognized command or argument '--colour'.", "--colour")]
    public async Task Should_refuse_what_the_bench_cannot_use(string message, params string[] arguments)
    {
        var run = await CliRun.RunAsync(["bench", "--work-dir", _folder.Path, .. arguments]);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal([message, "See 'actor-imaging bench --help'."], run.Error.TrimEnd().Split(Environment.NewLine));
        Assert.Empty(run.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Should_name_all_faults_of_a_configuration_file()
    {
        File.WriteAllText(_folder.File("bad.conf"), "actor-imaging { engine = paint, max-attempts = -1 }\nimaging-dispatcher.dedicated-thread-pool.thread-count = 4096");

        var run = await CliRun.RunAsync("bench", "--config", _folder.File("bad.conf"));

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(4, run.Error.TrimEnd().Split(Environment.NewLine).Length);
        Assert.Contains("imaging-dispatcher.dedicated-thread-pool.thread-count: expected auto or a whole number from 1 to", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("akka.loglevel=FOO")]
    [InlineData("imaging-dispatcher.throughput=foo")]
    [InlineData("akka.coordinated-shutdown.phases.service-requests-done.timeout=foo")]
    public async Task Should_refuse_what_the_actor_system_does_not_start_with(string assignment)
    {
        var run = await CliRun.RunAsync("bench", "--size", "20x20", "--set", assignment, "--work-dir", _folder.Path);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error: the actor system can't be started with this configuration: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Should_say_that_there_is_no_image()
    {
        var run = await CliRun.RunAsync("bench", "--input", _folder.Path);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: --input: expected images (.png, ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_name_an_input_that_is_no_image()
    {
        File.WriteAllText(_folder.File("text.png"), "text");

        var run = await CliRun.RunAsync("bench", "--input", _folder.Path);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"error: --input: expected images only, but source '{_folder.File("text.png")}' is not in a format that can be handled: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_a_work_folder_that_cannot_be_written_to()
    {
        File.WriteAllText(_folder.File("file"), "");

        var run = await CliRun.RunAsync("bench", "--size", "10x10", "--work-dir", _folder.File(Path.Combine("file", "work")));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: --work-dir: expected a folder that can be written to, but ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_before_any_work_when_space_is_short()
    {
        var run = await CliRun.RunAsync("bench", "--size", "30000x30000", "--images", "1000", "--work-dir", _folder.Path);

        Assert.Equal(2, run.ExitCode);
        Assert.Matches("^error: --work-dir: expected [0-9.]+ GB of free space for images and outputs, but '.*' has [0-9.]+ GB; ", run.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Should_show_help_and_ask_for_a_command_when_there_is_none()
    {
        var run = await CliRun.RunAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("bench", run.Error, StringComparison.Ordinal);
        Assert.Contains("See 'actor-imaging --help'.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bench")]
    [InlineData("generate")]
    public async Task Should_show_examples_in_help(string command)
    {
        var run = await CliRun.RunAsync(command, "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"{Environment.NewLine}Examples:{Environment.NewLine}  actor-imaging {command} ", run.Output, StringComparison.Ordinal);
    }
}
