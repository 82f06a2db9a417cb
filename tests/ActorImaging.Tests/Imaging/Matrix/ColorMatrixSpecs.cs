using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Containers;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Matrix;

/// <summary>Every kind of every format to every format that is written, by either engine: what is shown stays what is shown, and no profile describes what is not there.</summary>
public sealed class ColorMatrixSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<ImageFormat, string, ImageFormat> Cells
    {
        get
        {
            var cells = new TheoryData<ImageFormat, string, ImageFormat>();
            foreach (var (format, kind) in ColorSample.All)
            {
                foreach (var to in FormatTable.Written)
                {
                    cells.Add(format, kind, to);
                }
            }

            return cells;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cells))]
    public void Should_show_what_the_source_shows(ImageFormat from, string kind, ImageFormat to)
    {
        var (source, shown) = ColorSample.Write(from, kind, _folder.Path);
        foreach (var engine in new[] { "accelerated", "magick" })
        {
            foreach (var policy in Enum.GetValues<ColorProfilePolicy>())
            {
                var outcome = Process(source, to, policy, engine);

                using var output = new MagickImage(Output(to));
                Check(shown, ColorSample.PatchesOf(output), to, $"{engine}, {policy}", kind == "lab" ? 6 : 0);
                CheckProfile(output, to, policy);
                Assert.Equal(kind == "junk-profile", outcome.Warnings.Any(warning => warning.Contains("profile", StringComparison.Ordinal)));
                Assert.Equal(kind == "16-bit", outcome.Warnings.Any(warning => warning.StartsWith("16 bits", StringComparison.Ordinal)));
            }
        }
    }

    /// <summary>Operations that mean colours, on samples of which none is red, green or blue.</summary>
    [Theory]
    [InlineData(ImageFormat.Jpeg, "cmyk")]
    [InlineData(ImageFormat.Tiff, "cmyk")]
    [InlineData(ImageFormat.Tiff, "lab")]
    public void Should_convert_before_operations_that_mean_colours(ImageFormat from, string kind)
    {
        var (source, shown) = ColorSample.Write(from, kind, _folder.Path);
        foreach (var engine in new[] { "accelerated", "magick" })
        {
            Process(source, ImageFormat.Png, ColorProfilePolicy.Keep, engine, "grayscale");
            using var gray = new MagickImage(Output(ImageFormat.Png));
            Assert.All(ColorSample.PatchesOf(gray).Zip(shown), pair => Assert.InRange(
                pair.First.R - ((0.2126 * pair.Second.R) + (0.7152 * pair.Second.G) + (0.0722 * pair.Second.B)), -8, 8));

            Process(source, ImageFormat.Png, ColorProfilePolicy.Keep, engine, "rotate:45");
            using var turned = new MagickImage(Output(ImageFormat.Png));
            Assert.Equal((255, 255, 255), turned.GetPixels().GetPixel(0, 0).ToColor()! is var corner ? (corner.R, corner.G, corner.B) : default);

            Process(source, ImageFormat.Png, ColorProfilePolicy.Keep, engine, "resize:40x60@contain");
            using var padded = new MagickImage(Output(ImageFormat.Png));
            Assert.Equal((255, 255, 255), padded.GetPixels().GetPixel(0, 0).ToColor()! is var border ? (border.R, border.G, border.B) : default);
        }
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.WebP)]
    [InlineData(ImageFormat.Tiff)]
    public void Should_apply_each_orientation_once_to_every_format(ImageFormat from)
    {
        for (ushort orientation = 1; orientation <= 8; orientation++)
        {
            var source = _folder.File($"{orientation}{ImageFormats.ExtensionOf(from)}");
            using (var image = ColorSample.Create())
            {
                var exif = new ExifProfile();
                exif.SetValue(ExifTag.Orientation, orientation);
                image.SetProfile(exif);
                image.Orientation = (Orientation)orientation;
                image.Quality = 97;
                image.Write(source, MetadataSample.MagickFormatOf(from));
            }

            using var expected = ColorSample.Create();
            expected.Orientation = (Orientation)orientation;
            expected.AutoOrient();
            foreach (var to in FormatTable.Written)
            {
                foreach (var operations in new[] { "auto-orient", "auto-orient+auto-orient", "flip+flip" })
                {
                    Process(source, to, ColorProfilePolicy.Keep, "accelerated", operations);

                    using var output = new MagickImage(Output(to));
                    output.AutoOrient(); // what is not applied must be said
                    Assert.Equal((expected.Width, expected.Height), (output.Width, output.Height));
                    Check(ColorSample.PatchesOf(expected), ColorSample.PatchesOf(output), to, $"{orientation}, {operations}");
                    Assert.True(operations == "flip+flip" || output.GetExifProfile()?.GetValue(ExifTag.Orientation)?.Value is null or 1);
                }
            }
        }
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.WebP)]
    [InlineData(ImageFormat.Gif)]
    [InlineData(ImageFormat.Tiff)]
    public void Should_carry_animations_to_every_format_that_holds_frames_and_refuse_the_others(ImageFormat from)
    {
        var source = WriteAnimation(from);
        foreach (var engine in new[] { "accelerated", "magick" })
        {
            foreach (var to in FormatTable.Written)
            {
                var all = Record.Exception(() => Process(source, to, ColorProfilePolicy.Keep, engine, "flip", FramePolicy.All));
                if (FormatTable.Cell("several frames", to) == "refused")
                {
                    Assert.Contains("has 3 frames", Assert.IsType<UnsupportedImageException>(all).Message, StringComparison.Ordinal);
                }
                else
                {
                    Assert.Null(all);
                    CheckFrames(Output(to), from, to, engine);
                }

                Process(source, to, ColorProfilePolicy.Keep, engine, "flip");
                Assert.Equal(1, TestEngine.HeaderOf(Output(to), new SourceSettings { Frames = FramePolicy.All }).Frames);
            }

            Assert.Throws<UnsupportedImageException>(() => Process(source, ImageFormat.Png, ColorProfilePolicy.Keep, engine, "flip", FramePolicy.Error));
        }
    }

    private static void CheckFrames(string path, ImageFormat from, ImageFormat to, string engine)
    {
        using var image = TestEngine.Accelerated().Decode(path, new SourceSettings { Frames = FramePolicy.All });
        Assert.Equal(3, image.Sizes.Count);
        using var stack = new MemoryStream();
        image.Encode(ImageFormat.Tiff, new OutputSettings(), stack);
        stack.Position = 0;
        using var pages = new MagickImageCollection(stack);
        Assert.Equal("rgb", string.Concat(pages.Select(page => ColorSample.PatchesOf(page)[0] is var color && color.R > 180 ? 'r' : color.G > 100 ? 'g' : 'b')));
        if (to != ImageFormat.Tiff && from != ImageFormat.Tiff)
        {
            using var file = File.OpenRead(path);
            var animation = ImageContainer.Open(file, FramePolicy.All, new ImageLimits()).Animation!;
            Assert.All(animation.Frames, frame => Assert.Equal(0.2, frame.Delay.Ticks / (double)frame.Delay.TicksPerSecond, 3));
            Assert.True(animation.Loops == 4, $"{from} to {to} by {engine}: {animation.Loops} loops");
        }
    }

    private string WriteAnimation(ImageFormat format)
    {
        using var frames = new MagickImageCollection();
        foreach (var color in new[] { new MagickColor(220, 30, 30), new MagickColor(30, 180, 30), new MagickColor(30, 30, 220) })
        {
            frames.Add(new MagickImage(color, ColorSample.Width, ColorSample.Height) { AnimationDelay = 20, AnimationTicksPerSecond = 100, AnimationIterations = 4 });
        }

        var path = _folder.File($"animation{ImageFormats.ExtensionOf(format)}");
        if (format != ImageFormat.Png)
        {
            frames.Write(path, MetadataSample.MagickFormatOf(format));
            return path;
        }

        // ImageMagick writes none: three frames of one chunk each, as the specification has them
        var pictures = frames.Select(frame => ImageDataOf(frame.ToByteArray(MagickFormat.Png24))).ToList();
        byte[] Control(byte sequence) => Crafted.PngChunk(
            "fcTL", [0, 0, 0, sequence, 0, 0, 0, ColorSample.Width, 0, 0, 0, ColorSample.Height, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 0, 100, 0, 0]);
        File.WriteAllBytes(path, Crafted.Png(
            Crafted.PngHeader(ColorSample.Width, ColorSample.Height, 8, 2),
            Crafted.PngChunk("acTL", [0, 0, 0, 3, 0, 0, 0, 4]),
            Control(0), Crafted.PngChunk("IDAT", pictures[0]),
            Control(1), Crafted.PngChunk("fdAT", [0, 0, 0, 2, .. pictures[1]]),
            Control(3), Crafted.PngChunk("fdAT", [0, 0, 0, 4, .. pictures[2]])));
        return path;
    }

    private static byte[] ImageDataOf(byte[] png)
    {
        var at = png.AsSpan().IndexOf("IDAT"u8);
        return png[(at + 4)..(at + 4 + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at - 4)))];
    }

    private static void Check(MagickColor[] shown, MagickColor[] found, ImageFormat to, string how, int sourceTolerance = 0)
    {
        var tolerance = to is ImageFormat.Jpeg or ImageFormat.WebP or ImageFormat.Avif or ImageFormat.JpegXl ? 14 : Math.Max(4, sourceTolerance); // 8 bits of Lab are coarse
        for (var patch = 0; patch < shown.Length; patch++)
        {
            var (expected, actual) = (shown[patch], found[patch]);
            if (expected.A == 0 && FormatTable.Cell("transparency", to) != "white below it")
            {
                Assert.True(actual.A == 0, $"patch {patch} by {how}: expected transparent, but it is {actual}");
                continue;
            }

            expected = expected.A == 0 ? MagickColors.White : expected;
            Assert.True(
                Math.Abs(expected.R - actual.R) <= tolerance && Math.Abs(expected.G - actual.G) <= tolerance && Math.Abs(expected.B - actual.B) <= tolerance,
                $"patch {patch} by {how}: expected {expected}, but it is {actual}");
        }
    }

    private static void CheckProfile(MagickImage output, ImageFormat to, ColorProfilePolicy policy)
    {
        if (output.GetColorProfile() is not { } found)
        {
            return;
        }

        var profile = IccProfile.TryRead(found.ToByteArray());
        Assert.NotNull(profile);
        Assert.Equal(profile.ColorSpace, output.ColorSpace switch { ColorSpace.Gray => IccColorSpace.Gray, ColorSpace.CMYK => IccColorSpace.Cmyk, _ => IccColorSpace.Rgb });
        Assert.True(policy == ColorProfilePolicy.Keep || profile.IsSrgb);
        var row = profile.ColorSpace == IccColorSpace.Gray ? "profile of gray" : "profile of colours";
        Assert.Equal("kept", FormatTable.Cell(row, to));
    }

    private string Output(ImageFormat to) => _folder.File($"out{ImageFormats.ExtensionOf(to)}");

    private TaskOutcome Process(string source, ImageFormat to, ColorProfilePolicy policy, string engine, string operations = "auto-orient", FramePolicy frames = FramePolicy.First)
    {
        var task = new ImageTask(new TaskId(1), source, OperationParser.ParseList(operations), Output(to))
        {
            Source = new SourceSettings { Frames = frames },
            Output = new OutputSettings { ColorProfile = policy, QualityPercent = 97, Chroma = ChromaSubsampling.Full },
        };
        return new ImageTaskPipeline(TestEngine.Named(engine), new SourceLeases(), new ImageLimits()).Process(task);
    }
}
