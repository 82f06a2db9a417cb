using System.Diagnostics;
using System.Text.Json;
using ImageMagick;

namespace ActorImaging.Cli.Tests.Processing;

/// <summary>What other people's folders are full of: each is named with what was wrong, and everything else is done.</summary>
public sealed class BadInputSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BadInputSpecs() => Picture.Write(_folder.File("in/good.png"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_name_a_file_that_is_missing() =>
        await AssertFailsAsync("missing.png", "SourceMissing", "source 'in/missing.png' does not exist");

    [Fact]
    public async Task Should_name_a_file_that_is_empty()
    {
        File.WriteAllBytes(_folder.File("in/empty.jpg"), []);

        await AssertFailsAsync("empty.jpg", "Unsupported", "source 'in/empty.jpg' is empty");
    }

    [Fact]
    public async Task Should_name_a_file_that_cannot_be_read()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = _folder.File("in/locked.png");
        if (Environment.UserName == "root")
        {
            File.CreateSymbolicLink(path, Directory.GetDirectories("/sys/bus").Select(bus => Path.Combine(bus, "uevent")).First(File.Exists)); // write-only, for root, too
        }
        else
        {
            Picture.Write(path);
            File.SetUnixFileMode(path, UnixFileMode.None);
        }

        await AssertFailsAsync("locked.png", "InputOutput", $"source 'in/locked.png' can't be read: Access to the path '{path}' is denied");
    }

    /// <summary>A limit is the most that is done, by every decoder, whose own limits are set from it.</summary>
    [Fact]
    public async Task Should_do_what_is_exactly_as_large_as_a_limit()
    {
        using var image = new MagickImage(MagickColors.Teal, 300, 300);
        image.Write(_folder.File("in/full.gif"), MagickFormat.Gif);

        var run = await CliRun.RunInAsync(
            _folder.Path, "process", "in/full.gif", "--out", "out", "--format", "png", "--quiet", "--set", "actor-imaging.limits.pixels=90000", "--set", "actor-imaging.limits.output-pixels=90000");

        Assert.True(run.ExitCode == 0, run.Error);
    }

    [Fact]
    public async Task Should_name_a_text_that_is_called_an_image()
    {
        File.WriteAllText(_folder.File("in/text.png"), "just a text");

        await AssertFailsAsync("text.png", "Unsupported", "source 'in/text.png' is not in a format that can be handled");
    }

    [Fact]
    public async Task Should_tell_formats_by_content_and_not_by_name()
    {
        Picture.Write(_folder.File("in/really-jpeg.png"), change: image => image.Format = MagickFormat.Jpeg);
        File.WriteAllText(_folder.File("in/drawing.png"), """<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>""");

        await AssertFailsAsync("drawing.png", "Unsupported", "source 'in/drawing.png' is not in a format that can be handled");
        Assert.Equal("\u0089PNG", new string([.. File.ReadAllBytes(_folder.File("out/really-jpeg.png"))[..4].Select(value => (char)value)]));
    }

    [Fact]
    public async Task Should_name_a_png_that_is_corrupt()
    {
        var bytes = File.ReadAllBytes(_folder.File("in/good.png"));
        bytes[^40] ^= 0xFF; // within the compressed pixels
        File.WriteAllBytes(_folder.File("in/corrupt.png"), bytes);

        await AssertFailsAsync("corrupt.png", "Corrupt", "source 'in/corrupt.png' ");
    }

    [Fact]
    public async Task Should_take_an_image_that_is_cut_off_only_when_told_to()
    {
        var whole = Picture.Write(_folder.File("whole.jpg"), 64, 64, change: image => image.Format = MagickFormat.Jpeg);
        File.WriteAllBytes(_folder.File("in/cut.jpg"), File.ReadAllBytes(whole)[..2000]);

        await AssertFailsAsync("cut.jpg", "Corrupt", "source 'in/cut.jpg' is damaged: ");
        var keep = await RunAsync("in", "--on-warning", "keep", "--json", "--overwrite", "always");

        Assert.Equal(0, keep.ExitCode);
        Assert.Equal((64, 64), Picture.SizeOf(_folder.File("out/cut.jpg")));
        var task = keep.Output.Split('\n').Select(line => JsonDocument.Parse(line).RootElement).First(line => line.GetProperty("source").GetString() == "in/cut.jpg");
        Assert.Contains("end early", task.GetProperty("warnings")[0].GetString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Should_see_no_image_in_a_folder_that_is_named_like_one()
    {
        Directory.CreateDirectory(_folder.File("in/folder.jpg"));

        var within = await RunAsync("in", "--recursive");
        var named = await RunAsync("in/folder.jpg");
        var among = await RunAsync("in/good.png", "in/folder.jpg", "--overwrite", "always");

        Assert.Equal((0, 2, 0), (within.ExitCode, named.ExitCode, among.ExitCode));
        Assert.Contains("error: input: expected images (.png, ", named.Error, StringComparison.Ordinal);
        Assert.Contains("), but there is none in 'in/folder.jpg'", named.Error, StringComparison.Ordinal);
        Assert.StartsWith("warning: input: expected images (.png, ", among.Error, StringComparison.Ordinal);
        Assert.StartsWith("1 task: 1 succeeded", among.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-leading-dash.png")]
    [InlineData("--op.png")]
    public async Task Should_take_names_with_leading_dashes_behind_two_dashes(string name)
    {
        File.Copy(_folder.File("in/good.png"), _folder.File(name));

        var run = await RunAsync("--op", "flip", "--", name);

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal([name], _folder.FilesOf("out"));
    }

    [Theory]
    [InlineData("gif", "first", 0, 1)]
    [InlineData("gif", "all", 0, 3)]
    [InlineData("gif", "error", 1, 0)]
    [InlineData("tif", "first", 0, 1)]
    [InlineData("tif", "all", 0, 3)]
    [InlineData("tif", "error", 1, 0)]
    public async Task Should_do_with_frames_and_pages_as_told(string extension, string frames, int exitCode, int framesWritten)
    {
        WriteFrames($"many.{extension}");

        var run = await RunAsync($"in/many.{extension}", "--op", "resize:12x8", "--frames", frames);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(framesWritten, File.Exists(_folder.File($"out/many.{extension}")) ? MagickImageInfo.ReadCollection(_folder.File($"out/many.{extension}")).Count() : 0);
        if (exitCode == 1)
        {
            Assert.Contains($"failed Unsupported: source 'in/many.{extension}' has 3 frames, but one was expected", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_keep_each_page_as_large_as_it_is()
    {
        using (var pages = new MagickImageCollection([Picture.Create(20, 12), Picture.Create(40, 60, seed: 1)]))
        {
            pages.Write(_folder.File("in/pages.tif"));
        }

        var run = await RunAsync("in/pages.tif", "--op", "resize:50%", "--frames", "all");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal([(10u, 6u), (20u, 30u)], MagickImageInfo.ReadCollection(_folder.File("out/pages.tif")).Select(page => (page.Width, page.Height)));
    }

    [Fact]
    public async Task Should_lose_no_frame_in_place()
    {
        WriteFrames("many.gif");

        var run = await CliRun.RunInAsync(_folder.Path, "process", "in/many.gif", "--in-place", "--op", "resize:50%", "--quiet");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, MagickImageInfo.ReadCollection(_folder.File("in/many.gif")).Count());
    }

    [Fact]
    public async Task Should_say_so_when_a_folder_has_the_name_of_an_output()
    {
        Directory.CreateDirectory(_folder.File("out/good.png"));

        var run = await RunAsync("in");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"failed InputOutput: output '{_folder.File("out/good.png")}' can't be written: it is a folder", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_which_formats_hold_frames_when_the_wanted_one_does_not()
    {
        WriteFrames("many.gif");

        var run = await RunAsync("in/many.gif", "--format", "jpg", "--frames", "all");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("source 'in/many.gif' has 3 frames, but JPEG holds one: write one of PNG, WebP, GIF, TIFF, or take the first", run.Output, StringComparison.Ordinal);
        Assert.Empty(_folder.FilesOf("out"));
    }

    [Theory]
    [InlineData("cmyk.jpg")]
    [InlineData("sixteen.png")]
    [InlineData("palette.png")]
    [InlineData("gray.png")]
    [InlineData("gray-alpha.png")]
    [InlineData("alpha.png")]
    [InlineData("bits.png")]
    [InlineData("interlaced.png")]
    [InlineData("progressive.jpg")]
    [InlineData("gray.jpg")]
    [InlineData("alpha.webp")]
    [InlineData("lossless.webp")]
    [InlineData("alpha.gif")]
    [InlineData("deflated.tif")]
    [InlineData("plain.bmp")]
    public async Task Should_show_in_a_png_what_the_source_shows(string name)
    {
        WriteKind(name);

        var run = await RunAsync($"in/{name}", "--format", "png");

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        using var source = new MagickImage(_folder.File($"in/{name}"));
        using var output = new MagickImage(_folder.File($"out/{Path.GetFileNameWithoutExtension(name)}.png"));
        if (source.ColorSpace == ColorSpace.CMYK)
        {
            source.ColorSpace = ColorSpace.sRGB;
        }

        Assert.Equal((source.Width, source.Height, source.HasAlpha && !source.IsOpaque), (output.Width, output.Height, output.HasAlpha));
        Assert.InRange(output.Compare(source, ErrorMetric.PeakAbsolute, Channels.All), 0, 1.01 / 255);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Should_apply_each_orientation_once_and_never_twice(int orientation)
    {
        Picture.Write(_folder.File("in/turned.jpg"), 40, 24, change: image =>
        {
            image.Format = MagickFormat.Jpeg;
            image.Quality = 100;
            var exif = new ExifProfile();
            exif.SetValue(ExifTag.Orientation, (ushort)orientation);
            exif.SetValue(ExifTag.Make, "a camera");
            image.SetProfile(exif);
        });

        await RunAsync("in/turned.jpg", "--format", "png");
        Directory.Move(_folder.File("out"), _folder.File("once"));
        var twice = await RunAsync("once/turned.png", "--op", "auto-orient");

        Assert.Equal(0, twice.ExitCode);
        using var expected = new MagickImage(_folder.File("in/turned.jpg"));
        expected.AutoOrient();
        using var output = new MagickImage(_folder.File("out/turned.png"));
        Assert.Equal((expected.Width, expected.Height), (output.Width, output.Height));
        Assert.Equal(0, output.Compare(expected, ErrorMetric.PeakAbsolute));
        Assert.Equal("a camera", output.GetExifProfile()!.GetValue(ExifTag.Make)!.Value);
        Assert.Equal((ushort)1, output.GetExifProfile()!.GetValue(ExifTag.Orientation)!.Value);
    }

    [Fact]
    public async Task Should_refuse_a_bomb_in_milliseconds_with_the_number_and_the_key()
    {
        WriteBomb("bomb.png", side: 30_000);
        Assert.InRange(new FileInfo(_folder.File("in/bomb.png")).Length, 100_000, 400_000);

        var run = await RunAsync("in/bomb.png", "--json");

        var task = JsonDocument.Parse(run.Output.Split('\n')[0]).RootElement;
        Assert.Equal((1, "OverLimit"), (run.ExitCode, task.GetProperty("failureKind").GetString()));
        Assert.Equal(
            "source 'in/bomb.png' has 900,000,000 pixels (30000x30000), over the limit of 268,402,689 (actor-imaging.limits.pixels)",
            task.GetProperty("failureReason").GetString());
        var summary = JsonDocument.Parse(run.Output.Split('\n')[1]).RootElement;
        Assert.InRange(summary.GetProperty("elapsedMilliseconds").GetDouble(), 0, 500);
        Assert.InRange(summary.GetProperty("peakBytes").GetInt64(), 1, 300_000_000); // decoded it would be 2.7 GB
    }

    [Fact]
    public async Task Should_fail_each_task_and_leave_nothing_when_the_folder_cannot_be_written_to()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await CliRun.RunInAsync(_folder.Path, "process", "in", "--out", "/proc/actor-imaging", "--quiet"); // not even root can

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("failed InputOutput: output '/proc/actor-imaging/good.png' can't be written: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_write_what_fits_and_leave_nothing_half_written_on_a_full_disk()
    {
        if (!OperatingSystem.IsLinux() || !CanMount())
        {
            return; // no small file system to try it on
        }

        for (var seed = 0; seed < 8; seed++)
        {
            Picture.Write(_folder.File($"in/{seed}.png"), 100, 100, seed);
        }

        Directory.CreateDirectory(_folder.File("out"));
        var script = $"""mount -t tmpfs -o size=100k none out && dotnet exec "{CliRun.ProgramPath}" process in --out out --quiet; code=$?; echo FILES; ls -A out; exit $code""";
        using var program = Start("unshare", ["--map-root-user", "--mount", "sh", "-c", script]);
        var output = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();

        Assert.Equal(1, program.ExitCode);
        Assert.Contains("can't be written: No space left on device", output, StringComparison.Ordinal);
        var (report, files) = (output.Split("FILES\n")[0], output.Split("FILES\n")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"9 tasks: {files.Length} succeeded, {9 - files.Length} failed", report, StringComparison.Ordinal);
        Assert.InRange(files.Length, 1, 8);
        Assert.All(files, file => Assert.EndsWith(".png", file, StringComparison.Ordinal));
    }

    private bool CanMount()
    {
        using var program = Start("unshare", ["--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs none in"]);
        program.WaitForExit();
        return program.ExitCode == 0;
    }

    private Process Start(string program, string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true })!;

    private async Task AssertFailsAsync(string name, string kind, string reason)
    {
        var run = await RunAsync("in", $"in/{name}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"failed {kind}: {reason}", run.Output, StringComparison.Ordinal);
        Assert.Contains(" succeeded, 1 failed", run.Output, StringComparison.Ordinal);
        Assert.Contains("good.png", _folder.FilesOf("out"));
        Assert.DoesNotContain(name, _folder.FilesOf("out"));
        Assert.DoesNotContain("   at ", run.Output + run.Error, StringComparison.Ordinal); // no stack trace
    }

    private Task<CliRun> RunAsync(params string[] arguments) => CliRun.RunInAsync(_folder.Path, ["process", "--out", "out", "--quiet", .. arguments]);

    private void WriteFrames(string name)
    {
        using var frames = new MagickImageCollection();
        for (var seed = 0; seed < 3; seed++)
        {
            frames.Add(Picture.Create(24, 16, seed));
        }

        frames.Write(_folder.File(Path.Combine("in", name)));
    }

    private void WriteKind(string name) => Picture.Write(_folder.File(Path.Combine("in", name)), change: image =>
    {
        image.Quality = 95;
        image.Format = Enum.Parse<MagickFormat>(Path.GetExtension(name)[1..].Replace("jpg", "jpeg", StringComparison.Ordinal), ignoreCase: true);
        switch (Path.GetFileNameWithoutExtension(name))
        {
            case "cmyk":
                image.ColorSpace = ColorSpace.CMYK;
                break;
            case "sixteen":
                image.Format = MagickFormat.Png48;
                break;
            case "palette":
                image.Quantize(new QuantizeSettings { Colors = 16, DitherMethod = DitherMethod.No });
                image.Format = MagickFormat.Png8;
                break;
            case "gray":
                image.Grayscale();
                break;
            case "gray-alpha":
                AddAlpha(image);
                image.Grayscale();
                break;
            case "alpha":
                AddAlpha(image);
                break;
            case "bits":
                image.Threshold(new Percentage(50));
                image.ColorType = ColorType.Bilevel;
                break;
            case "interlaced":
                image.Settings.Interlace = Interlace.Png;
                break;
            case "progressive":
                image.Settings.Interlace = Interlace.Plane;
                break;
            case "lossless":
                image.Settings.SetDefine("webp:lossless", "true");
                break;
            case "deflated":
                image.Settings.Compression = CompressionMethod.Zip;
                break;
        }
    });

    private static void AddAlpha(MagickImage image)
    {
        image.Alpha(AlphaAction.Set);
        using var pixels = image.GetPixels();
        for (var x = 0; x < image.Width; x++)
        {
            pixels.GetPixel(x, 5).SetChannel(3, 0);
            pixels.GetPixel(x, 6).SetChannel(3, 255);
        }

        image.Transparent(image.GetPixels().GetPixel(1, 1).ToColor()!);
    }

    /// <summary>A PNG of one colour whose pixels take a thousand times its length.</summary>
    private void WriteBomb(string name, int side)
    {
        var row = new byte[1 + ((side + 7) / 8)];
        using var pixels = new MemoryStream();
        using (var compressor = new System.IO.Compression.ZLibStream(pixels, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var y = 0; y < side; y++)
            {
                compressor.Write(row);
            }
        }

        using var file = File.Create(_folder.File(Path.Combine("in", name)));
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Span<byte> header = stackalloc byte[13];
        header.Clear();
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(header, side);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(header[4..], side);
        header[8] = 1; // one bit of gray a pixel
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, pixels.ToArray());
        WriteChunk(file, "IEND"u8, []);
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        byte[] content = [.. type, .. data];
        Span<byte> number = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(content);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(number, System.IO.Hashing.Crc32.HashToUInt32(content));
        file.Write(number);
    }
}
