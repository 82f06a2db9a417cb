using System.Diagnostics;
using ActorImaging.Cli.Inputs;
using ActorImaging.Cli.Planning;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Tests.Inputs;

/// <summary>What the arguments stand for, tried on the program.</summary>
public sealed class InputsSpecs : IDisposable
{
    private static readonly string[] Tree =
        ["a1.png", "a2.png", "b.png", ".hidden.png", "deep/c.png", "deep/er/c.png", ".folder/d.png", "text.txt"];

    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("in/*.png", "a1.png", "a2.png", "b.png")]
    [InlineData("in/a?.png", "a1.png", "a2.png")]
    [InlineData("in/[!a]*.png", "b.png")]
    [InlineData("in/{a1,b}.png", "a1.png", "b.png")]
    [InlineData("in/**/*.png", "a1.png", "a2.png", "b.png", "deep/c.png", "deep/er/c.png")]
    [InlineData("in/*/c.png", "deep/c.png")]
    [InlineData("**/er/c.png", "in/deep/er/c.png")]
    [InlineData("in/.*.png", ".hidden.png")]
    public async Task Should_keep_the_tree_below_a_pattern(string pattern, params string[] outputs)
    {
        WriteTree();

        var run = await CliRun.RunInAsync(_folder.Path, "process", pattern, "--out", "out", "--quiet");

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal(outputs, _folder.FilesOf("out"));
    }

    [Fact]
    public async Task Should_leave_hidden_files_and_folders_alone_unless_they_are_named()
    {
        WriteTree();

        var folder = await CliRun.RunInAsync(_folder.Path, "process", "in", "-r", "--out", "out", "--quiet");
        var named = await CliRun.RunInAsync(_folder.Path, "process", "in/.hidden.png", "in/.folder", "--out", "named", "--quiet");

        Assert.Equal((0, 0), (folder.ExitCode, named.ExitCode));
        Assert.Equal(["a1.png", "a2.png", "b.png", "deep/c.png", "deep/er/c.png"], _folder.FilesOf("out"));
        Assert.Equal([".hidden.png", "d.png"], _folder.FilesOf("named"));
    }

    [Theory]
    [InlineData("in/a1.png\nin/deep\r\n\nin/a1.png\n")]
    [InlineData("in/a1.png\0in/deep\0")]
    [InlineData("in/deep\nin/a1.png")]
    public async Task Should_take_files_and_folders_of_a_list_on_standard_input(string list)
    {
        WriteTree();
        using var program = CliRun.StartIn(_folder.Path, "process", "--from-file", "-", "--out", "out", "--quiet");

        await program.Input.WriteAsync(list);
        program.Input.Close();
        var run = await program.FinishAsync();

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal(["c.png", "in/a1.png"], _folder.FilesOf("out"));
    }

    [Fact]
    public async Task Should_take_a_list_that_comes_through_a_pipe()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        WriteTree();
        var pipe = MakePipe("list");
        using var program = CliRun.StartIn(_folder.Path, "process", "--from-file", "list", "--out", "out", "--quiet");

        await File.WriteAllTextAsync(pipe, "in/a1.png\nin/b.png\n");
        var run = await program.FinishAsync();

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal(["in/a1.png", "in/b.png"], _folder.FilesOf("out"));
    }

    [Fact]
    public async Task Should_not_wait_for_a_pipe_that_is_named_like_an_image()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        MakePipe("pipe.png");

        var run = await CliRun.RunInAsync(_folder.Path, "process", "pipe.png", "--out", "out", "--quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("failed Unsupported: source 'pipe.png' is a pipe, a socket or a device, but an image file was expected", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_take_a_file_once_that_is_reached_through_a_linked_folder()
    {
        WriteTree();
        Directory.CreateSymbolicLink(_folder.File("linked"), _folder.File("in"));

        var run = await CliRun.RunInAsync(_folder.Path, "process", "in", "linked", "linked/../in/b.png", "--out", "out", "--quiet");

        Assert.StartsWith("3 tasks: 3 succeeded", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_survive_a_loop_of_linked_folders_in_a_name()
    {
        Directory.CreateSymbolicLink(_folder.File("x"), _folder.File(Path.Combine("x", "y")));

        var run = await CliRun.RunInAsync(_folder.Path, "process", "x/y/z.png", "--out", "out", "--quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("1 task: 0 succeeded, 1 failed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_make_an_output_of_each_name_when_a_link_names_a_file_anew()
    {
        Picture.Write(_folder.File("in/a.png"));
        File.CreateSymbolicLink(_folder.File("in/b.png"), "a.png");
        File.CreateSymbolicLink(_folder.File("in/broken.png"), "nowhere.png");

        var run = await CliRun.RunInAsync(_folder.Path, "process", "in", "--out", "out", "--quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("failed SourceMissing: source 'in/broken.png' does not exist", run.Output, StringComparison.Ordinal);
        Assert.Equal(["a.png", "b.png"], _folder.FilesOf("out"));
    }

    [Fact]
    public async Task Should_replace_what_a_link_stands_for_once_and_keep_the_link()
    {
        Picture.Write(_folder.File("in/a.png"), width: 40, height: 20);
        File.CreateSymbolicLink(_folder.File("in/b.png"), "a.png");

        var run = await CliRun.RunInAsync(_folder.Path, "process", "in", "--in-place", "--op", "resize:50%", "--quiet");

        Assert.StartsWith("1 task: 1 succeeded", run.Output, StringComparison.Ordinal);
        Assert.Equal((20, 10), Picture.SizeOf(_folder.File("in/a.png")));
        Assert.Equal("a.png", File.ResolveLinkTarget(_folder.File("in/b.png"), returnFinalTarget: false)!.Name);
    }

    [Theory]
    [InlineData("in")]
    [InlineData("linked")]
    public async Task Should_refuse_an_output_that_is_another_input(string outputFolder)
    {
        Picture.Write(_folder.File("in/a.png"));
        Picture.Write(_folder.File("in/a-small.png"), seed: 1);
        Directory.CreateSymbolicLink(_folder.File("linked"), _folder.File("in"));
        var before = File.ReadAllBytes(_folder.File("in/a-small.png"));

        var run = await CliRun.RunInAsync(_folder.Path, "process", "in", "--out", outputFolder, "--name", "{name}-small{ext}", "--overwrite", "always");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("-small.png' would be overwritten by the result of 'in/a.png'", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder.File("in/a-small.png")));
    }

    [Fact]
    public async Task Should_read_no_arguments_out_of_a_file_that_is_named_with_an_at()
    {
        Picture.Write(_folder.File("@a.png"));
        File.WriteAllText(_folder.File("@b.png"), "--in-place --op grayscale");

        var run = await CliRun.RunInAsync(_folder.Path, "process", "@a.png", "@b.png", "--out", "out", "--quiet");

        Assert.Contains("failed Unsupported: source '@b.png' is not in a format that can be handled", run.Output, StringComparison.Ordinal);
        Assert.Equal(["@a.png"], _folder.FilesOf("out"));
    }

    [Fact]
    public async Task Should_refuse_an_output_that_an_input_links_to()
    {
        Picture.Write(_folder.File("out/a.png"));
        Directory.CreateDirectory(_folder.File("in"));
        File.CreateSymbolicLink(_folder.File("in/a.png"), _folder.File("out/a.png"));

        var run = await CliRun.RunInAsync(_folder.Path, "process", "in", "--out", "out", "--op", "resize:50%", "--overwrite", "always");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'in/a.png' would be overwritten by its own result", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_look_behind_links_for_lengths_and_times()
    {
        Picture.Write(_folder.File("real/a.png"));
        Directory.CreateDirectory(_folder.File("in"));
        File.CreateSymbolicLink(_folder.File("in/a.png"), _folder.File("real/a.png"));
        await CliRun.RunInAsync(_folder.Path, "process", "in", "--out", "out", "--quiet");
        File.SetLastWriteTimeUtc(_folder.File("real/a.png"), DateTime.UtcNow.AddMinutes(1));

        var newer = await CliRun.RunInAsync(_folder.Path, "process", "in", "--out", "out", "--quiet", "--overwrite", "newer");
        var limited = await CliRun.RunInAsync(_folder.Path, "process", "in", "--out", "other", "--quiet", "--set", "actor-imaging.limits.source-bytes=500");

        Assert.StartsWith("1 task: 1 succeeded", newer.Output, StringComparison.Ordinal);
        Assert.Contains("over the limit of 500 (actor-imaging.limits.source-bytes)", limited.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_take_no_output_for_an_input_that_came_up_after_the_plan_was_checked()
    {
        Picture.Write(_folder.File("in/a.png"));
        using var inputs = new InputFiles([_folder.File("in")], list: null, isRecursive: false, excludedFolder: null, followsLinks: false);
        Variant[] variants = [new("small", [], Format: null, new OutputSettings())];
        var plan = new ProcessPlan(inputs, variants, new OutputName(_folder.File("in"), template: null, variants), new SourceSettings(), replacement: null);

        plan.Check();
        Picture.Write(_folder.File("in/a-small.png"));

        Assert.Equal([_folder.File("in/a.png")], plan.Tasks().Select(task => task.SourcePath));
    }

    [Fact]
    public async Task Should_leave_formats_alone_that_are_only_written()
    {
        Picture.Write(_folder.File("in/a.png"));
        await CliRun.RunInAsync(_folder.Path, "process", "in", "--out", "in", "--format", "avif", "--quiet");

        var run = await CliRun.RunInAsync(_folder.Path, "process", "in", "--out", "out", "--quiet");

        Assert.Equal(["a.avif", "a.png"], _folder.FilesOf("in"));
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Should_say_which_folders_of_a_list_have_no_image()
    {
        Picture.Write(_folder.File("in/a.png"));
        Directory.CreateDirectory(_folder.File("empty"));
        File.WriteAllText(_folder.File("list"), "in\nempty\n");

        var run = await CliRun.RunInAsync(_folder.Path, "process", "--from-file", "list", "--out", "out", "--quiet");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("but there is none in 'empty'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_do_the_rest_and_say_so_when_a_folder_cannot_be_looked_into()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Picture.Write(_folder.File("in/a.png"));
        var locked = Directory.CreateDirectory(_folder.File("in/locked")).FullName;
        File.SetUnixFileMode(locked, UnixFileMode.None);
        using var program = CliRun.StartWithoutPrivileges("process", _folder.File("in"), "-r", "--out", _folder.File("out"), "--quiet");

        var run = await program.FinishAsync();
        File.SetUnixFileMode(locked, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"warning: input: expected a folder that can be looked into, but '{locked}' can't: ", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("1 task: 1 succeeded", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_count_each_file_whose_name_is_not_in_utf8_and_say_so()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Picture.Write(_folder.File("in/a.png"));
        await CliRun.RunScriptAsync(_folder.Path, "for name in $'\\xff' $'\\xfe'; do cp in/a.png in/$name.png; mkdir in/$name; done");

        var run = await CliRun.RunScriptAsync(_folder.Path, "cli process in -r --out out --quiet --job-log log");
        var again = await CliRun.RunScriptAsync(_folder.Path, "cli process in -r --out out --quiet --job-log log --resume");
        var inPlace = await CliRun.RunScriptAsync(_folder.Path, "cli process in -r --in-place --op flip --quiet");
        var listed = await CliRun.RunScriptAsync(_folder.Path, "cd in; printf '%s\\n' *.png | cli process --from-file - --out ../out --quiet --overwrite always");
        await CliRun.RunScriptAsync(_folder.Path, "rm -r in"); // .NET can't

        Assert.All([run, again, inPlace, listed], each => Assert.Equal(1, each.ExitCode));
        Assert.All([run, inPlace, listed], each => Assert.Contains("3 tasks: 1 succeeded, 2 failed", each.Output, StringComparison.Ordinal));
        Assert.Equal(2, run.Output.Split("failed SourceMissing: source 'in/\uFFFD.png' can't be opened: its name is not in UTF-8").Length - 1);
        Assert.Contains("but 'in/\uFFFD' can't: its name is not in UTF-8", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 done before, 2 failed before", again.Output, StringComparison.Ordinal);
        Assert.Equal(["a.png"], _folder.FilesOf("out"));
    }

    private void WriteTree()
    {
        foreach (var (seed, name) in Tree.Index())
        {
            Picture.Write(_folder.File(Path.Combine("in", name)), seed: seed);
        }
    }

    private string MakePipe(string name)
    {
        using var make = Process.Start("mkfifo", [_folder.File(name)]);
        make.WaitForExit();
        return _folder.File(name);
    }
}
