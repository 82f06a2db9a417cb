using System.Text.RegularExpressions;

namespace ActorImaging.Tests;

/// <summary>Dependencies run one way: Hosting, Actors, Imaging, Tasks. The folders are one assembly, so the compiler can't hold the line.</summary>
public sealed class ArchitectureSpecs
{
    private static readonly string[] TopDown = ["Hosting", "Actors", "Imaging", "Tasks"];

    [Theory]
    [InlineData("Tasks", "Akka", "ImageMagick", "Microsoft.Extensions")]
    [InlineData("Imaging", "Akka", "Microsoft.Extensions")]
    [InlineData("Actors", "ImageMagick", "Microsoft.Extensions")]
    [InlineData("Hosting", "ImageMagick")]
    public void Should_not_know_what_is_above_or_beside_it(string folder, params string[] strangers)
    {
        var above = TopDown.TakeWhile(name => name != folder).SelectMany(name => new[] { $"ActorImaging.{name}", name });
        string[] forbidden = [.. above, .. strangers];
        var sources = Directory.GetFiles(Path.Combine(LibraryFolder(), folder), "*.cs", SearchOption.AllDirectories);

        Assert.NotEmpty(sources);
        Assert.All(sources, path => Assert.All(
            forbidden,
            name => Assert.False(
                Regex.IsMatch(CodeOf(path), $@"(?<![\w.]){Regex.Escape(name)}\.\w|\busing {Regex.Escape(name)}\b"),
                $"{path} uses {name}")));
    }

    /// <summary>Whoever reads other people's bytes, or decides what is written, is ours.</summary>
    [Fact]
    public void Should_keep_ImageMagick_behind_its_own_folder() => Assert.Equal(
        ["FailureClassifier.cs", "Frame.cs", "ImageEngine.cs"],
        Directory
            .GetFiles(LibraryFolder(), "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(LibraryFolder(), path).Replace(Path.DirectorySeparatorChar, '/').StartsWith("Imaging/Magick/", StringComparison.Ordinal))
            .Where(path => Regex.IsMatch(CodeOf(path), @"(?<![\w.])ImageMagick\.\w|\busing ImageMagick\b"))
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Should_keep_namespaces_by_folders() => Assert.All(
        TopDown.SelectMany(folder => Directory.GetFiles(Path.Combine(LibraryFolder(), folder), "*.cs", SearchOption.AllDirectories)),
        path =>
        {
            var folder = Path.GetRelativePath(LibraryFolder(), Path.GetDirectoryName(path)!).Replace(Path.DirectorySeparatorChar, '.');
            Assert.Contains($"namespace ActorImaging.{folder};", File.ReadAllText(path), StringComparison.Ordinal);
        });

    /// <summary>The text without comments and strings.</summary>
    private static string CodeOf(string path) => Regex.Replace(File.ReadAllText(path), @"//[^\n]*|""[^""\n]*""", string.Empty);

    private static string LibraryFolder() => Path.Combine(RepositoryRoot.Path, "src", "ActorImaging");
}
