using System.Text.Json;
using ActorImaging.Tests.Imaging.Containers;
using ImageMagick;

namespace ActorImaging.Cli.Tests.Processing;

/// <summary>What comes from phones and cameras, as a user has it processed.</summary>
public sealed class PhotographsSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PhotographsSpecs() => Directory.CreateDirectory(_folder.File("in"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_make_jpegs_of_a_phones_photographs()
    {
        File.WriteAllBytes(_folder.File("in/IMG_0001.HEIC"), HeifFile.With(Fixture("quad.heic"), 2, HeifFile.Turned(3)));
        File.WriteAllBytes(_folder.File("in/burst.heic"), Fixture("burst.heic"));

        var run = await RunAsync("in", "--out", "out", "--op", "resize:24x@no-upscale");

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal(["IMG_0001.jpg", "burst.jpg"], _folder.FilesOf("out").Order(StringComparer.Ordinal));
        Assert.Equal((24, 32), Picture.SizeOf(_folder.File("out/IMG_0001.jpg")));
        using var written = new MagickImage(_folder.File("out/IMG_0001.jpg"));
        Assert.Equal("a phone", written.GetExifProfile()!.GetValue(ExifTag.Model)!.Value);
        Assert.Contains("by Magick.NET: 2 decoded, 0 operations, 0 encoded", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_not_replace_what_it_can_not_write()
    {
        File.WriteAllBytes(_folder.File("in/a.heic"), Fixture("quad.heic"));

        var run = await RunAsync("in", "--in-place", "--op", "flip");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("failed Unsupported: source 'in/a.heic' can't be written to '", run.Output, StringComparison.Ordinal);
        Assert.Equal(Fixture("quad.heic"), File.ReadAllBytes(_folder.File("in/a.heic")));
    }

    [Fact]
    public async Task Should_close_a_format_that_is_not_wanted()
    {
        File.WriteAllBytes(_folder.File("in/a.heic"), Fixture("quad.heic"));
        Picture.Write(_folder.File("in/b.png"));

        var run = await RunAsync("in", "--out", "out", "--set", "actor-imaging.formats.read=[png, jpg]");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("failed Unsupported: source 'in/a.heic' is HEIC, which is not among the formats that are read (actor-imaging.formats.read)", run.Output, StringComparison.Ordinal);
        Assert.Equal(["b.png"], _folder.FilesOf("out"));
    }

    [Fact]
    public async Task Should_say_once_that_bits_are_lost_and_nothing_when_that_is_meant()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            Picture.Write(_folder.File($"in/{name}.png"), change: image => image.Format = MagickFormat.Png48);
        }

        var told = await RunAsync("in", "--out", "out", "--op", "flip");
        var meant = await RunAsync("in", "--out", "out2", "--op", "flip", "--depth", "8");

        Assert.Matches(@"^warning: 16 bits a channel became 8 \(--depth 8 says that this is meant\) \('in/[abc].png' and 2 more\)\n3 tasks", told.Output);
        Assert.Equal((0, 0), (told.ExitCode, meant.ExitCode));
        Assert.DoesNotContain("warning", meant.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_not_lower_the_depth_of_a_file_that_it_replaces_unless_told_so()
    {
        var path = Picture.Write(_folder.File("in/deep.png"), change: image => image.Format = MagickFormat.Png48);
        var before = File.ReadAllBytes(path);

        var refused = await RunAsync("in", "--in-place", "--op", "flip");
        var unchanged = File.ReadAllBytes(path);
        var told = await RunAsync("in", "--in-place", "--op", "flip", "--depth", "8");

        Assert.Equal((1, 0), (refused.ExitCode, told.ExitCode));
        Assert.Contains("failed Unsupported: source 'in/deep.png' has 16 bits a channel, of which its replacement would keep 8 (--depth 8 allows that)", refused.Output, StringComparison.Ordinal);
        Assert.Equal(before, unchanged);
        Assert.NotEqual(before, File.ReadAllBytes(path));
    }

    /// <summary>The README's own recipe for smaller PNGs, over an animation and over deep pixels.</summary>
    [Fact]
    public async Task Should_lose_no_frame_of_an_animated_png_in_place()
    {
        byte[] Frame(byte sequence, byte level) => [.. Crafted.PngChunk("fcTL", [0, 0, 0, sequence, 0, 0, 0, 40, 0, 0, 0, 30, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 10, 0, 0]), .. Data(sequence, level)];
        byte[] Data(byte sequence, byte level)
        {
            var rows = Crafted.Deflate([.. Enumerable.Range(0, 30).SelectMany(_ => (byte[])[0, .. Enumerable.Repeat(level, 40)])]);
            return sequence == 0 ? Crafted.PngChunk("IDAT", rows) : Crafted.PngChunk("fdAT", [0, 0, 0, (byte)(sequence + 1), .. rows]);
        }

        var path = _folder.File("in/animated.png");
        File.WriteAllBytes(path, Crafted.Png(
            Crafted.PngHeader(40, 30, 8, 0), Crafted.PngChunk("acTL", [0, 0, 0, 3, 0, 0, 0, 0]), Crafted.PngChunk("tEXt", [.. "Comment\0"u8, .. new byte[4000].Select(_ => (byte)'x')]), Frame(0, 10), Frame(1, 120), Frame(3, 240)));
        var before = new FileInfo(path).Length;

        var run = await RunAsync("in", "--in-place", "--png", "small", "--overwrite", "smaller");
        var refused = await RunAsync("in", "--out", "out", "--frames", "error");

        Assert.Equal(0, run.ExitCode);
        Assert.InRange(new FileInfo(path).Length, 1, before - 1);
        Assert.Equal(3, File.ReadAllBytes(path).AsSpan().Count("fcTL"u8));
        Assert.Contains("has 3 frames, but one was expected", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_what_lies_behind_a_photograph_and_is_lost()
    {
        using var image = new MagickImage(MagickColors.Red, 16, 16);
        var xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description xmlns:hdrgm='http://ns.adobe.com/hdr-gain-map/1.0/' hdrgm:Version='1.0'/></rdf:RDF></x:xmpmeta>"u8;
        File.WriteAllBytes(_folder.File("in/ultra.jpg"), [.. Crafted.WithSegments(image.ToByteArray(MagickFormat.Jpeg), Crafted.Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. xmp])), .. image.ToByteArray(MagickFormat.Jpeg)]);

        var run = await RunAsync("in", "--out", "out", "--json");

        var task = JsonDocument.Parse(run.Output.Split('\n')[0]).RootElement;
        Assert.Equal("what lies behind the image was left out: gain map (HDR)", task.GetProperty("warnings")[0].GetString());
        Assert.DoesNotContain("hdrgm", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(_folder.File("out/ultra.jpg"))), StringComparison.Ordinal);
    }

    /// <summary>What libheif reads and writes are files; a process that was killed leaves them, and no other may have them.</summary>
    [Fact]
    public async Task Should_clear_away_what_a_killed_process_left_in_the_temporary_folder()
    {
        var temporary = Directory.CreateDirectory(_folder.File("tmp")).FullName;
        foreach (var name in new[] { "left", "held", "mine" })
        {
            Directory.CreateDirectory(Path.Combine(temporary, $"actor-imaging-{name}"));
        }

        File.WriteAllText(Path.Combine(temporary, "actor-imaging-left", "in-use"), string.Empty);
        File.WriteAllText(Path.Combine(temporary, "actor-imaging-left", "magick-x"), "a photograph");
        await using var held = new FileStream(Path.Combine(temporary, "actor-imaging-held", "in-use"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        File.WriteAllBytes(_folder.File("in/a.heic"), Fixture("quad.heic"));

        var run = await CliRun.RunWithAsync(_folder.Path, new Dictionary<string, string> { ["TMPDIR"] = temporary, ["TMP"] = temporary }, "process", "in", "--out", "out", "--quiet");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["actor-imaging-held", "actor-imaging-mine"], Directory.EnumerateFileSystemEntries(temporary).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static byte[] Fixture(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "fixtures", name));

    private Task<CliRun> RunAsync(params string[] arguments) => CliRun.RunInAsync(_folder.Path, ["process", "--quiet", .. arguments]);
}
