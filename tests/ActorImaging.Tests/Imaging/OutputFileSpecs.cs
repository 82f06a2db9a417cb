using ActorImaging.Imaging;

namespace ActorImaging.Tests.Imaging;

public sealed class OutputFileSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_make_the_folder_and_count_the_bytes()
    {
        var path = _folder.File(Path.Combine("a", "b", "out.bin"));

        Assert.Equal(4, OutputFile.Write(path, output => output.Write([1, 2, 3, 4])));
        Assert.Equal([1, 2, 3, 4], File.ReadAllBytes(path));
    }

    [Fact]
    public void Should_show_nothing_under_the_final_name_before_all_is_written()
    {
        var path = _folder.File("out.bin");

        OutputFile.Write(path, output =>
        {
            output.Write([1, 2]);
            output.Flush();
            Assert.False(File.Exists(path));
        });

        Assert.True(File.Exists(path));
    }

    [Fact]
    public void Should_put_a_file_in_the_place_of_a_link_that_leads_nowhere()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // links need rights there
        }

        var path = _folder.File("out.bin");
        File.CreateSymbolicLink(path, _folder.File("nowhere"));

        Assert.Equal(1, OutputFile.Write(path, output => output.Write([1])));
        Assert.Null(new FileInfo(path).LinkTarget);
        Assert.False(File.Exists(_folder.File("nowhere")));
    }

    [Fact]
    public void Should_put_nothing_in_the_place_of_a_pipe()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // others are not asked what a name leads to
        }

        using (var make = System.Diagnostics.Process.Start("mkfifo", _folder.File("pipe")))
        {
            make.WaitForExit();
        }

        var fault = Assert.Throws<ImageOutputException>(() => OutputFile.Write(_folder.File("pipe"), output => output.Write([1])));

        Assert.EndsWith("can't be written: it is a pipe, a socket or a device", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["pipe"], Directory.GetFiles(_folder.Path).Select(file => Path.GetFileName(file)));
    }

    [Fact]
    public void Should_keep_the_older_file_and_leave_nothing_behind_when_writing_fails()
    {
        var path = _folder.File("out.bin");
        File.WriteAllBytes(path, [9]);

        Assert.Throws<InvalidOperationException>(() => OutputFile.Write(path, output =>
        {
            output.Write([1, 2]);
            throw new InvalidOperationException("half way");
        }));

        Assert.Equal([9], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Should_not_be_cleared_away_by_other_runs_that_begin_at_the_same_moment() => Parallel.For(
        0,
        200,
        new ParallelOptions { MaxDegreeOfParallelism = 8 },
        number =>
        {
            var path = _folder.File($"{number}.bin");
            new OutputFolders().Clean(path); // each as a run of its own

            Assert.Equal(3, OutputFile.Write(path, output => output.Write([1, 2, 3])));
            Assert.True(File.Exists(path));
        });

    [Fact]
    public void Should_be_readable_at_once_while_other_runs_clear_the_folder()
    {
        var path = _folder.File("out.bin");
        const int Writes = 6000; // a lock that keeps readers out is met within these in seven runs of eight
        var written = 0;
        Parallel.Invoke(Clear, Clear, Clear, Write);

        void Clear()
        {
            while (Volatile.Read(ref written) < Writes)
            {
                new OutputFolders().Clean(path);
            }
        }

        void Write()
        {
            try
            {
                for (; written < Writes; Volatile.Write(ref written, written + 1))
                {
                    OutputFile.Write(path, output => output.Write([1, 2, 3]));
                    Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
                    File.Delete(path); // so that the next one replaces nothing: that takes longer than the moment this is about
                }
            }
            finally
            {
                Volatile.Write(ref written, int.MaxValue);
            }
        }
    }

    [Fact]
    public void Should_keep_who_may_read_a_file_that_is_replaced()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = _folder.File("out.bin");
        File.WriteAllBytes(path, [9]);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        OutputFile.Write(path, output => output.Write([1]));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    /// <summary>Root replaces files of others, and they stay theirs.</summary>
    [Fact]
    public void Should_leave_a_file_that_is_replaced_to_whom_it_belongs()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            return;
        }

        var path = _folder.File("out.bin");
        File.WriteAllBytes(path, [9]);
        Run("chown", "1000:1001", path);

        OutputFile.Write(path, output => output.Write([1]));

        Assert.Equal("1000:1001", Run("stat", "-c", "%u:%g", path).Trim());
    }

    private static string Run(params string[] command)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    /// <summary>Not only the file that comes of it: what is half written is as secret as what it replaces.</summary>
    [Fact]
    public void Should_let_nobody_read_a_file_while_it_is_written_who_may_not_read_what_it_replaces()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = _folder.File("out.bin");
        File.WriteAllBytes(path, [9]);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var modes = new List<UnixFileMode>();

        OutputFile.Write(path, output =>
        {
            output.Write([1]);
            foreach (var file in Directory.EnumerateFiles(_folder.Path))
            {
                modes.Add(OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file));
            }
        });

        Assert.Equal(2, modes.Count);
        Assert.All(modes, mode => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode));
    }

    [Fact]
    public void Should_never_replace_a_file_that_came_up_while_it_was_written()
    {
        var path = _folder.File("out.bin");

        var written = OutputFile.Write(
            path,
            output => output.Write([1, 2]),
            new OutputReplacement(ActorImaging.Tasks.OverwritePolicy.Never, _folder.File("in.bin"), path),
            beforeCommit: _ => File.WriteAllBytes(path, [9])); // after the last look whether there is one

        Assert.Null(written);
        Assert.Equal([9], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Should_leave_one_of_many_that_are_written_at_once_under_one_name()
    {
        for (var round = 0; round < 20; round++)
        {
            var path = _folder.File($"{round}.bin");
            var written = new System.Collections.Concurrent.ConcurrentBag<byte>();
            Parallel.For(1, 9, number =>
            {
                if (OutputFile.Write(path, output => output.Write([(byte)number]), new OutputReplacement(ActorImaging.Tasks.OverwritePolicy.Never, "none", path)) is not null)
                {
                    written.Add((byte)number);
                }
            });

            Assert.Equal([Assert.Single(written)], File.ReadAllBytes(path));
        }
    }

    [Fact]
    public void Should_show_the_whole_content_before_it_goes_under_the_final_name()
    {
        var path = _folder.File("out.bin");
        byte[]? shown = null;

        OutputFile.Write(path, output => output.Write([1, 2, 3]), beforeCommit: partial =>
        {
            Assert.False(File.Exists(path));
            shown = new byte[partial.Length];
            partial.Position = 0;
            partial.ReadExactly(shown);
        });
        Assert.Throws<InvalidDataException>(() => OutputFile.Write(path, output => output.Write([4]), beforeCommit: _ => throw new InvalidDataException()));

        Assert.Equal([1, 2, 3], shown);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Should_name_the_file_that_cannot_be_written()
    {
        File.WriteAllBytes(_folder.File("file"), []);
        var path = _folder.File(Path.Combine("file", "out.bin"));

        var fault = Assert.Throws<ImageOutputException>(() => OutputFile.Write(path, _ => { }));

        Assert.StartsWith($"output '{path}' can't be written: ", fault.Message, StringComparison.Ordinal);
    }
}
