using ActorImaging.Imaging.Kernels;
using CsCheck;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Kernels;

/// <summary>Crop, flip and flop: pixels change places and nothing else.</summary>
public class RearrangementSpecs
{
    private static readonly Gen<double> Shares = Gen.Double.Unit;

    [Fact]
    public void Should_flip_as_ImageMagick() => Picture.Any.Sample(
        picture => Comparison.ShouldAgree(picture, (source, _) => new Flip(source), image => image.Flip()),
        iter: 150);

    [Fact]
    public void Should_flop_as_ImageMagick() => Picture.Any.Sample(
        picture => Comparison.ShouldAgree(picture, (source, width) => new Flop(source, width), image => image.Flop()),
        iter: 150);

    [Fact]
    public void Should_crop_as_ImageMagick() => Gen.Select(Picture.Any, Shares, Shares, Shares, Shares).Sample(
        (picture, x, y, w, h) =>
        {
            int left = (int)(x * picture.Width), top = (int)(y * picture.Height);
            int width = 1 + (int)(w * (picture.Width - left)), height = 1 + (int)(h * (picture.Height - top));
            (width, height) = (Math.Min(width, picture.Width - left), Math.Min(height, picture.Height - top));
            var rectangle = new MagickGeometry(left, top, (uint)width, (uint)height);
            Comparison.ShouldAgree(picture, (source, _) => new Crop(source, left, top, width, height), image => image.Crop(rectangle));
        },
        iter: 200);

    [Theory]
    [InlineData(-1, 0, 2, 2)]
    [InlineData(0, 0, 0, 2)]
    [InlineData(9, 0, 2, 2)]
    [InlineData(0, 7, 10, 2)]
    [InlineData(int.MaxValue, 0, 1, 1)]
    public void Should_refuse_a_rectangle_outside(int left, int top, int width, int height)
    {
        using var source = new Picture(10, 8, 3, Pattern.Noise, Pattern.Flat, 1).ToPixelBuffer();
        Assert.False(Crop.Supports(source, left, top, width, height));
        Assert.Throws<ArgumentException>(() => new Crop(source, left, top, width, height));
    }
}
