using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ActorImaging.Cli.Tests;

/// <summary>The sample program: ActorImaging within a web service.</summary>
public sealed partial class SampleSpecs : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private Process _service = null!;

    private static string ProgramPath { get; } = Repository.OutputOf("samples", "ThumbnailService");

    public async Task InitializeAsync()
    {
        _service = Process.Start(new ProcessStartInfo("dotnet", ["exec", ProgramPath, "--urls", "http://127.0.0.1:0", "--Folders", _folder.Path]) { RedirectStandardOutput = true })!;
        while (await _service.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                _http.BaseAddress = new Uri(match.Groups[1].Value);
                _ = _service.StandardOutput.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException("the sample ended before it listened");
    }

    public async Task DisposeAsync()
    {
        _service.Kill();
        await _service.WaitForExitAsync();
    }

    public void Dispose()
    {
        _http.Dispose();
        _service.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Should_answer_an_upload_with_its_thumbnail()
    {
        var picture = Picture.Write(_folder.File("picture.png"), 300, 150);

        using var answer = await _http.PostAsync(new Uri("/thumbnails?side=100", UriKind.Relative), new ByteArrayContent(File.ReadAllBytes(picture)));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        File.WriteAllBytes(_folder.File("thumbnail.jpg"), await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal((100, 50), Picture.SizeOf(_folder.File("thumbnail.jpg")));
    }

    [Fact]
    public async Task Should_say_what_is_wrong_with_an_upload()
    {
        using var text = await _http.PostAsync(new Uri("/thumbnails", UriKind.Relative), new StringContent("no image"));
        using var size = await _http.PostAsync(new Uri("/thumbnails?side=0", UriKind.Relative), new StringContent("no image"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest), (text.StatusCode, size.StatusCode));
        Assert.StartsWith(
            "source 'upload' is not in a format that can be handled",
            JsonDocument.Parse(await text.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_process_a_folder_and_answer_with_every_result()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            Picture.Write(_folder.File($"in/{seed}.png"), 60, 30, seed);
        }

        File.WriteAllText(_folder.File("in/bad.png"), "no image");

        using var answer = await _http.PostAsJsonAsync("/folders", new { source = "in", output = "out", operations = "resize:20x" });

        var results = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.EnumerateArray().ToArray();
        Assert.Equal(6, results.Length);
        Assert.Equal("Failed", results.Single(result => result.GetProperty("source").GetString() == "bad.png").GetProperty("state").GetString());
        Assert.Equal(["0.png", "1.png", "2.png", "3.png", "4.png"], _folder.FilesOf("out"));
        Assert.Equal((20, 10), Picture.SizeOf(_folder.File("out/0.png")));
    }

    [Theory]
    [InlineData("/etc", "out")]
    [InlineData("in", "/elsewhere")]
    [InlineData("../in", "out")]
    [InlineData("in", "../../out")]
    [InlineData("link", "out")]
    [InlineData("in", "link/out")]
    public async Task Should_read_and_write_no_other_folder_than_its_own(string source, string output)
    {
        Picture.Write(_folder.File("in/a.png"), 60, 30, 1);
        using var elsewhere = new TemporaryFolder();
        Picture.Write(elsewhere.File("b.png"), 60, 30, 1);
        Directory.CreateSymbolicLink(_folder.File("link"), elsewhere.Path);

        using var answer = await _http.PostAsJsonAsync("/folders", new { source, output, operations = "resize:20x" });

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Single(Directory.GetFileSystemEntries(elsewhere.Path));
    }

    [Fact]
    public async Task Should_say_how_it_is()
    {
        using var answer = await _http.GetAsync(new Uri("/health", UriKind.Relative));

        Assert.Equal((HttpStatusCode.OK, "Healthy"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
