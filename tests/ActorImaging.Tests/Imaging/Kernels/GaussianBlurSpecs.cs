using ActorImaging.Imaging.Kernels;
using CsCheck;

namespace ActorImaging.Tests.Imaging.Kernels;

public class GaussianBlurSpecs
{
    private static readonly Gen<double> Sigmas = Gen.OneOf(Gen.Double[0, 0.6], Gen.Double[0.6, 8], Gen.Double[8, 60], Gen.Const(5.0));

    [Fact]
    public void Should_blur_as_ImageMagick() =>
        Gen.Select(Picture.Any, Sigmas).Sample((picture, sigma) => Agree(picture, sigma), iter: 500);

    [Theory]
    [InlineData(0)]
    [InlineData(1e-13)]
    [InlineData(0.05)]
    [InlineData(-3)]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(GaussianWeights.GreatestSigmaPixels)]
    public void Should_take_any_sigma_as_ImageMagick(double sigma)
    {
        Agree(new Picture(1, 1, 3, Pattern.Noise, Pattern.Noise, 1), sigma);
        Agree(new Picture(61, 1, 1, Pattern.Extremes, Pattern.Noise, 2), sigma);
        Agree(new Picture(1, 300, 4, Pattern.Extremes, Pattern.Extremes, 3), sigma);
    }

    [Fact]
    public void Should_blur_pictures_higher_than_a_band_as_ImageMagick() =>
        Agree(new Picture(301, 257, 3, Pattern.Noise, Pattern.Flat, 4), 5);

    [Theory]
    [InlineData(0.7)]
    [InlineData(2.1)]
    [InlineData(9)]
    public void Should_not_let_two_roundings_add_up_on_a_slope(double sigma)
    {
        for (var seed = 0; seed < 4; seed++)
        {
            Agree(new Picture(400, 257, 1, Pattern.Gradient, Pattern.Flat, seed), sigma);
        }
    }

    [Fact]
    public void Should_not_let_two_roundings_add_up_where_little_is_visible()
    {
        Agree(new Picture(131, 131, 2, Pattern.Noise, Pattern.Extremes, 6919), 0.3328725158825438);
        Agree(new Picture(131, 131, 4, Pattern.Noise, Pattern.Extremes, 6919), 0.3328725158825438);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Should_leave_one_colour_as_it_is(int channels)
    {
        using var source = new Picture(40, 30, channels, Pattern.Flat, Pattern.Flat, 5).ToPixelBuffer();
        using var blurred = Comparison.Run(source, buffer => GaussianBlur.Of(buffer, 7.3));
        Assert.True(Comparison.Bytes(source).SequenceEqual(Comparison.Bytes(blurred)));
    }

    [Fact]
    public void Should_not_let_colour_out_of_invisible_pixels()
    {
        using var source = new Picture(20, 1, 4, Pattern.Flat, Pattern.Flat, 6).ToPixelBuffer();
        for (var x = 0; x < 20; x++)
        {
            (x < 10 ? (ReadOnlySpan<byte>)[200, 100, 50, 255] : [0, 255, 255, 0]).CopyTo(source.Row(0)[(4 * x)..]);
        }

        using var blurred = Comparison.Run(source, buffer => GaussianBlur.Of(buffer, 2));
        Assert.Equal<byte>([200, 100, 50], blurred.Row(0).Slice(4 * 10, 3).ToArray());
        Assert.InRange(blurred.Row(0)[(4 * 10) + 3], 90, 120);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-2e6)]
    public void Should_refuse_a_sigma_of_no_use(double sigma)
    {
        using var source = new Picture(2, 2, 3, Pattern.Noise, Pattern.Flat, 7).ToPixelBuffer();
        Assert.False(GaussianBlur.Supports(sigma));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianBlur.Of(source, sigma));
    }

    private static void Agree(Picture picture, double sigma)
    {
        Assert.True(GaussianBlur.Supports(sigma));
        Comparison.ShouldAgree(picture, (source, width) => GaussianBlur.Of(source, sigma, width), image => image.Blur(0, sigma));
    }
}
