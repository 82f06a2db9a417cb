using ActorImaging.Imaging.Kernels;
using CsCheck;

namespace ActorImaging.Tests.Imaging.Kernels;

public class SharpenSpecs
{
    private static readonly Gen<double> Sigmas = Gen.OneOf(Gen.Double[0, 0.6], Gen.Double[0.6, 4], Gen.Double[4, 60]);

    [Fact]
    public void Should_sharpen_as_ImageMagick() =>
        Gen.Select(Picture.Any, Sigmas).Sample((picture, sigma) => Agree(picture, sigma), iter: 500);

    [Fact]
    public void Should_sharpen_as_ImageMagick_without_arguments() => Picture.Any.Sample(
        picture => Comparison.ShouldAgree(
            picture,
            (source, width) => Sharpen.Of(source, Sharpen.DefaultSigmaPixels, width),
            image => image.Sharpen()),
        iter: 100);

    [Theory]
    [InlineData(0)]
    [InlineData(1e-13)]
    [InlineData(0.05)]
    [InlineData(-3)]
    [InlineData(1000)]
    [InlineData(GaussianWeights.GreatestSigmaPixels)]
    public void Should_take_any_sigma_as_ImageMagick(double sigma)
    {
        Agree(new Picture(1, 1, 3, Pattern.Noise, Pattern.Noise, 1), sigma);
        Agree(new Picture(61, 1, 1, Pattern.Extremes, Pattern.Noise, 2), sigma);
        Agree(new Picture(1, 60, 4, Pattern.Extremes, Pattern.Extremes, 3), sigma);
    }

    [Fact]
    public void Should_sharpen_pictures_higher_than_a_band_as_ImageMagick() =>
        Agree(new Picture(301, 257, 3, Pattern.Noise, Pattern.Flat, 4), 1);

    [Fact]
    public void Should_refuse_a_sigma_of_no_use()
    {
        using var source = new Picture(2, 2, 3, Pattern.Noise, Pattern.Flat, 7).ToPixelBuffer();
        Assert.False(Sharpen.Supports(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sharpen.Of(source, double.NaN));
    }

    private static void Agree(Picture picture, double sigma)
    {
        Assert.True(Sharpen.Supports(sigma));
        Comparison.ShouldAgree(picture, (source, width) => Sharpen.Of(source, sigma, width), image => image.Sharpen(0, sigma));
    }
}
