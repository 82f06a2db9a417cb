using ActorImaging.Imaging;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Magick;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Kernels;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Jpeg;

/// <summary>What becomes of pixels of every kind in a JPEG, beside what ImageMagick makes of them.</summary>
[Collection("Native memory")]
public sealed class JpegEncoderSpecs
{
    private const string Own = "own JPEG writer";

    private static readonly OutputSettings Best = new() { QualityPercent = 100, Chroma = ChromaSubsampling.Full };

    [Theory]
    [InlineData(1, Pattern.Noise, 1)]
    [InlineData(2, Pattern.Noise, 1)]
    [InlineData(3, Pattern.Noise, 3)]
    [InlineData(4, Pattern.Noise, 3)]
    [InlineData(4, Pattern.Extremes, 3)]
    public void Should_show_what_imagemagick_shows(int channels, Pattern alpha, int components)
    {
        using var pixels = new Picture(61, 43, channels, Pattern.Gradient, alpha, 5).ToPixelBuffer();

        var own = Encode(pixels, Best, out var encoder);

        using var image = MagickOracle.Open(pixels);
        image.BackgroundColor = MagickColors.White;
        image.Alpha(AlphaAction.Remove);
        image.Quality = (uint)Best.QualityPercent;
        image.Settings.SetDefine("jpeg:sampling-factor", "4:4:4");
        image.Settings.SetDefine("jpeg:dct-method", "islow");
        using var written = new MagickImage(image.ToByteArray(MagickFormat.Jpeg));
        using var expected = MagickOracle.Export(written);
        using var read = new MagickImage(own);
        using var shown = MagickOracle.Export(read);
        Assert.Equal((Own, components), (encoder, Components(own)));
        Assert.Equal(components, shown.Channels);
        AssertWithin(channels is 1 or 3 ? 0 : 2, expected, shown); // laid on white by one level more or less before all else
    }

    /// <summary>The last row stands for two where chroma does: it is laid on white once.</summary>
    [Theory]
    [InlineData(2, 43)]
    [InlineData(4, 43)]
    [InlineData(4, 17)]
    [InlineData(4, 1)]
    public void Should_write_the_same_whether_what_is_opaque_says_so_or_not(int channels, int height)
    {
        using var pixels = new Picture(61, height, channels - 1, Pattern.Noise, Pattern.Flat, 3).ToPixelBuffer();
        using var opaque = new WithAlpha(pixels);
        using var withAlpha = opaque.ToPixelBuffer();
        var profile = ImageMetadata.None with { IccProfile = IccProfile.TryRead(ColorProfiles.SRGB.ToByteArray()) };
        foreach (var chroma in ChromaSubsampling.All)
        {
            var settings = Best with { Chroma = chroma };
            Assert.Equal(Encode(pixels, settings, out _, profile), Encode(withAlpha, settings, out _, profile));
        }
    }

    [Fact]
    public void Should_write_gray_alone_where_nothing_has_a_colour()
    {
        using var pixels = Gray(40, 40);

        Assert.Equal(1, Components(Encode(pixels, Best, out _)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(39)]
    public void Should_write_colours_where_one_pixel_has_one(int row)
    {
        using var pixels = Gray(40, 40);
        pixels.Row(row)[7]++;

        Assert.Equal(3, Components(Encode(pixels, Best, out _)));
    }

    [Fact]
    public void Should_write_colours_where_a_profile_is_of_colours()
    {
        using var pixels = new Picture(9, 9, 1, Pattern.Gradient, Pattern.Flat, 1).ToPixelBuffer();
        var profile = IccProfile.TryRead(ColorProfiles.SRGB.ToByteArray());

        var file = Encode(pixels, Best, out var encoder, ImageMetadata.None with { IccProfile = profile });

        Assert.Equal((Own, 3), (encoder, Components(file)));
        using var read = new MagickImage(file);
        using var shown = MagickOracle.Export(read);
        Assert.Equal(3, shown.Channels);
        Assert.All(Enumerable.Range(0, 81), index => Assert.InRange(shown.Row(index / 9)[3 * (index % 9)] - pixels.Row(index / 9)[index % 9], -1, 1));
    }

    [Fact]
    public void Should_leave_what_it_does_not_write_to_others()
    {
        using var pixels = Gray(8, 8);

        Encode(pixels, Best with { IsProgressive = true }, out var encoder);

        Assert.Equal("Magick.NET", encoder);
    }

    private static PixelBuffer Gray(int width, int height)
    {
        var pixels = PixelBuffer.Allocate(width, height, 3);
        for (var y = 0; y < height; y++)
        {
            for (var at = 0; at < pixels.StrideBytes; at++)
            {
                pixels.Row(y)[at] = (byte)((at / 3 * 5) + y);
            }
        }

        return pixels;
    }

    private static byte[] Encode(PixelBuffer pixels, OutputSettings settings, out string encoder, ImageMetadata? metadata = null)
    {
        using var frame = new Frame(pixels.AddReference());
        using var output = new MemoryStream();
        var chosen = new EngineCodecs(usesKernels: true, MagickPngEncoding.Default).EncoderFor(ImageFormat.Jpeg, [frame], settings);
        chosen.Encode([frame], metadata ?? ImageMetadata.None, settings, output);
        encoder = chosen.Name;
        return output.ToArray();
    }

    private static int Components(byte[] jpeg) => jpeg[jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 9];

    private static void AssertWithin(int levels, PixelBuffer expected, PixelBuffer actual)
    {
        Assert.Equal((expected.WidthPixels, expected.HeightPixels, expected.Channels), (actual.WidthPixels, actual.HeightPixels, actual.Channels));
        for (var y = 0; y < expected.HeightPixels; y++)
        {
            for (var at = 0; at < expected.StrideBytes; at++)
            {
                Assert.InRange(actual.Row(y)[at] - expected.Row(y)[at], -levels, levels);
            }
        }
    }
}
