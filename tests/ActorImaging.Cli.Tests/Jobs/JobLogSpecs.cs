using System.Text.Json;

namespace ActorImaging.Cli.Tests.Jobs;

/// <summary>What a batch remembers, and what a later run makes of it.</summary>
public sealed class JobLogSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Log => _folder.File("job.jsonl");

    public JobLogSpecs()
    {
        foreach (var (seed, name) in new[] { "a", "b", "c" }.Index())
        {
            Picture.Write(In(name), seed: seed);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_enter_each_task_with_fingerprint_operations_output_and_result()
    {
        File.WriteAllText(In("bad"), "no image");

        await RunAsync();

        var records = Records();
        Assert.Equal(["a.png", "b.png", "bad.png", "c.png"], records.Select(record => Text(record, "output")).Order(StringComparer.Ordinal));
        var done = records.Single(record => Text(record, "output") == "a.png");
        Assert.Equal(("Succeeded", "auto-orient+resize:10x", In("a")), (Text(done, "state"), Text(done, "operations"), Text(done, "source")));
        Assert.Equal("png=fast metadata=keep profile=keep frames=first on-warning=fail engine=accelerated", Text(done, "settings"));
        Assert.Equal(new FileInfo(In("a")).Length, done.GetProperty("sourceBytes").GetInt64());
        Assert.Equal(new FileInfo(Out("a")).Length, done.GetProperty("outputBytes").GetInt64());
        Assert.Equal(File.GetLastWriteTimeUtc(Out("a")), done.GetProperty("outputModified").GetDateTime());
        Assert.Equal(Digest(In("a")), Text(done, "sourceDigest"));
        Assert.Equal(Digest(Out("a")), Text(done, "outputDigest"));
        var failed = records.Single(record => Text(record, "output") == "bad.png");
        Assert.Equal(("Failed", "Unsupported"), (Text(failed, "state"), Text(failed, "failureKind")));
        Assert.Contains("bad.png' is not in a format that can be handled", Text(failed, "failureReason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_leave_out_what_is_done_and_enter_nothing_for_it()
    {
        await RunAsync();
        var (before, written) = (File.ReadAllText(Log), File.GetLastWriteTimeUtc(Out("a")));

        var again = await RunAsync("--resume", "--overwrite", "always");

        Assert.Equal(0, again.ExitCode);
        Assert.StartsWith("0 tasks: ", again.Output, StringComparison.Ordinal);
        Assert.Contains("left out, by the job log: 3 done before, 0 failed before", again.Output, StringComparison.Ordinal);
        Assert.Equal((before, written), (File.ReadAllText(Log), File.GetLastWriteTimeUtc(Out("a"))));
    }

    [Fact]
    public async Task Should_count_what_is_left_out_for_programs()
    {
        File.WriteAllText(In("bad"), "no image");
        await RunAsync();

        var again = await RunAsync("--resume", "--json");

        var summary = JsonDocument.Parse(again.Output.TrimEnd()).RootElement;
        Assert.Equal((0, 3, 1), (summary.GetProperty("submitted").GetInt32(), summary.GetProperty("doneBefore").GetInt32(), summary.GetProperty("failedBefore").GetInt32()));
    }

    [Fact]
    public async Task Should_do_again_what_changed_even_at_the_same_length_and_time()
    {
        await RunAsync();
        var time = File.GetLastWriteTimeUtc(In("b"));
        var length = new FileInfo(In("b")).Length;
        Picture.Write(In("b"), seed: 1, change: image => image.Negate());
        Assert.Equal(length, new FileInfo(In("b")).Length); // noise does not compress
        File.SetLastWriteTimeUtc(In("b"), time);
        var before = File.ReadAllBytes(Out("b"));

        var again = await RunAsync("--resume");

        Assert.StartsWith("1 task: 1 succeeded", again.Output, StringComparison.Ordinal);
        Assert.NotEqual(before, File.ReadAllBytes(Out("b")));
        Assert.Equal("b.png", Text(Records()[^1], "output"));
    }

    [Fact]
    public async Task Should_trust_lengths_and_times_when_told_to()
    {
        await RunAsync();
        var time = File.GetLastWriteTimeUtc(In("b"));
        Picture.Write(In("b"), seed: 1, change: image => image.Negate());
        File.SetLastWriteTimeUtc(In("b"), time);
        File.SetLastWriteTimeUtc(In("c"), time.AddDays(1));

        var again = await RunAsync("--resume", "--trust-times");

        Assert.StartsWith("0 tasks: ", again.Output, StringComparison.Ordinal); // c was touched only, and its content tells so
    }

    [Fact]
    public async Task Should_do_all_again_with_other_operations_or_settings()
    {
        await RunAsync();

        var operations = await RunAsync("--resume", "--op", "flip");
        var settings = await RunAsync("--resume", "--op", "flip", "--png", "small");
        var without = await RunAsync("--resume", "--op", "flip", "--png", "small", "--quality", "50"); // which means nothing to PNG

        Assert.StartsWith("3 tasks: 3 succeeded", operations.Output, StringComparison.Ordinal);
        Assert.StartsWith("3 tasks: 3 succeeded", settings.Output, StringComparison.Ordinal);
        Assert.StartsWith("0 tasks: ", without.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_do_all_again_with_what_makes_other_bytes()
    {
        Picture.Write(In("d"), 80, 60, change: image => image.Format = ImageMagick.MagickFormat.Jpeg);
        string[] toThumbs = ["process", _folder.File("in"), "--out", _folder.File("out"), "--quiet", "--job-log", Log, "--variant", "s=resize:10x"];
        await CliRun.RunAsync(toThumbs);

        var engine = await CliRun.RunAsync([.. toThumbs, "--resume", "--dry-run", "--set", "actor-imaging.engine=magick"]);
        var load = await CliRun.RunAsync([.. toThumbs, "--resume", "--dry-run", "--set", "actor-imaging.shrink-on-load=off"]);
        var more = await CliRun.RunAsync([.. toThumbs, "--resume", "--dry-run", "--variant", "l=flip"]); // for which a JPEG is decoded whole

        Assert.Equal((4, 1, 4 + 1), (TasksOf(engine), TasksOf(load), TasksOf(more)));

        static int TasksOf(CliRun run) => run.Output.Split(" -> ").Length - 1;
    }

    [Fact]
    public async Task Should_look_again_at_what_was_over_a_limit()
    {
        await RunAsync("--set", "actor-imaging.limits.width=9");

        var raised = await RunAsync("--resume");

        Assert.StartsWith("3 tasks: 3 succeeded", raised.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_make_an_output_again_that_is_gone()
    {
        await RunAsync();
        File.Delete(Out("a"));

        var again = await RunAsync("--resume");

        Assert.StartsWith("1 task: 1 succeeded", again.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Out("a")));
    }

    [Fact]
    public async Task Should_not_replace_an_output_that_somebody_else_has_changed()
    {
        await RunAsync();
        File.WriteAllText(Out("a"), "retouched");
        Picture.Write(In("a"), seed: 9);

        var never = await RunAsync("--resume");
        var kept = File.ReadAllText(Out("a"));
        var always = await RunAsync("--resume", "--overwrite", "always");

        Assert.StartsWith("1 task: 0 succeeded, 0 failed, 0 timed out, 1 skipped", never.Output, StringComparison.Ordinal);
        Assert.Equal("retouched", kept);
        Assert.StartsWith("1 task: 1 succeeded", always.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_have_contents_on_the_disk_before_their_names_and_the_log_before_it_ends()
    {
        var traced = await CliRun.RunScriptAsync(
            _folder.Path,
            $"command -v strace >/dev/null || exit 77; strace -f -y -o trace -e trace=fsync,link,rename dotnet exec '{CliRun.ProgramPath}' process in --out out --quiet --job-log job.jsonl");
        if (traced.ExitCode == 77)
        {
            return; // nobody to watch it
        }

        var calls = File.ReadAllLines(_folder.File("trace"));
        var named = calls.Index().Where(call => call.Item.Contains("link(\"", StringComparison.Ordinal) && call.Item.Contains(".partial\"", StringComparison.Ordinal)).ToArray();
        Assert.Equal(3, named.Length);
        Assert.All(named, call =>
        {
            var partial = Path.GetFileName(call.Item.Split('"')[1]);
            Assert.Contains(calls[..call.Index], before => before.Contains("fsync(", StringComparison.Ordinal) && before.Contains(partial, StringComparison.Ordinal));
        });
        Assert.Contains(calls[named[^1].Index..], call => call.Contains("fsync(", StringComparison.Ordinal) && call.Contains("/out>", StringComparison.Ordinal));
        Assert.Contains(calls[named[^1].Index..], call => call.Contains("fsync(", StringComparison.Ordinal) && call.Contains("job.jsonl>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, false, true)]
    [InlineData(100, true, true)]
    [InlineData(0, false, false)]
    public async Task Should_make_an_output_again_that_a_power_failure_left_torn(int bytes, bool keepsTime, bool isInLog)
    {
        await RunAsync();
        var (whole, time) = (File.ReadAllBytes(Out("b")), File.GetLastWriteTimeUtc(Out("b")));
        File.WriteAllBytes(Out("b"), whole[..bytes]);
        File.SetLastWriteTimeUtc(Out("b"), keepsTime ? time : time.AddSeconds(3));
        File.WriteAllLines(Log, File.ReadAllLines(Log).Where(line => isInLog || !line.Contains("b.png", StringComparison.Ordinal)));

        var again = await RunAsync("--resume");

        Assert.StartsWith("1 task: 1 succeeded", again.Output, StringComparison.Ordinal);
        Assert.Equal(whole, File.ReadAllBytes(Out("b")));
    }

    [Fact]
    public async Task Should_leave_out_what_was_skipped_and_would_be_again()
    {
        await RunAsync();
        File.Delete(Log);
        await RunAsync();

        var never = await RunAsync("--resume");
        var always = await RunAsync("--resume", "--overwrite", "always");

        Assert.StartsWith("0 tasks: ", never.Output, StringComparison.Ordinal);
        Assert.StartsWith("3 tasks: 3 succeeded", always.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_know_sources_that_were_moved_and_see_when_names_were_swapped()
    {
        await RunAsync();
        Directory.Move(_folder.File("in"), _folder.File("moved"));
        var moved = await CliRun.RunAsync("process", _folder.File("moved"), "--out", _folder.File("out"), "--op", "resize:10x", "--quiet", "--job-log", Log, "--resume");
        Directory.Move(_folder.File("moved"), _folder.File("in"));
        File.Move(In("a"), In("x"));
        File.Move(In("b"), In("a"));
        File.Move(In("x"), In("b"));

        var swapped = await RunAsync("--resume");

        Assert.StartsWith("0 tasks: ", moved.Output, StringComparison.Ordinal);
        Assert.StartsWith("2 tasks: 2 succeeded", swapped.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_stay_right_when_everything_is_moved()
    {
        await RunAsync();
        Directory.CreateDirectory(_folder.File("new"));
        foreach (var name in new[] { "in", "out", "job.jsonl" })
        {
            Directory.Move(_folder.File(name), _folder.File(Path.Combine("new", name)));
        }

        var again = await CliRun.RunInAsync(
            _folder.File("new"), "process", "in", "--out", "out", "--op", "resize:10x", "--quiet", "--job-log", "job.jsonl", "--resume");

        Assert.StartsWith("0 tasks: ", again.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"schema\":1,\"output\":\"a.png\",\"sour")]
    [InlineData("{\"schema\":1,\"output\":\"a.png\"}")]
    [InlineData("\0\0\0\0\0")]
    public async Task Should_survive_a_torn_last_line(string torn)
    {
        await RunAsync();
        File.Delete(Out("c"));
        File.AppendAllText(Log, torn);

        var again = await RunAsync("--resume");

        Assert.StartsWith("1 task: 1 succeeded", again.Output, StringComparison.Ordinal);
        Assert.Equal(["a.png", "b.png", "c.png", "c.png"], Records().Select(record => Text(record, "output")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Should_begin_anew_when_a_first_line_is_torn()
    {
        File.WriteAllText(Log, "{\"schema\":1,\"out");

        var run = await RunAsync("--resume");

        Assert.StartsWith("3 tasks: 3 succeeded", run.Output, StringComparison.Ordinal);
        Assert.Equal(3, Records().Count);
    }

    [Fact]
    public async Task Should_read_past_nuls()
    {
        await RunAsync();
        var lines = File.ReadAllLines(Log);
        File.WriteAllText(Log, $"\0\0\0{lines[0]}\n{lines[1]}\n\0\0{lines[2]}\n"); // as a log that was cut short while it was written

        var again = await RunAsync("--resume");

        Assert.StartsWith("0 tasks: ", again.Output, StringComparison.Ordinal);
        Assert.Contains("3 done before", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_try_failed_tasks_again_only_when_asked_or_changed()
    {
        File.WriteAllText(In("bad"), "no image");
        await RunAsync();

        var resumed = await RunAsync("--resume");
        var retried = await RunAsync("--retry-failed");
        Picture.Write(In("bad"), seed: 7);
        var mended = await RunAsync("--resume");

        Assert.Equal((1, 1, 0), (resumed.ExitCode, retried.ExitCode, mended.ExitCode));
        Assert.StartsWith("0 tasks: ", resumed.Output, StringComparison.Ordinal);
        Assert.Contains("3 done before, 1 failed before (--retry-failed tries them again)", resumed.Output, StringComparison.Ordinal);
        Assert.Contains("1 task: 0 succeeded, 1 failed", retried.Output, StringComparison.Ordinal);
        Assert.StartsWith("1 task: 1 succeeded", mended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_finish_an_output_that_a_killed_run_had_entered_and_not_renamed()
    {
        await RunAsync();
        var record = Records().Single(candidate => Text(candidate, "output") == "b.png");
        var whole = File.ReadAllBytes(Out("b"));
        File.Move(Out("b"), _folder.File(Path.Combine("out", Text(record, "partial"))));

        var again = await RunAsync("--resume");

        Assert.StartsWith("0 tasks: ", again.Output, StringComparison.Ordinal);
        Assert.Equal(whole, File.ReadAllBytes(Out("b")));
        Assert.Equal(["a.png", "b.png", "c.png"], _folder.FilesOf("out"));
    }

    [Fact]
    public async Task Should_not_take_a_half_written_file_for_an_entered_output()
    {
        await RunAsync();
        var record = Records().Single(candidate => Text(candidate, "output") == "b.png");
        var whole = File.ReadAllBytes(Out("b"));
        File.Delete(Out("b"));
        File.WriteAllBytes(_folder.File(Path.Combine("out", Text(record, "partial"))), whole[..^1]);

        var again = await RunAsync("--resume");

        Assert.StartsWith("1 task: 1 succeeded", again.Output, StringComparison.Ordinal);
        Assert.Equal(whole, File.ReadAllBytes(Out("b")));
        Assert.Equal(["a.png", "b.png", "c.png"], _folder.FilesOf("out"));
    }

    [Fact]
    public async Task Should_not_apply_operations_twice_to_sources_that_are_replaced()
    {
        string[] inPlace = ["process", _folder.File("in"), "--in-place", "--op", "resize:50%", "--quiet", "--job-log", Log];
        await CliRun.RunAsync(inPlace);
        File.Move(In("a"), In("renamed"));
        Picture.Write(In("new"), width: 60, height: 30, seed: 5);

        var again = await CliRun.RunAsync([.. inPlace, "--resume"]);

        Assert.StartsWith("1 task: 1 succeeded", again.Output, StringComparison.Ordinal);
        Assert.Contains("3 done before", again.Output, StringComparison.Ordinal);
        Assert.Equal(((12, 8), (12, 8), (30, 15)), (Picture.SizeOf(In("renamed")), Picture.SizeOf(In("b")), Picture.SizeOf(In("new"))));
    }

    [Fact]
    public async Task Should_finish_a_replacement_that_a_killed_run_had_entered()
    {
        string[] inPlace = ["process", _folder.File("in"), "--in-place", "--op", "resize:50%", "--quiet", "--job-log", Log];
        var original = File.ReadAllBytes(In("a"));
        await CliRun.RunAsync(inPlace);
        var record = Records().Single(candidate => Text(candidate, "source") == In("a"));
        File.Move(In("a"), _folder.File(Path.Combine("in", Text(record, "partial"))));
        File.WriteAllBytes(In("a"), original);

        var again = await CliRun.RunAsync([.. inPlace, "--resume"]);

        Assert.StartsWith("0 tasks: ", again.Output, StringComparison.Ordinal);
        Assert.Equal((12, 8), Picture.SizeOf(In("a")));
    }

    [Fact]
    public async Task Should_leave_the_log_alone_when_dry()
    {
        await RunAsync();
        File.Delete(Out("c"));
        File.AppendAllText(Log, "torn");
        var before = File.ReadAllText(Log);

        var dry = await RunAsync("--resume", "--dry-run");

        Assert.Equal((0, before), (dry.ExitCode, File.ReadAllText(Log)));
        Assert.Equal(
            [$"{In("c")} -> {Out("c")} (auto-orient+resize:10x; png=fast)", "left out, by the job log: 2 done before, 0 failed before"],
            dry.Output.TrimEnd().Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("{ \"schema\": 1, \"quality\": 80 }")]
    [InlineData("{\"schema\":1,\"type\":\"plan\"}")]
    [InlineData("{\"schema\":2,\"output\":\"a.png\"}\n")]
    [InlineData("a list of files")]
    public async Task Should_not_write_to_a_file_that_is_no_job_log(string content)
    {
        File.WriteAllText(Log, content);

        var run = await RunAsync();

        Assert.Equal((2, content), (run.ExitCode, File.ReadAllText(Log)));
        Assert.StartsWith($"error: --job-log: expected a job log of this version or a new file, but '{Log}' is something else", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/full")]
    [InlineData("/dev/stderr")] // a pipe here
    public async Task Should_not_take_for_a_log_what_is_no_file(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await CliRun.RunScriptAsync(_folder.Path, $"timeout 20 dotnet exec '{CliRun.ProgramPath}' process in --out out --quiet --job-log {path} 2>&1 | cat; exit ${{PIPESTATUS[0]}}");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"error: --job-log: expected a file, but '{path}' is a pipe, a socket or a device", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_not_write_to_a_log_that_another_run_is_writing()
    {
        await RunAsync();
        await using var other = new FileStream(Log, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var run = await RunAsync("--resume");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: --job-log: expected a file that can be written, and that no other run is writing, but ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error: --resume: expected --job-log FILE with it, the log of the run to go on with, but there is none", "--resume")]
    [InlineData("error: --resume: expected --job-log FILE with it, the log of the run to go on with, but there is none", "--retry-failed")]
    [InlineData("error: --trust-times: expected --resume or --retry-failed with it, but there is neither", "--trust-times", "--job-log", "x")]
    public async Task Should_refuse_options_that_mean_nothing_alone(string message, params string[] options)
    {
        var run = await CliRun.RunAsync(["process", _folder.File("in"), "--out", _folder.File("out"), .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
    }

    private static string Text(JsonElement record, string name) => record.GetProperty(name).GetString()!;

    private static string Digest(string path) =>
        Convert.ToHexStringLower(System.IO.Hashing.XxHash128.Hash(File.ReadAllBytes(path)));

    private Task<CliRun> RunAsync(params string[] options) => CliRun.RunAsync(
        ["process", _folder.File("in"), "--out", _folder.File("out"), .. options.Contains("--op") ? [] : (string[])["--op", "resize:10x"], "--quiet", "--job-log", Log, .. options]);

    private string In(string name) => _folder.File(Path.Combine("in", $"{name}.png"));

    private string Out(string name) => _folder.File(Path.Combine("out", $"{name}.png"));

    private List<JsonElement> Records() => [.. File.ReadAllLines(Log).Select(line => JsonDocument.Parse(line).RootElement)];
}
