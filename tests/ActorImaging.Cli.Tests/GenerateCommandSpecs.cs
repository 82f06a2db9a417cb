namespace ActorImaging.Cli.Tests;

public sealed class GenerateCommandSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_write_the_articles_images_once()
    {
        string[] arguments = ["generate", "--out", _folder.File("images"), "--size", "64x48", "--images", "5"];

        var first = await CliRun.RunAsync(arguments);
        var second = await CliRun.RunAsync(arguments);

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal(
            ["crimson-64x48.png", "ocean-64x48.png", "forest-64x48.png", "sunset-64x48.png", "crimson-2-64x48.png"],
            first.Output.TrimEnd().Split(Environment.NewLine).Select(Path.GetFileName));
        Assert.All(second.Output.TrimEnd().Split(Environment.NewLine), line => Assert.EndsWith(" (was there)", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_say_where_it_cannot_write()
    {
        File.WriteAllText(_folder.File("file"), "");

        var run = await CliRun.RunAsync("generate", "--out", _folder.File("file"), "--size", "8x8");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("error: output '", run.Error, StringComparison.Ordinal);
    }
}
