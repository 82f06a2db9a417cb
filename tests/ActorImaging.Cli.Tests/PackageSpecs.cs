using System.Diagnostics;
using System.IO.Compression;

namespace ActorImaging.Cli.Tests;

/// <summary>The packages as a user gets them: packed, installed from a folder, run on an image.</summary>
public sealed class PackageSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_install_as_a_tool_that_processes_an_image()
    {
        var version = $"0.0.1-spec.{DateTime.UtcNow.Ticks}"; // one that no cache of packages holds
        var picture = Picture.Write(_folder.File("in/picture.png"), 60, 30);

        await RunAsync("dotnet", "pack", Repository.Root, "-c", "Release", "-o", _folder.File("packages"), $"-p:Version={version}", "--nologo");
        await RunAsync(
            "dotnet", "tool", "install", "actor-imaging", "--tool-path", _folder.File("tools"), "--source", _folder.File("packages"), "--version", version);
        var output = await RunAsync(
            Path.Combine(_folder.File("tools"), OperatingSystem.IsWindows() ? "actor-imaging.exe" : "actor-imaging"),
            "process", picture, "--out", _folder.File("out"), "--op", "resize:20x", "--quiet");

        Assert.StartsWith("1 task: 1 succeeded", output, StringComparison.Ordinal);
        Assert.Equal((20, 10), Picture.SizeOf(_folder.File("out/picture.png")));
        AssertHolds($"actor-imaging.{version}.nupkg", "README.md", "THIRD-PARTY-NOTICES.md", "notices/Magick.NET.txt", "tools/net10.0/any/hocon/reference.conf");
        AssertHolds($"ActorImaging.{version}.nupkg", "README.md", "lib/net10.0/ActorImaging.dll", "lib/net10.0/ActorImaging.xml");
    }

    private void AssertHolds(string package, params string[] files)
    {
        using var archive = ZipFile.OpenRead(_folder.File(Path.Combine("packages", package)));
        Assert.All(files, file => Assert.NotNull(archive.GetEntry(file)));
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.Path };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // a node that stayed would keep the streams open
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{output}\n{await error}");
        return output;
    }
}
