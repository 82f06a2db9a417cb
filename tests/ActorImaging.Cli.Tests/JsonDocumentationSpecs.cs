using System.Text.Json;
using System.Text.RegularExpressions;

namespace ActorImaging.Cli.Tests;

/// <summary>docs/json.md names every key that programs get, and none that they don't.</summary>
public sealed partial class JsonDocumentationSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public JsonDocumentationSpecs() => Picture.Write(_folder.File("in/a.png"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_document_results()
    {
        File.WriteAllText(_folder.File("in/bad.png"), "no image");

        var lines = await RunAsync("--op", "flip", "--job-log", _folder.File("job.jsonl"));
        await RunAsync("--op", "flip", "--job-log", _folder.File("job.jsonl"));

        Assert.All(lines[..2], line => Assert.Equal(Documented("task"), KeysOf(line)));
        Assert.Equal(Documented("summary"), KeysOf(lines[2]));
        var records = File.ReadAllLines(_folder.File("job.jsonl")).Select(line => JsonDocument.Parse(line).RootElement);
        Assert.Equal(Documented("record"), records.SelectMany(KeysOf).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Should_document_plans()
    {
        var lines = await RunAsync(
            "--dry-run", "--op", "flip", "--format", "png", "--quality", "80", "--chroma", "4:4:4", "--png", "small", "--progressive", "--metadata", "strip", "--profile", "srgb", "--depth", "8",
            "--keep-orientation", "--frames", "first", "--on-warning", "keep", "--overwrite", "newer", "--name", "{name}-{variant}{ext}", "--variant", "a=flop");

        Assert.Equal(Documented("plan"), KeysOf(lines[0]));
        Assert.Equal(Documented("planned"), KeysOf(lines[1]));
    }

    [Fact]
    public async Task Should_document_comparisons()
    {
        var run = await CliRun.RunAsync("bench", "--size", "20x20", "--images", "1", "--operations", "flip", "--rounds", "1", "--json", "--quiet", "--work-dir", _folder.Path);

        Assert.Equal(Documented("document"), KeysOf(JsonDocument.Parse(run.Output).RootElement));
    }

    [Fact]
    public async Task Should_print_a_plan_that_makes_the_same_tasks()
    {
        var first = await RunAsync("--dry-run", "--op", "crop:9x9@north", "--variant", "a=flop,quality=30,format=webp", "--variant", "b=blur:2");
        File.WriteAllText(_folder.File("plan.json"), first[0].GetRawText());

        var second = await RunAsync("--dry-run", "--plan", _folder.File("plan.json"));
        var changed = await RunAsync("--dry-run", "--plan", _folder.File("plan.json"), "--op", "flip");

        Assert.Equal(first.Select(line => line.GetRawText()), second.Select(line => line.GetRawText()));
        Assert.Equal("auto-orient+flip+flop", changed[1].GetProperty("operations").GetString());
    }

    private static string[] KeysOf(JsonElement json) => [.. json.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)];

    private static string[] Documented(string heading)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "json.md"));
        var section = text.Split($"\n### {heading}\n")[1].Split("\n#")[0];
        return [.. KeyRow().Matches(section).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];
    }

    private async Task<JsonElement[]> RunAsync(params string[] options)
    {
        var run = await CliRun.RunAsync(["process", _folder.File("in"), "--out", _folder.File("out"), "--json", "--quiet", .. options]);
        return [.. run.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
    }

    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex KeyRow();
}
