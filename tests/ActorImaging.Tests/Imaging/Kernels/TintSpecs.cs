using ActorImaging.Imaging.Kernels;
using CsCheck;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Kernels;

public class TintSpecs
{
    private static readonly Gen<(byte Red, byte Green, byte Blue)> Colours = Gen.OneOf(
        Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte),
        Gen.Byte.Select(level => (level, level, level)));

    [Fact]
    public void Should_tint_as_ImageMagick() => Gen.Select(Picture.Any, Colours, Gen.Int[0, 250]).Sample(
        (picture, colour, percent) => Agree(picture, colour, (percent, percent, percent), $"{percent}"),
        iter: 300);

    [Fact]
    public void Should_tint_each_colour_by_its_own_percentage_as_ImageMagick() =>
        Agree(new Picture(64, 64, 3, Pattern.Noise, Pattern.Flat, 1), (255, 215, 0), (30, 60, 100), "30x60", hasPercentPerColour: true);

    [Fact]
    public void Should_leave_black_and_white_as_they_are()
    {
        using var source = new Picture(16, 16, 3, Pattern.Extremes, Pattern.Flat, 1).ToPixelBuffer();
        using var tinted = Comparison.Run(source, buffer => new Tint(buffer, (255, 0, 128), (100, 100, 100)));
        Assert.True(Comparison.Bytes(source).SequenceEqual(Comparison.Bytes(tinted)));
    }

    private static void Agree(
        Picture picture,
        (byte Red, byte Green, byte Blue) colour,
        (double Red, double Green, double Blue) percent,
        string geometry,
        bool hasPercentPerColour = false)
    {
        // Of a geometry "30x60" ImageMagick takes 30 for red and blue and 60 for green
        var taken = hasPercentPerColour ? percent with { Blue = percent.Red } : percent;
        Comparison.ShouldAgree(
            picture,
            (source, _) => new Tint(source, colour, taken),
            image => image.Tint(new MagickGeometry(geometry), MagickColor.FromRgb(colour.Red, colour.Green, colour.Blue)));
    }
}
