using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Containers;

/// <summary>HEIC, AVIF and JPEG XL, as phones and their programs write them.</summary>
public sealed class PhoneFormatSpecs : IDisposable
{
    private static readonly SourceSettings All = new() { Frames = FramePolicy.All };

    private readonly TemporaryFolder _folder = new();

    /// <summary>What turns of the properties of HEIF do to the four corners, top left first and row by row: r(ed), w(hite), w, b(lue).</summary>
    public static TheoryData<string, int?, int?, string> Turns
    {
        get
        {
            var turns = new TheoryData<string, int?, int?, string>();
            foreach (var name in new[] { "quad.heic", "quad.avif" })
            {
                turns.Add(name, null, null, "64x48 rwwb");
                turns.Add(name, 1, null, "48x64 wbrw");
                turns.Add(name, 2, null, "64x48 bwwr");
                turns.Add(name, 3, null, "48x64 wrbw");
                turns.Add(name, null, 0, "64x48 wbrw");
                turns.Add(name, null, 1, "64x48 wrbw");
                turns.Add(name, 1, 0, "48x64 rwwb");
                turns.Add(name, 3, 1, "48x64 rwwb");
            }

            return turns;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Turns))]
    public void Should_turn_and_mirror_once_as_properties_say(string name, int? quarters, int? axis, string expected)
    {
        var item = name.EndsWith("heic", StringComparison.Ordinal) ? 2 : 1;
        var file = Fixture.Read(name);
        file = quarters is { } turn ? HeifFile.With(file, item, HeifFile.Turned(turn)) : file;
        file = axis is { } mirror ? HeifFile.With(file, item, HeifFile.Mirrored(mirror)) : file;
        var path = Write(file);

        var header = TestEngine.HeaderOf(path);
        var output = Process(path, "auto-orient", "out.png");

        Assert.Equal(expected, Corners(output));
        Assert.Equal(expected.Split(' ')[0], $"{header.Size}");
        Assert.Equal(ImageOrientation.TopLeft, header.Orientation);
    }

    /// <summary>Phones write both, and only properties count.</summary>
    [Fact]
    public void Should_not_turn_by_exif_data_what_properties_have_turned()
    {
        var fixture = Fixture.Read("quad.heic");
        using (var stream = new MemoryStream(fixture))
        {
            Assert.Equal(ImageOrientation.RightTop, new ExifBlock(ImageContainer.Open(stream, FramePolicy.First, new ImageLimits()).ReadMetadata(new MetadataReading(1 << 20)).Exif).Orientation);
        }

        var output = Process(Write(HeifFile.With(fixture, 2, HeifFile.Turned(3))), "auto-orient", "out.jpg");

        Assert.Equal("48x64 wrbw", Corners(output));
        Assert.Equal(ImageOrientation.TopLeft, TestEngine.HeaderOf(output).Orientation);
        using var written = new MagickImage(output);
        Assert.Equal((ushort)1, written.GetExifProfile()!.GetValue(ExifTag.Orientation)!.Value);
    }

    [Theory]
    [InlineData("quad.heic", ImageFormat.Heic)]
    [InlineData("quad.avif", ImageFormat.Avif)]
    [InlineData("transcoded.jxl", ImageFormat.JpegXl)]
    public void Should_carry_what_is_said_beside_the_pixels(string name, ImageFormat format)
    {
        var path = Fixture.PathOf(name);

        var output = Process(path, "flip", "out.jpg");

        Assert.Equal(format, TestEngine.HeaderOf(path).Format);
        using var written = new MagickImage(output);
        Assert.Equal("someone", written.GetExifProfile()!.GetValue(ExifTag.Artist)!.Value);
        Assert.NotNull(written.GetExifProfile()!.GetValue(ExifTag.GPSLatitude));
        Assert.Contains("hello", System.Text.Encoding.UTF8.GetString(written.GetXmpProfile()!.ToReadOnlySpan()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quad.heic", 2)]
    [InlineData("quad.avif", 1)]
    public void Should_carry_a_colour_profile(string name, int item)
    {
        var profile = ColorProfiles.AdobeRGB1998.ToByteArray();
        var path = Write(HeifFile.With(Fixture.Read(name), item, HeifFile.Profile(profile)));

        using var image = TestEngine.Accelerated().Decode(path);
        var output = Process(path, "flip", "out.png");

        using var written = new MagickImage(output);
        Assert.Equal(profile, written.GetColorProfile()!.ToByteArray());
        Assert.Equal("64x48 wbrw", Corners(output)); // the samples stay as they are
    }

    [Theory]
    [InlineData("deep.heic", 10)]
    [InlineData("deep.avif", 10)]
    [InlineData("deep.jxl", 16)]
    public void Should_say_that_bits_are_lost(string name, int bits)
    {
        var outcome = Outcome(Fixture.PathOf(name), "flip", "out.png", new SourceSettings());

        Assert.Equal(bits, TestEngine.HeaderOf(Fixture.PathOf(name)).BitDepth);
        Assert.Equal($"{bits} bits a channel became 8 (--depth 8 says that this is meant)", Assert.Single(outcome.Warnings));
    }

    [Theory]
    [InlineData("burst.heic", 2)]
    [InlineData("sequence.avif", 3)]
    [InlineData("alpha.heic", 1)]
    [InlineData("quad.avif", 1)]
    [InlineData("animated.jxl", 2)]
    public void Should_take_images_for_frames_and_neither_thumbnails_nor_masks(string name, int frames)
    {
        var path = Fixture.PathOf(name);

        using var image = TestEngine.Accelerated().Decode(path, All);
        using var first = TestEngine.Accelerated().Decode(path);

        Assert.Equal((frames, 1), (image.Sizes.Count, first.Sizes.Count));
        Assert.Equal(new PixelSize(64, 48), image.Sizes[0]);
        Assert.Equal((frames, 1), (TestEngine.HeaderOf(path, All).Frames, TestEngine.HeaderOf(path).Frames));
    }

    [Theory]
    [InlineData("burst.heic", "first", "rwwb")]
    [InlineData("sequence.avif", "first", "rwwb")]
    [InlineData("animated.jxl", "first", "rwwb")]
    [InlineData("burst.heic", "all", "rwwb bbbb")]
    [InlineData("sequence.avif", "all", "rwwb bbbb rrrr")]
    [InlineData("animated.jxl", "all", "rwwb bbbb")]
    public void Should_show_each_frame(string name, string frames, string expected)
    {
        Outcome(Fixture.PathOf(name), "flip+flip", "out.tiff", new SourceSettings { Frames = Enum.Parse<FramePolicy>(frames, ignoreCase: true) });

        using var pages = new MagickImageCollection(_folder.File("out.tiff"));
        Assert.Equal(expected.Split(' '), pages.Select(Letters));
    }

    [Fact]
    public void Should_keep_transparency()
    {
        using var written = new MagickImage(Process(Fixture.PathOf("alpha.heic"), "flip", "out.png"));

        Assert.Equal(((byte)0, (byte)255), (written.GetPixels().GetPixel(5, 5).ToColor()!.A, written.GetPixels().GetPixel(60, 5).ToColor()!.A));
    }

    [Fact]
    public void Should_say_that_a_gain_map_is_lost()
    {
        var file = Fixture.Read("alpha.heic");
        "hdrgainmap"u8.CopyTo(file.AsSpan(file.AsSpan().IndexOf("hevc:2015:"u8))); // the mask is a gain map now, as a phone names it

        var outcome = Outcome(Write(file), "flip", "out.png", new SourceSettings());

        Assert.Contains("what lies behind the image was left out: gain map (HDR)", outcome.Warnings);
    }

    [Fact]
    public void Should_read_only_the_formats_that_are_open()
    {
        var limits = new ImageLimits { Formats = [ImageFormat.Png, ImageFormat.Avif] };
        using var file = File.OpenRead(Fixture.PathOf("quad.heic"));

        var fault = Assert.Throws<UnsupportedImageException>(() => ImageContainer.Open(file, FramePolicy.First, limits));

        Assert.Equal("is HEIC, which is not among the formats that are read (actor-imaging.formats.read)", fault.Message);
    }

    /// <summary>The brand says AVIF and the image is HEVC: what is closed stays closed.</summary>
    [Fact]
    public void Should_go_by_what_images_are_and_not_by_the_brand()
    {
        var file = Fixture.Read("quad.heic");
        "avif"u8.CopyTo(file.AsSpan(8));
        using var stream = new MemoryStream(file);

        Assert.Throws<UnsupportedImageException>(() => ImageContainer.Open(stream, FramePolicy.First, new ImageLimits { Formats = [ImageFormat.Avif] }));
    }

    [Theory]
    [InlineData("quad.heic")]
    [InlineData("burst.heic")]
    [InlineData("sequence.avif")]
    [InlineData("deep.avif")]
    [InlineData("transcoded.jxl")]
    [InlineData("animated.jxl")]
    public void Should_end_in_one_stated_way_wherever_a_file_is_cut_off(string name)
    {
        var whole = Fixture.Read(name);
        for (var length = 1; length < whole.Length; length += Math.Max(1, whole.Length / 400))
        {
            using var stream = new MemoryStream(whole[..length]);
            var fault = Record.Exception(() => ImageContainer.Open(stream, FramePolicy.All, new ImageLimits()).ReadMetadata(new MetadataReading(1 << 20)));

            Assert.True(fault is null or CorruptSourceException or UnsupportedImageException, $"{length} bytes: {fault}");
        }
    }

    private string Write(byte[] file)
    {
        var path = _folder.File("source.img");
        File.WriteAllBytes(path, file);
        return path;
    }

    private string Process(string source, string operations, string output)
    {
        Outcome(source, operations, output, new SourceSettings());
        return _folder.File(output);
    }

    private TaskOutcome Outcome(string source, string operations, string output, SourceSettings settings) =>
        new ImageTaskPipeline(TestEngine.Accelerated(), new SourceLeases(), new ImageLimits())
            .Process(new ImageTask(new TaskId(1), source, OperationParser.ParseList(operations), _folder.File(output)) { Source = settings });

    private static string Corners(string path)
    {
        using var image = new MagickImage(path);
        return $"{image.Width}x{image.Height} {Letters(image)}";
    }

    private static string Letters(IMagickImage<byte> image)
    {
        using var pixels = image.GetPixels();
        int right = (int)image.Width - 6, bottom = (int)image.Height - 6;
        return string.Concat(new[] { (5, 5), (right, 5), (5, bottom), (right, bottom) }.Select(at => pixels.GetPixel(at.Item1, at.Item2).ToColor()! switch
        {
            { R: > 200, G: > 200, B: > 200 } => 'w',
            { R: > 200 } => 'r',
            { B: > 200 } => 'b',
            _ => '?',
        }));
    }
}
