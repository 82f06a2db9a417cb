using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Containers;
using ActorImaging.Tests.Imaging.Matrix;
using CsCheck;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Metadata;

public sealed class ColorProfileSpecs
{
    public static TheoryData<string, bool> Known => new()
    {
        { "sRGB", true },
        { "AdobeRGB1998", false },
        { "AppleRGB", false },
        { "ColorMatchRGB", false },
        { "CoatedFOGRA39", false },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Should_tell_what_is_sRGB(string name, bool isSrgb)
    {
        var profile = IccProfile.TryRead(BytesOf(name));

        Assert.NotNull(profile);
        Assert.Equal(isSrgb, profile.IsSrgb);
        Assert.Equal(name == "CoatedFOGRA39" ? IccColorSpace.Cmyk : IccColorSpace.Rgb, profile.ColorSpace);
    }

    [Fact]
    public void Should_read_gray() => Assert.Equal(IccColorSpace.Gray, IccProfile.TryRead(GrayProfile.Linear)!.ColorSpace);

    [Fact]
    public void Should_take_nothing_for_a_profile_that_is_cut_off()
    {
        var whole = BytesOf("sRGB");
        for (var length = 0; length < whole.Length; length += 13)
        {
            Assert.Null(IccProfile.TryRead(whole.AsMemory(0, length)));
        }
    }

    [Theory]
    [InlineData(ImageFormat.Avif)]
    [InlineData(ImageFormat.JpegXl)]
    public void Should_leave_out_with_a_word_what_a_library_cannot_read(ImageFormat format)
    {
        var profile = BytesOf("AdobeRGB1998");
        "bXYZ"u8.CopyTo(profile.AsSpan(profile.AsSpan().IndexOf("gXYZ"u8))); // a tag twice
        Assert.NotNull(IccProfile.TryRead(profile));
        var png = Crafted.Png(
            Crafted.PngHeader(2, 2, 8, 2), Crafted.PngChunk("iCCP", [.. "x\0\0"u8, .. Crafted.Deflate(profile)]), Crafted.PngChunk("IDAT", Crafted.PngRows(6, 2)));
        using var image = TestEngine.Accelerated().Decode(ImageContainer.Open(new MemoryStream(png), FramePolicy.First, new ImageLimits()), new SourceSettings());

        image.Encode(format, new OutputSettings(), new MemoryStream());

        Assert.Contains("the colour profile could not be used and was left out", image.Warnings);
    }

    [Fact]
    public void Should_take_whatever_comes() => Gen.Select(Gen.Int[0, 600], Gen.Byte).Array[1, 6].Sample(
        changes =>
        {
            var profile = BytesOf("AdobeRGB1998");
            foreach (var (at, value) in changes)
            {
                profile[at % profile.Length] = value;
            }

            _ = IccProfile.TryRead(profile)?.IsSrgb;
        },
        iter: 5000);

    /// <summary>A profile that is made of numbers converts as the one that the numbers are of.</summary>
    [Theory]
    [InlineData("AdobeRGB1998", 0.3127, 0.3290, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06, 0.45471)]
    [InlineData("AppleRGB", 0.3127, 0.3290, 0.625, 0.34, 0.28, 0.595, 0.155, 0.07, 0.55556)]
    public void Should_make_a_profile_of_chromaticities_and_gamma(
        string name, double whiteX, double whiteY, double redX, double redY, double greenX, double greenY, double blueX, double blueY, double gamma)
    {
        var made = MatrixProfile.For(new ImageMetadata { Gamma = gamma, Chromaticities = new Chromaticities(whiteX, whiteY, redX, redY, greenX, greenY, blueX, blueY) });

        using var expected = Convert(BytesOf(name));
        using var converted = Convert(made!.Bytes.ToArray());

        Assert.InRange(expected.Compare(converted, ErrorMetric.PeakAbsolute), 0, 3.01 / 255);
    }

    [Theory]
    [InlineData(1, 13, true)]
    [InlineData(12, 13, false)]
    [InlineData(9, 14, false)]
    public void Should_make_a_profile_of_code_points(byte primaries, byte transfer, bool isSrgb)
    {
        var points = new CodingIndependentCodePoints(primaries, transfer, 0, IsFullRange: true);
        var profile = MatrixProfile.For(new ImageMetadata { CodePoints = points });

        Assert.Equal(isSrgb, points.IsSrgb);
        Assert.Equal(isSrgb, profile is null);
        Assert.False(profile?.IsSrgb ?? false);
    }

    /// <summary>Numbers that any file may have: whites and primaries that lie on one line, or are none.</summary>
    [Fact]
    public void Should_make_nothing_of_numbers_that_are_no_colours() => Gen.OneOf(Gen.Double[0, 1], Gen.Const(0.0), Gen.Const(1.0), Gen.Double[0, 30000]).Array[9].Sample(
        numbers =>
        {
            var colours = new Chromaticities(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[7]);
            var profile = MatrixProfile.For(new ImageMetadata { Gamma = numbers[8], Chromaticities = colours });
            return profile is null || IccProfile.TryRead(profile.Bytes) is not null;
        },
        iter: 3000);

    private static byte[] BytesOf(string name) => (name switch
    {
        "sRGB" => ColorProfiles.SRGB,
        "AdobeRGB1998" => ColorProfiles.AdobeRGB1998,
        "AppleRGB" => ColorProfiles.AppleRGB,
        "ColorMatchRGB" => ColorProfiles.ColorMatchRGB,
        _ => ColorProfiles.CoatedFOGRA39,
    }).ToByteArray();

    private static MagickImage Convert(byte[] profile)
    {
        var image = new MagickImage(MagickColors.Black, 64, 64);
        using (var pixels = image.GetPixels())
        {
            for (var y = 0; y < 64; y++)
            {
                for (var x = 0; x < 64; x++)
                {
                    pixels.SetPixel(x, y, [(byte)(60 + (x * 2)), (byte)(60 + (y * 2)), (byte)(60 + x + y)]);
                }
            }
        }

        image.SetProfile(new ColorProfile(profile));
        image.TransformColorSpace(ColorProfiles.SRGB);
        return image;
    }
}
