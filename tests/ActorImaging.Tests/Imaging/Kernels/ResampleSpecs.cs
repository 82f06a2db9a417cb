using ActorImaging.Imaging.Kernels;
using CsCheck;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Kernels;

public class ResampleSpecs
{
    private static readonly Gen<int> Lengths = Gen.Frequency((3, Gen.Int[1, 12]), (3, Gen.Int[1, 150]), (1, Gen.Const(64)));

    private static readonly Gen<Picture> Slopes =
        from widthPixels in Gen.Int[20, 131]
        from halfHeightPixels in Gen.Int[2, 40]
        from channels in Gen.Int[1, 4]
        from seed in Gen.Int[0, 9999]
        select new Picture(widthPixels, 2 * halfHeightPixels, channels, Pattern.Gradient, Pattern.Gradient, seed);

    [Fact]
    public void Should_resize_as_ImageMagick() => Gen.Select(Picture.Any, Lengths, Lengths).Sample(Agree, iter: 1500);

    [Theory]
    [InlineData(1, 1, 40, 30)]
    [InlineData(40, 30, 1, 1)]
    [InlineData(2, 2, 33, 65)]
    [InlineData(1, 90, 90, 1)]
    [InlineData(17, 5, 5, 17)]
    [InlineData(300, 200, 60, 40)]
    [InlineData(64, 48, 128, 96)]
    [InlineData(640, 3, 7, 3)]
    public void Should_resize_as_ImageMagick_at_the_edges(int fromWidth, int fromHeight, int width, int height)
    {
        for (var channels = 1; channels <= 4; channels++)
        {
            Agree(new Picture(fromWidth, fromHeight, channels, Pattern.Extremes, Pattern.Extremes, channels), width, height);
        }
    }

    /// <summary>Regular pictures that came out two levels off while the first pass rounded a near half unlike ImageMagick.</summary>
    [Theory]
    [InlineData(4, 2, 1, Pattern.Extremes, Pattern.Flat, 6704, 32, 65)]
    [InlineData(2, 47, 3, Pattern.Noise, Pattern.Gradient, 7158, 33, 37)]
    [InlineData(10, 12, 1, Pattern.Gradient, Pattern.Extremes, 5014, 5, 5)]
    [InlineData(9, 10, 4, Pattern.Extremes, Pattern.Gradient, 3787, 2, 3)]
    [InlineData(31, 16, 4, Pattern.Columns, Pattern.Gradient, 3774, 8, 7)]
    public void Should_not_let_two_roundings_add_up(
        int fromWidth, int fromHeight, int channels, Pattern colours, Pattern alpha, int seed, int width, int height) =>
        Agree(new Picture(fromWidth, fromHeight, channels, colours, alpha, seed), width, height);

    /// <summary>Windows with an even number of rows, on a slope: their sums are halves, and the last bit says which way.</summary>
    [Fact]
    public void Should_break_ties_as_ImageMagick() => Gen.Select(Slopes, Gen.Int[1, 12], Gen.Int[1, 8]).Sample(Agree, iter: 1500);

    [Fact]
    public void Should_keep_one_colour_when_resizing() => Gen.Select(Picture.Of(Gen.Const(3)), Lengths, Lengths).Sample(
        (picture, width, height) =>
        {
            using var source = (picture with { Colours = Pattern.Flat }).ToPixelBuffer();
            using var resized = Comparison.Run(source, buffer => Resample.Of(buffer, width, height, ResampleFilter.Lanczos));
            var pixel = source.Row(0)[..source.Channels].ToArray();
            Assert.All(Comparison.Bytes(resized).ToArray().Chunk(source.Channels), other => Assert.Equal(pixel, other));
        },
        iter: 50);

    /// <summary>What is cut out of a result is computed alone; how finely weights are kept depends on all of them, hence one level.</summary>
    [Fact]
    public void Should_make_of_a_window_what_the_whole_has_there() => Gen.Select(Picture.Any, Gen.Int[1, 60], Gen.Int[1, 60], Gen.Double.Unit.Array[4]).Sample(
        (picture, width, height, parts) =>
        {
            int left = (int)(parts[0] * (width - 1)), top = (int)(parts[1] * (height - 1));
            int columns = 1 + (int)(parts[2] * (width - left - 1)), rows = 1 + (int)(parts[3] * (height - top - 1));
            using var source = picture.ToPixelBuffer();
            using var whole = Resample.Of(source, width, height, ResampleFilter.Lanczos).ToPixelBuffer();
            using var cut = new Crop(whole, left, top, columns, rows).ToPixelBuffer();
            var target = ResampleTarget.Of(source, width, height) with { LeftPixels = left, TopPixels = top, WidthPixels = columns, HeightPixels = rows };
            using var window = Resample.Of(source, target, ResampleFilter.Lanczos).ToPixelBuffer();

            Assert.Equal((cut.WidthPixels, cut.HeightPixels), (window.WidthPixels, window.HeightPixels));
            Assert.All(Comparison.Bytes(cut).ToArray().Zip(Comparison.Bytes(window).ToArray()), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        },
        iter: 400);

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, -1)]
    public void Should_refuse_a_size_below_one(int width, int height)
    {
        using var source = new Picture(2, 2, 3, Pattern.Noise, Pattern.Flat, 7).ToPixelBuffer();
        Assert.Throws<ArgumentOutOfRangeException>(() => Resample.Of(source, width, height, ResampleFilter.Lanczos));
    }

    private static void Agree(Picture picture, int width, int height)
    {
        var size = new MagickGeometry((uint)width, (uint)height) { IgnoreAspectRatio = true };
        Comparison.ShouldAgree(
            picture,
            (source, lanes) => Resample.Of(source, width, height, ResampleTarget.Of(source, width, height).Filter, lanes),
            image =>
            {
                image.FilterType = width * (1.0 / picture.Width) * (height * (1.0 / picture.Height)) > 1 ? FilterType.Mitchell : FilterType.Lanczos;
                image.Resize(size);
            });
    }
}
