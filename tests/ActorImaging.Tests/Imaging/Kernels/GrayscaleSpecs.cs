using ActorImaging.Imaging.Kernels;
using CsCheck;

namespace ActorImaging.Tests.Imaging.Kernels;

public class GrayscaleSpecs
{
    [Fact]
    public void Should_make_gray_as_ImageMagick() => Picture.Any.Sample(
        picture => Comparison.ShouldAgree(picture, (source, width) => new Grayscale(source, width), image => image.Grayscale()),
        iter: 300);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    public void Should_keep_alpha_and_drop_colours(int channels, int expected)
    {
        using var source = new Picture(9, 2, channels, Pattern.Noise, Pattern.Noise, 1).ToPixelBuffer();
        using var rows = new Grayscale(source);
        Assert.Equal(expected, rows.Channels);
    }

    [Fact]
    public void Should_leave_grays_as_they_are()
    {
        using var source = new Picture(256, 1, 3, Pattern.Flat, Pattern.Flat, 1).ToPixelBuffer();
        for (var level = 0; level < 256; level++)
        {
            source.Row(0).Slice(3 * level, 3).Fill((byte)level);
        }

        using var gray = Comparison.Run(source, buffer => new Grayscale(buffer));
        Assert.Equal(Enumerable.Range(0, 256).Select(level => (byte)level), gray.Row(0).ToArray());
    }
}
