using System.Text.RegularExpressions;
using ActorImaging.Tests.Walkthrough;

namespace ActorImaging.Tests;

/// <summary>docs/testing.md says what is so: its code is compiled and run in this suite as it stands there.</summary>
public sealed partial class TestingDocumentSpecs
{
    [Fact]
    public void Should_show_code_as_it_stands_in_a_file_of_the_suite() => Assert.All(BlocksIn("csharp"), block =>
    {
        var path = Assert.Single(block.About);
        Assert.True(Contains(TestingDocument.ReadFile(path).Split('\n'), block.Lines), $"{path} has no such lines: {string.Join('\n', block.Lines)}");
    });

    [Fact]
    public void Should_show_changes_that_lead_from_one_class_to_the_other() => Assert.All(BlocksIn("diff"), block =>
    {
        var (from, to) = (ClassIn(block.About[0]), ClassIn(block.About[1]));
        var (before, after) = (LinesOf(block, ' ', '-'), LinesOf(block, ' ', '+'));
        Assert.Equal(2, from.Split(before).Length);
        Assert.Equal(to, from.Replace(before, after, StringComparison.Ordinal));
    });

    [Fact]
    public void Should_show_messages_that_a_spec_is_held_to() => Assert.All(BlocksIn("text"), block =>
        Assert.NotNull(typeof(TimedProcessorSpecs).GetMethod(Assert.Single(block.About))));

    [Fact]
    public void Should_show_nothing_that_is_not_held_to_anything() =>
        Assert.Equal(["bash", "csharp", "diff", "text"], TestingDocument.Blocks.Select(block => block.Language).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Should_show_commands_that_run_specs() => Assert.All(BlocksIn("bash").SelectMany(block => block.Lines), line =>
        Assert.Contains(typeof(TestingDocumentSpecs).Assembly.ExportedTypes, type => line.EndsWith($"dotnet test tests/ActorImaging.Tests --filter {type.Name}", StringComparison.Ordinal)));

    [Fact]
    public void Should_link_to_what_is_there() => Assert.All(
        Link().Matches(TestingDocument.Text).Select(match => Path.Combine(RepositoryRoot.Path, "docs", match.Groups["path"].Value)),
        path => Assert.True(File.Exists(path) || Directory.Exists(path), path));

    [Fact]
    public void Should_speak_of_names_that_are_in_the_code()
    {
        var words = new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories))
            .SelectMany(path => Word().Matches(File.ReadAllText(path)).Select(match => match.Value))
            .ToHashSet();

        Assert.All(Name().Matches(TestingDocument.Text).SelectMany(match => match.Groups["name"].Value.Split('.')), name => Assert.Contains(name, words));
    }

    private static TestingDocument.Block[] BlocksIn(string language)
    {
        TestingDocument.Block[] blocks = [.. TestingDocument.Blocks.Where(block => block.Language == language)];
        Assert.NotEmpty(blocks);
        return blocks;
    }

    /// <summary>Whether lines stand somewhere in a file, one after the other and all as far to the right.</summary>
    private static bool Contains(string[] file, string[] lines) => Enumerable.Range(0, file.Length - lines.Length + 1).Any(at =>
    {
        var indent = file[at][..^file[at].TrimStart().Length];
        return lines.Zip(file.Skip(at)).All(pair => pair.Second == (pair.First.Length == 0 ? string.Empty : indent + pair.First));
    });

    /// <summary>The class that a file is named after, without its documentation and under a name that all have.</summary>
    private static string ClassIn(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var lines = TestingDocument.ReadFile(path).Split('\n').SkipWhile(line => !line.StartsWith($"internal sealed class {name} ", StringComparison.Ordinal));
        return Regex.Replace(string.Join('\n', lines.Where(line => !line.TrimStart().StartsWith("///", StringComparison.Ordinal))), $@"\b{name}\b", "It");
    }

    private static string LinesOf(TestingDocument.Block change, params char[] marks) =>
        string.Concat(change.Lines.Where(line => marks.Contains(line[0])).Select(line => line[1..] + '\n'));

    [GeneratedRegex(@"\]\((?<path>[^)#:]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<!`)`(?<name>[A-Z][\w.]*)`(?!`)")]
    private static partial Regex Name();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
