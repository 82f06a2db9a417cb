using System.Diagnostics;
using System.Text.Json;

namespace ActorImaging.Cli.Tests.Processing;

public sealed class ProcessCommandSpecs : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string In => _folder.File("in");

    private string Out => _folder.File("out");

    public async Task InitializeAsync()
    {
        await CliRun.RunAsync("generate", "--out", In, "--images", "2", "--size", "60x40");
        await CliRun.RunAsync("generate", "--out", Path.Combine(In, "deep", "er"), "--images", "1", "--size", "30x20");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_keep_the_tree_of_a_folder()
    {
        var run = await CliRun.RunAsync("process", In, "--recursive", "--out", Out, "--op", "resize:30x", "--quiet");

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal(["crimson-60x40.png", "deep/er/crimson-30x20.png", "ocean-60x40.png"], Outputs());
        Assert.StartsWith("3 tasks: 3 succeeded, 0 failed, 0 timed out, 0 skipped, 0 cancelled", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_write_every_variant_of_a_source()
    {
        var run = await CliRun.RunAsync(
            "process", Path.Combine(In, "**", "crimson*.png"), "--out", Out, "--quiet",
            "--variant", "small=resize:10x+sharpen,format=webp,quality=50", "--variant", "gray=grayscale,format=jpg");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            ["crimson-60x40-gray.jpg", "crimson-60x40-small.webp", "deep/er/crimson-30x20-gray.jpg", "deep/er/crimson-30x20-small.webp"], Outputs());
    }

    [Fact]
    public async Task Should_do_the_others_when_some_fail_and_list_them()
    {
        File.WriteAllText(Path.Combine(In, "text.png"), "no image");
        File.WriteAllBytes(Path.Combine(In, "empty.png"), []);

        var run = await CliRun.RunAsync("process", In, Path.Combine(In, "missing.png"), "--out", Out, "--op", "flip", "--quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["crimson-60x40.png", "ocean-60x40.png"], Outputs());
        Assert.Contains($"failed Unsupported: source '{Path.Combine(In, "text.png")}' is not in a format that can be handled", run.Output, StringComparison.Ordinal);
        Assert.Contains($"failed SourceMissing: source '{Path.Combine(In, "missing.png")}' does not exist", run.Output, StringComparison.Ordinal);
        Assert.Contains("5 tasks: 2 succeeded, 3 failed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_take_a_file_once_however_often_it_is_reached()
    {
        var file = Path.Combine(In, "ocean-60x40.png");
        File.WriteAllText(_folder.File("list"), $"{file}\0{Path.Combine(In, "deep", "..", "ocean-60x40.png")}\0");

        var run = await CliRun.RunAsync("process", In, In, file, "--from-file", _folder.File("list"), "--out", Out, "--quiet");

        Assert.StartsWith("2 tasks: 2 succeeded", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_two_tasks_with_one_output_and_name_both_inputs()
    {
        var (first, second) = (Path.Combine(In, "crimson-60x40.png"), Path.Combine(_folder.Path, "crimson-60x40.png"));
        File.Copy(first, second);

        var run = await CliRun.RunAsync("process", first, second, "--out", Out);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"error: output: expected one for each task, but '{first}' and '{second}' would both be written to ", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public async Task Should_refuse_to_overwrite_an_input_unless_asked()
    {
        var file = Path.Combine(In, "ocean-60x40.png");

        var refused = await CliRun.RunAsync("process", file, "--out", In, "--op", "resize:10x10");
        var before = File.ReadAllBytes(file);
        var asked = await CliRun.RunAsync("process", file, "--in-place", "--op", "resize:10x10", "--quiet");

        Assert.Equal((2, 0), (refused.ExitCode, asked.ExitCode));
        Assert.Contains("would be overwritten by its own result (--in-place allows it)", refused.Error, StringComparison.Ordinal);
        Assert.NotEqual(before, File.ReadAllBytes(file));
    }

    [Fact]
    public async Task Should_leave_other_files_alone_when_results_in_place_have_another_format()
    {
        File.WriteAllText(Path.Combine(In, "ocean-60x40.jpg"), "something else");

        var run = await CliRun.RunAsync("process", Path.Combine(In, "*.png"), "--in-place", "--format", "jpg", "--quiet");

        Assert.StartsWith("2 tasks: 1 succeeded, 0 failed, 0 timed out, 1 skipped", run.Output, StringComparison.Ordinal);
        Assert.Equal("something else", File.ReadAllText(Path.Combine(In, "ocean-60x40.jpg")));
        Assert.True(File.Exists(Path.Combine(In, "crimson-60x40.jpg")));
    }

    [Fact]
    public async Task Should_tell_outputs_apart_by_the_extensions_of_their_sources()
    {
        File.Copy(Path.Combine(In, "ocean-60x40.png"), Path.Combine(In, "ocean-60x40.bmp"));

        var refused = await CliRun.RunAsync("process", Path.Combine(In, "ocean*"), "--out", Out, "--format", "webp");
        var named = await CliRun.RunAsync("process", Path.Combine(In, "ocean*"), "--out", Out, "--format", "webp", "--name", "{name}.{from}{ext}", "--quiet");

        Assert.Equal((2, 0), (refused.ExitCode, named.ExitCode));
        Assert.Equal(["ocean-60x40.bmp.webp", "ocean-60x40.png.webp"], Outputs());
    }

    [Fact]
    public async Task Should_finish_what_is_in_flight_and_end_with_130_when_it_is_stopped()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // no signal can be sent to one process there
        }

        await CliRun.RunAsync("generate", "--out", In, "--images", "4", "--size", "1500x1500");
        var variants = Enumerable.Range(1, 40).SelectMany(sigma => new[] { "--variant", $"{sigma}=blur:{sigma}" });
        using var program = CliRun.Start(
            ["process", In, "--out", Out, "--json", "--set", "actor-imaging.window-tasks=1", "--processors", "1", .. variants]);
        var first = await program.Output.ReadLineAsync();

        using var kill = Process.Start("kill", ["-TERM", $"{program.Id}"]);
        var run = await program.FinishAsync();

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("Stopping: what is in flight is finished.", run.Error, StringComparison.Ordinal);
        var tasks = run.Output.TrimEnd().Split('\n').Prepend(first!).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        var written = tasks[..^1].Where(task => task.GetProperty("state").GetString() == "Succeeded").Select(task => task.GetProperty("output").GetString());
        Assert.Equal(written.Order(StringComparer.Ordinal), Directory.GetFiles(Out).Order(StringComparer.Ordinal));
        Assert.InRange(tasks[^1].GetProperty("succeeded").GetInt32(), 1, 230);
    }

    [Fact]
    public async Task Should_skip_what_is_there_unless_told_otherwise()
    {
        await CliRun.RunAsync("process", In, "--out", Out, "--quiet");

        var again = await CliRun.RunAsync("process", In, "--out", Out, "--quiet");
        var always = await CliRun.RunAsync("process", In, "--out", Out, "--quiet", "--overwrite", "always");
        var newer = await CliRun.RunAsync("process", In, "--out", Out, "--quiet", "--overwrite", "newer");
        var smaller = await CliRun.RunAsync("process", In, "--out", Out, "--quiet", "--overwrite", "smaller");
        File.SetLastWriteTimeUtc(Path.Combine(In, "ocean-60x40.png"), DateTime.UtcNow.AddMinutes(1));
        var touched = await CliRun.RunAsync("process", In, "--out", Out, "--quiet", "--overwrite", "newer");
        File.AppendAllText(Path.Combine(Out, "ocean-60x40.png"), "more");
        var shrunk = await CliRun.RunAsync("process", In, "--out", Out, "--quiet", "--overwrite", "smaller");

        Assert.StartsWith("2 tasks: 0 succeeded, 0 failed, 0 timed out, 2 skipped", again.Output, StringComparison.Ordinal);
        Assert.StartsWith("2 tasks: 2 succeeded", always.Output, StringComparison.Ordinal);
        Assert.StartsWith("2 tasks: 0 succeeded, 0 failed, 0 timed out, 2 skipped", newer.Output, StringComparison.Ordinal);
        Assert.StartsWith("2 tasks: 0 succeeded, 0 failed, 0 timed out, 2 skipped", smaller.Output, StringComparison.Ordinal);
        Assert.StartsWith("2 tasks: 1 succeeded, 0 failed, 0 timed out, 1 skipped", touched.Output, StringComparison.Ordinal);
        Assert.StartsWith("2 tasks: 1 succeeded, 0 failed, 0 timed out, 1 skipped", shrunk.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_leave_an_output_folder_within_the_input_folder_alone()
    {
        var within = Path.Combine(In, "out");
        await CliRun.RunAsync("process", In, "--recursive", "--out", within, "--quiet");

        var again = await CliRun.RunAsync("process", In, "--recursive", "--out", within, "--quiet", "--overwrite", "always");

        Assert.StartsWith("3 tasks: 3 succeeded", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_not_follow_a_loop_of_links()
    {
        Directory.CreateSymbolicLink(Path.Combine(In, "deep", "loop"), In);

        var run = await CliRun.RunAsync("process", In, "--recursive", "--out", Out, "--quiet");

        Assert.StartsWith("3 tasks: 3 succeeded", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a name with spaces.png")]
    [InlineData("quote'\"s.png")]
    [InlineData("-leading-dash.png")]
    [InlineData("ünïcödé 漢字.png")]
    [InlineData("brackets[0]{x}.png")]
    [InlineData("line\nend.png")]
    [InlineData("@at.png")]
    public async Task Should_take_any_name(string name)
    {
        var odd = _folder.File("odd");
        Directory.CreateDirectory(odd);
        File.Copy(Path.Combine(In, "ocean-60x40.png"), Path.Combine(odd, name));

        var run = await CliRun.RunAsync("process", odd, "--out", Out, "--quiet");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal([name], Outputs());
    }

    [Fact]
    public async Task Should_write_an_object_for_each_task_and_then_the_summary()
    {
        var run = await CliRun.RunAsync("process", In, "--out", Out, "--op", "blur:1", "--json");

        var lines = run.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(["task", "task", "summary"], lines.Select(line => line.GetProperty("type").GetString()));
        Assert.All(lines, line => Assert.Equal(1, line.GetProperty("schema").GetInt32()));
        Assert.All(lines[..2], line =>
        {
            Assert.Equal("Succeeded", line.GetProperty("state").GetString());
            Assert.Equal(new FileInfo(line.GetProperty("output").GetString()!).Length, line.GetProperty("outputBytes").GetInt64());
        });
        Assert.Equal(2, lines[2].GetProperty("succeeded").GetInt32());
    }

    [Fact]
    public async Task Should_stop_after_as_many_failures_as_are_allowed()
    {
        for (var number = 0; number < 200; number++)
        {
            File.WriteAllText(Path.Combine(In, $"bad-{number}.png"), "no image");
        }

        var run = await CliRun.RunAsync("process", In, "--out", Out, "--quiet", "--fail-fast", "--set", "actor-imaging.window-tasks=2");

        Assert.Equal(1, run.ExitCode);
        Assert.Matches("^failed ", run.Output);
        Assert.True(run.Output.Split("failed Unsupported").Length < 20, run.Output);
    }

    [Fact]
    public async Task Should_go_on_until_more_fail_than_are_allowed()
    {
        File.WriteAllText(Path.Combine(In, "bad-1.png"), "no image");
        File.WriteAllText(Path.Combine(In, "bad-2.png"), "no image");

        var run = await CliRun.RunAsync("process", In, "--out", Out, "--quiet", "--max-failures", "3");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("4 tasks: 2 succeeded, 2 failed, 0 timed out, 0 skipped, 0 cancelled", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_only_print_the_plan_when_dry()
    {
        var run = await CliRun.RunAsync("process", In, "--out", Out, "--op", "grayscale", "--dry-run");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"{Path.Combine(In, "ocean-60x40.png")} -> {Path.Combine(Out, "ocean-60x40.png")} (auto-orient+grayscale; png=fast)", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Theory]
    [InlineData("jpg", "quality=70 chroma=4:4:4 progressive=true")]
    [InlineData("webp", "quality=70 method=4")]
    [InlineData("avif", "quality=70 chroma=4:4:4 speed=6")]
    [InlineData("jxl", "quality=70 effort=7")]
    [InlineData("png", "png=fast")]
    public async Task Should_print_how_outputs_are_encoded(string format, string expected)
    {
        var run = await CliRun.RunAsync("process", In, "--out", Out, "--format", format, "--quality", "70", "--chroma", "4:4:4", "--progressive", "--dry-run");

        Assert.EndsWith($" (auto-orient; {expected})", run.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error: --out: expected a folder for outputs, or --in-place instead of one, but received neither", "x.png")]
    [InlineData("error: --out: expected a folder for outputs, or --in-place instead of one, but received both", "x.png", "--out", "o", "--in-place")]
    [InlineData("error: input: expected files, folders or patterns, but there is none", "--out", "o")]
    [InlineData("error: input: expected a pattern that matches files, but there is none for 'nothing*.png'", "nothing*.png", "--out", "o")]
    [InlineData("error: --chroma: expected one of 4:2:0, 4:2:2, 4:4:4, but received '4:1:1'", "x.png", "--out", "o", "--chroma", "4:1:1")]
    [InlineData("error: --variant: expected NAME=OPERATIONS, such as small=resize:800x+sharpen,format=webp,quality=80, but received 'small'", "x.png", "--out", "o", "--variant", "small")]
    [InlineData("error: --variant: expected a name for each, but received 'a' twice", "x.png", "--out", "o", "--variant", "a=flip", "--variant", "a=flop")]
    [InlineData("error: --format: expected one of png, apng, jpg, jpeg, webp, gif, tif, tiff, bmp, avif, jxl, but received 'svg'", "x.png", "--out", "o", "--format", "svg")]
    [InlineData("error: --quality: expected a whole number from 1 to 100, but received '0'", "x.png", "--out", "o", "--quality", "0")]
    [InlineData("error: --name: expected {dir}, {name}, {variant}, {ext} or {from}, but received '{file}'", "x.png", "--out", "o", "--name", "{file}")]
    [InlineData("error: --name: expected a name below the folder of --out, but received '../{name}{ext}'", "x.png", "--out", "o", "--name", "../{name}{ext}")]
    [InlineData("error: --name: expected {ext} or an extension such as .jpg at its end, but received '{name}'", "x.png", "--out", "o", "--name", "{name}")]
    [InlineData("error: --name: expected {ext} or an extension of WebP at its end, which is the format that was asked for, but received '{name}.jpg'", "x.png", "--out", "o", "--name", "{name}.jpg", "--format", "webp")]
    [InlineData("error: --in-place: expected one result for each input, which takes its name, but --name gives it others (--out takes those)", "x.png", "--in-place", "--name", "{name}-small{ext}")]
    [InlineData("error: --in-place: expected one result for each input, which takes its name, but --variant gives it others (--out takes those)", "x.png", "--in-place", "--variant", "small=resize:10x")]
    [InlineData("error: expected arguments with something in them, but one is empty (a variable of the shell that is not set?)", "", "--out", "o")]
    [InlineData("error: expected arguments with something in them, but one is empty (a variable of the shell that is not set?)", "x.png", "--out", "")]
    [InlineData("error: --from-file: expected a readable list of files, but Could not find file '/nowhere.txt'.", "--out", "o", "--from-file", "/nowhere.txt")]
    public async Task Should_refuse_what_it_cannot_use(string message, params string[] arguments)
    {
        var run = await CliRun.RunAsync(["process", .. arguments]);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal([message, "See 'actor-imaging process --help'."], run.Error.TrimEnd().Split(Environment.NewLine));
    }

    private IEnumerable<string> Outputs() => Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Out, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);
}
