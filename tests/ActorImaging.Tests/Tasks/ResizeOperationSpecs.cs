using ActorImaging.Tasks;
using CsCheck;

namespace ActorImaging.Tests.Tasks;

public sealed class ResizeOperationSpecs
{
    private static readonly Gen<PixelSize> AnySize = Gen.Select(Gen.Int[1, 9000], Gen.Int[1, 9000], (width, height) => new PixelSize(width, height));

    [Theory]
    [InlineData("resize:800x600", 4000, 2000, 800, 600)]
    [InlineData("resize:800x600@inside", 4000, 2000, 800, 400)]
    [InlineData("resize:800x600@inside", 2000, 4000, 300, 600)]
    [InlineData("resize:800x600@cover", 4000, 2000, 800, 600)]
    [InlineData("resize:800x600@contain", 4000, 2000, 800, 600)]
    [InlineData("resize:800x", 4000, 3000, 800, 600)]
    [InlineData("resize:x600", 4000, 3000, 800, 600)]
    [InlineData("resize:1x", 10, 4000, 1, 400)]
    [InlineData("resize:800x", 4000, 1, 800, 1)]
    [InlineData("resize:50%", 4001, 3001, 2001, 1501)]
    [InlineData("resize:200%", 10, 20, 20, 40)]
    [InlineData("resize:200%@no-upscale", 10, 20, 10, 20)]
    [InlineData("resize:800x600@inside@no-upscale", 100, 50, 100, 50)]
    [InlineData("resize:800x600@inside@no-upscale", 1600, 50, 800, 25)]
    [InlineData("resize:80x60@cover@no-upscale", 100, 50, 80, 50)]
    [InlineData("resize:800x600@contain@no-upscale", 100, 50, 800, 600)]
    public void Should_know_the_size_of_the_result(string operation, int width, int height, int resultWidth, int resultHeight) => Assert.Equal(
        new PixelSize(resultWidth, resultHeight),
        ((ResizeOperation)OperationParser.Parse(operation)).SizeOf(new PixelSize(width, height)));

    [Fact]
    public void Should_lie_within_the_box_and_touch_it_when_inside() => Gen.Select(AnySize, AnySize).Sample((source, box) =>
    {
        var size = new ResizeOperation(box.WidthPixels, box.HeightPixels, ResizeFit.Inside).SizeOf(source);
        return size.WidthPixels <= box.WidthPixels && size.HeightPixels <= box.HeightPixels
            && (size.WidthPixels == box.WidthPixels || size.HeightPixels == box.HeightPixels);
    });

    [Fact]
    public void Should_cover_the_box_and_touch_it_before_it_is_cut() => Gen.Select(AnySize, AnySize).Sample((source, box) =>
    {
        var size = new ResizeOperation(box.WidthPixels, box.HeightPixels, ResizeFit.Cover).ScaledSizeOf(source);
        return size.WidthPixels >= box.WidthPixels && size.HeightPixels >= box.HeightPixels
            && (size.WidthPixels == box.WidthPixels || size.HeightPixels == box.HeightPixels || size.WidthPixels == 65_535 || size.HeightPixels == 65_535);
    });

    [Fact]
    public void Should_never_enlarge_when_it_may_not() => Gen.Select(AnySize, AnySize, Gen.Enum<ResizeFit>()).Sample((source, box, fit) =>
    {
        var size = new ResizeOperation(box.WidthPixels, box.HeightPixels, fit, isUpscaleAllowed: false).ScaledSizeOf(source);
        return size.WidthPixels <= source.WidthPixels && size.HeightPixels <= source.HeightPixels;
    });
}
