using ActorImaging.Imaging;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Imaging.Png;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Png;
using CsCheck;
using ImageMagick;

namespace ActorImaging.Tests.Imaging;

/// <summary>The accelerated engine against the magick engine, from file to file: the same picture to within one level.</summary>
public sealed class AcceleratedImageEngineSpecs : IDisposable
{
    private static readonly string[] Plain = ["grayscale", "sharpen", "rotate:90", "rotate:180", "rotate:270", "tint:#3264ff", "flip", "flop"];

    private readonly TemporaryFolder _folder = new();
    private readonly IImageEngine _accelerated = TestEngine.Accelerated();
    private readonly IImageEngine _magick = TestEngine.Magick();

    public static TheoryData<string, string> EveryOperationOnEveryKind()
    {
        string[] operations =
        [
            "resize:31x17", "resize:80x", "resize:20x40@cover", "resize:60x20@contain", "resize:50%", "resize:200x200@inside", "blur:2", "grayscale",
            "sharpen", "rotate:90", "rotate:180", "rotate:270", "rotate:-90", "rotate:30", "tint:#ff6432", "crop:20x10@southeast", "crop:20x10@40:25",
            "flip", "flop", "auto-orient", "crop:30x30+resize:20x20+blur:1+grayscale", "rotate:30+blur:1+rotate:90", "grayscale+tint:#ff6432+resize:20x20",
        ];
        var data = new TheoryData<string, string>();
        foreach (var kind in PictureKinds.All.Keys)
        {
            foreach (var operation in operations)
            {
                data.Add(kind, operation);
            }
        }

        return data;
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(EveryOperationOnEveryKind))]
    public void Should_make_what_imagemagick_makes(string kind, string operations)
    {
        var source = PictureKinds.Write(kind, _folder.Path);

        var (accelerated, magick) = (Process(_accelerated, source, operations), Process(_magick, source, operations));

        AssertSame(magick, accelerated, levels: OperationParser.ParseList(operations).Length); // each step may round otherwise
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
    public void Should_turn_upright_once_and_never_twice(int orientation)
    {
        var source = PictureKinds.WriteOriented(orientation, _folder.Path);

        var once = Process(_accelerated, source, "auto-orient");
        var twice = Process(_accelerated, source, "auto-orient+auto-orient");
        var magick = Process(_magick, source, "auto-orient");

        AssertSame(magick, once, levels: 0);
        AssertSame(once, twice, levels: 0);
        using var upright = Open(once);
        Assert.Equal((32u, 24u), (upright.Width, upright.Height));
        Assert.True(upright.Orientation is Orientation.TopLeft or Orientation.Undefined);
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    [InlineData(".webp")]
    [InlineData(".gif")]
    public void Should_keep_no_orientation_that_is_applied_when_metadata_go(string extension)
    {
        var source = PictureKinds.WriteOriented(6, _folder.Path);

        var output = Process(_accelerated, source, "flip+flip", extension, new OutputSettings { Metadata = MetadataPolicy.Strip });

        using var image = Open(output);
        Assert.Equal((32u, 24u), (image.Width, image.Height));
        Assert.Null(image.GetExifProfile());
    }

    [Theory]
    [InlineData("magick")]
    [InlineData("accelerated")]
    public void Should_carry_profile_copyright_and_resolution(string engine)
    {
        var source = PictureKinds.WriteWithMetadata(_folder.Path);
        var used = engine == "magick" ? _magick : _accelerated;

        using var kept = Open(Process(used, source, "blur:1"));
        using var rights = Open(Process(used, source, "blur:1", ".png", new OutputSettings { Metadata = MetadataPolicy.Copyright }));
        using var stripped = Open(Process(used, source, "blur:1", ".png", new OutputSettings { Metadata = MetadataPolicy.Strip }));
        using var srgb = Open(Process(used, source, "blur:1", ".png", new OutputSettings { ColorProfile = ColorProfilePolicy.Srgb }));

        Assert.Equal("someone", kept.GetExifProfile()?.GetValue(ExifTag.Copyright)?.Value);
        Assert.Equal("a camera", kept.GetExifProfile()?.GetValue(ExifTag.Model)?.Value);
        Assert.Equal(ColorProfiles.AdobeRGB1998.ToByteArray(), kept.GetColorProfile()?.ToByteArray());
        Assert.Equal(300, kept.Density.ChangeUnits(ImageMagick.DensityUnit.PixelsPerInch).X, tolerance: 0.1);
        Assert.Equal("someone", rights.GetExifProfile()?.GetValue(ExifTag.Copyright)?.Value);
        Assert.Null(rights.GetExifProfile()?.GetValue(ExifTag.Model));
        Assert.NotNull(rights.GetColorProfile());
        Assert.Null(stripped.GetExifProfile());
        Assert.NotNull(stripped.GetColorProfile());
        Assert.Null(srgb.GetColorProfile());
    }

    [Theory]
    [InlineData("grayscale")]
    [InlineData("tint:#ff6432")]
    [InlineData("blur:1")]
    public void Should_write_no_profile_of_other_channels_than_there_are(string operations)
    {
        var source = PictureKinds.WriteWithMetadata(_folder.Path);

        var output = StrictPngReader.Read(File.ReadAllBytes(Process(_accelerated, source, operations)));

        Assert.True(output.Chunks.Exists(chunk => chunk.Type == "iCCP"));
        Assert.True(output.ColourType is 2 or 3); // colours, as the profile says, also where all of them are gray
    }

    [Theory]
    [InlineData("flip", MetadataPolicy.Keep, "Größe", "漢字", "someone", "a note")]
    [InlineData("rotate:30", MetadataPolicy.Keep, "Größe", "漢字", "someone", "a note")]
    [InlineData("flip", MetadataPolicy.Copyright, null, null, "someone", null)]
    [InlineData("rotate:30+flip", MetadataPolicy.Strip, null, null, null, null)]
    public void Should_carry_texts_as_told(string operations, MetadataPolicy policy, string? title, string? description, string? copyright, string? comment)
    {
        var source = Path.Combine(_folder.Path, "texts.img");
        using (var image = new MagickImage(PictureKinds.Write("rgb", _folder.Path)))
        {
            image.SetAttribute("Title", "Größe");
            image.SetAttribute("Description", "漢字");
            image.SetAttribute("Copyright", "someone");
            image.Comment = "a note";
            image.Write(source, MagickFormat.Png);
        }

        using var output = Open(Process(_accelerated, source, operations, ".png", new OutputSettings { Metadata = policy }));

        Assert.Equal(
            (title, description, copyright, comment),
            (output.GetAttribute("Title"), output.GetAttribute("Description"), output.GetAttribute("Copyright"), output.Comment));
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("rotate:30")]
    [InlineData("rotate:30+flip")]
    public void Should_carry_gamma(string operations)
    {
        var source = Path.Combine(_folder.Path, "gamma.img");
        using (var pixels = PixelBuffer.Allocate(30, 20, 3))
        using (var file = File.Create(source))
        {
            pixels.Rows(0, 20).Fill(90);
            PngWriter.Write(PngRows.From(pixels), new ImageMetadata { Gamma = 0.55556 }, PngPreset.Fast, file);
        }

        using var output = Open(Process(_accelerated, source, operations));

        Assert.Equal(0.55556, output.Gamma, 5);
    }

    [Fact]
    public void Should_keep_credits_of_IPTC_and_turn_what_XMP_says_upright()
    {
        var source = Path.Combine(_folder.Path, "credits.img");
        using (var image = new MagickImage(PictureKinds.WriteOriented(6, _folder.Path)))
        {
            var iptc = new IptcProfile();
            iptc.SetValue(IptcTag.CopyrightNotice, "someone");
            iptc.SetValue(IptcTag.City, "somewhere");
            image.SetProfile(iptc);
            image.SetProfile(new XmpProfile(System.Text.Encoding.UTF8.GetBytes("<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:Description tiff:Orientation=\"6\"/></x:xmpmeta>")));
            image.Write(source, MagickFormat.Jpeg);
        }

        using var kept = Open(Process(_accelerated, source, "auto-orient", ".jpg"));
        using var rights = Open(Process(_accelerated, source, "auto-orient", ".jpg", new OutputSettings { Metadata = MetadataPolicy.Copyright }));

        Assert.Contains("tiff:Orientation=\"1\"", System.Text.Encoding.UTF8.GetString(kept.GetXmpProfile()!.ToByteArray()), StringComparison.Ordinal);
        Assert.Equal(["someone"], rights.GetIptcProfile()!.Values.Select(value => value.Value));
        Assert.Null(rights.GetXmpProfile());
    }

    [Fact]
    public void Should_hold_no_pixels_after_any_end()
    {
        var before = PixelBuffer.LiveBytes;
        Process(_accelerated, PictureKinds.Write("rgb", _folder.Path), "blur:1+rotate:30+resize:20x20");

        Assert.ThrowsAny<Exception>(() => Process(_accelerated, PictureKinds.Write("rgb", _folder.Path), "blur:1+crop:5x5@900:900"));
        Assert.ThrowsAny<Exception>(() => new ImageTaskPipeline(_accelerated, new SourceLeases(), new ImageLimits { OutputPixels = 100 })
            .Process(CreateTask(PictureKinds.Write("rgb", _folder.Path), "blur:1+resize:20x20", _folder.File("out.png"), new OutputSettings())));

        Assert.Equal(before, PixelBuffer.LiveBytes);
    }

    [Fact]
    public void Should_make_what_imagemagick_makes_for_any_list_of_operations()
    {
        Gen<string> anyOperation = Gen.OneOf(
            Gen.Select(Gen.Int[1, 90], Gen.Int[1, 90], (width, height) => $"resize:{width}x{height}"),
            Gen.Int[1, 30].Select(tenths => FormattableString.Invariant($"blur:{tenths / 10.0}")),
            Gen.Int[0, Plain.Length - 1].Select(which => Plain[which]),
            Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], (width, height) => $"crop:{width}x{height}"));
        Gen.Select(Gen.Int[0, PictureKinds.All.Count - 1], anyOperation).Sample(
            (kind, operation) =>
            {
                var source = PictureKinds.Write(PictureKinds.All.Keys.ElementAt(kind), _folder.Path);
                AssertSame(Process(_magick, source, operation), Process(_accelerated, source, operation), levels: 1);
            },
            iter: 150,
            threads: 1); // the samples share a folder
    }

    private static void AssertSame(string expected, string actual, int levels)
    {
        using var left = Open(expected);
        using var right = Open(actual);
        Assert.Equal((left.Width, left.Height), (right.Width, right.Height));
        using var leftPixels = left.GetPixelsUnsafe();
        using var rightPixels = right.GetPixelsUnsafe();
        var (expectedBytes, actualBytes) = (leftPixels.ToByteArray("RGBA")!, rightPixels.ToByteArray("RGBA")!);
        for (var at = 0; at < expectedBytes.Length; at++)
        {
            var isUnseen = expectedBytes[at | 3] == 0 && actualBytes[at | 3] == 0; // nobody sees a colour under no alpha
            Assert.True(
                isUnseen || Math.Abs(expectedBytes[at] - actualBytes[at]) <= levels,
                $"sample {at}: {expectedBytes[at]} by ImageMagick, {actualBytes[at]} here");
        }
    }

    private static MagickImage Open(string path)
    {
        using var file = File.OpenRead(path);
        return new MagickImage(file);
    }

    private string Process(IImageEngine engine, string source, string operations, string extension = ".png", OutputSettings? settings = null)
    {
        var output = _folder.File($"{Guid.NewGuid():N}{extension}");
        new ImageTaskPipeline(engine, new SourceLeases(), new ImageLimits())
            .Process(CreateTask(source, operations, output, settings ?? new OutputSettings()));
        return output;
    }

    private static ImageTask CreateTask(string source, string operations, string output, OutputSettings settings) =>
        new(new TaskId(1), source, OperationParser.ParseList(operations), output) { Output = settings };
}
