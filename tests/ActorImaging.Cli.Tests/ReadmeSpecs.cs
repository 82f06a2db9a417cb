using System.Text;
using System.Text.RegularExpressions;

namespace ActorImaging.Cli.Tests;

/// <summary>The README says what is so: its session is run, its code is that of the sample, its keys are known.</summary>
public sealed partial class ReadmeSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Readme { get; } = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_show_a_session_that_can_be_run()
    {
        var session = Assert.Single(BlocksOf("console"));
        var run = new StringBuilder();
        foreach (var line in session.Split('\n').Where(line => line.StartsWith("$ ", StringComparison.Ordinal)))
        {
            run.Append(line).Append('\n').Append(await AnswerAsync(line[2..]));
        }

        Assert.Equal(WithoutRates(session), WithoutRates(run.ToString()));
    }

    [Fact]
    public void Should_show_code_of_the_sample()
    {
        var sample = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "samples", "ThumbnailService"), "*.cs")
            .SelectMany(File.ReadLines)
            .Select(line => line.Trim())
            .ToHashSet();

        Assert.All(BlocksOf("csharp").SelectMany(block => block.Split('\n')).Where(IsCode), line => Assert.Contains(line.Trim(), sample));
    }

    [Fact]
    public void Should_show_keys_that_are_in_the_reference()
    {
        var reference = File.ReadLines(Path.Combine(Repository.Root, "hocon", "reference.conf")).Select(KeyOf).ToHashSet();

        Assert.All(BlocksOf("hocon").SelectMany(block => block.Split('\n')).Select(KeyOf).Where(key => key.Length > 0), key => Assert.Contains(key, reference));
    }

    /// <summary>What a line of the session answers: one writes a file, the others run the program.</summary>
    private async Task<string> AnswerAsync(string line)
    {
        if (Echo().Match(line) is { Success: true } echo)
        {
            File.WriteAllText(_folder.File(echo.Groups["file"].Value), echo.Groups["text"].Value);
            return string.Empty;
        }

        Assert.StartsWith("actor-imaging ", line, StringComparison.Ordinal);
        var run = await CliRun.RunInAsync(_folder.Path, line["actor-imaging ".Length..].Replace("'", string.Empty, StringComparison.Ordinal).Split(' '));
        return run.Output.ReplaceLineEndings("\n").Replace('\\', '/');
    }

    private static string[] BlocksOf(string language)
    {
        string[] blocks = [.. Block().Matches(Readme).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["text"].Value)];
        Assert.NotEmpty(blocks);
        return blocks;
    }

    /// <summary>Times and rates differ from run to run.</summary>
    private static string WithoutRates(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.Contains("tasks/s", StringComparison.Ordinal) ? Figure().Replace(line, "#") : line));

    private static bool IsCode(string line) => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal);

    /// <summary>The name that a line of HOCON sets or opens, without the path to it.</summary>
    private static string KeyOf(string line) => Key().Match(line).Groups[1].Value.Split('.')[^1];

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^echo '(?<text>[^']*)' > (?<file>\S+)$")]
    private static partial Regex Echo();

    [GeneratedRegex(@"\d[\d,.]*")]
    private static partial Regex Figure();

    [GeneratedRegex(@"^\s*([\w./-]+)\s*[={]")]
    private static partial Regex Key();
}
