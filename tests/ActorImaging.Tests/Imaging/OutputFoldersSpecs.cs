using System.Globalization;
using ActorImaging.Imaging;

namespace ActorImaging.Tests.Imaging;

public sealed class OutputFoldersSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly OutputFolders _folders = new();

    private string Left => _folder.File(".actor-imaging-0123456789abcdef.partial");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_clean_a_folder_once()
    {
        _folders.Clean(_folder.File("a.png"));
        File.WriteAllText(Left, "half");

        _folders.Clean(_folder.File("b.png"));

        Assert.True(File.Exists(Left));
    }

    /// <summary>A service that runs for a year writes to any number of folders.</summary>
    [Fact]
    public void Should_remember_the_last_folders_only()
    {
        _folders.Clean(_folder.File("a.png"));
        File.WriteAllText(Left, "half");
        for (var other = 0; other < 1024; other++)
        {
            _folders.Clean(_folder.File(string.Create(CultureInfo.InvariantCulture, $"{other}/a.png")));
        }

        _folders.Clean(_folder.File("b.png"));

        Assert.False(File.Exists(Left));
    }
}
