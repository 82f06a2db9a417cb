using System.Text.RegularExpressions;

namespace ActorImaging.Tests.Walkthrough;

/// <summary>docs/testing.md, as specs read it.</summary>
internal static partial class TestingDocument
{
    /// <summary>The whole of it.</summary>
    public static string Text { get; } = ReadFile("docs/testing.md");

    /// <summary>What it sets apart as code, in order.</summary>
    public static IReadOnlyList<Block> Blocks { get; } = [.. Fenced().Matches(Text).Select(match => new Block(
        match.Groups["language"].Value,
        match.Groups["about"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        match.Groups["text"].Value.TrimEnd('\n').Split('\n')))];

    /// <summary>The text of a file of the checkout.</summary>
    public static string ReadFile(string path) => File.ReadAllText(Path.Combine(RepositoryRoot.Path, path)).ReplaceLineEndings("\n");

    /// <summary>The message that a spec fails with, as it is shown.</summary>
    public static string MessageOf(string spec) =>
        string.Join('\n', Assert.Single(Blocks, block => block.Language == "text" && block.About.SequenceEqual([spec])).Lines);

    [GeneratedRegex(@"^```(?<language>\w*) ?(?<about>[^\n]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();

    /// <summary>A fenced block.</summary>
    /// <param name="Language">The language that it names.</param>
    /// <param name="About">What it names beside that: the files, or the spec, that it shows.</param>
    /// <param name="Lines">What is in it.</param>
    internal sealed record Block(string Language, string[] About, string[] Lines);
}
