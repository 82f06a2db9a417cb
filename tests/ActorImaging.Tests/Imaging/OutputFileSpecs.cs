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
    public void Should_name_the_file_that_cannot_be_written()
    {
        File.WriteAllBytes(_folder.File("file"), []);
        var path = _folder.File(Path.Combine("file", "out.bin"));

        var fault = Assert.Throws<ImageOutputException>(() => OutputFile.Write(path, _ => { }));

        Assert.StartsWith($"output '{path}' can't be written: ", fault.Message, StringComparison.Ordinal);
    }
}
