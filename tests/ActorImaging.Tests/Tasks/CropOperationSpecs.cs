using ActorImaging.Tasks;
using CsCheck;

namespace ActorImaging.Tests.Tasks;

public sealed class CropOperationSpecs
{
    [Theory]
    [InlineData("crop:40x20", 30, 40, 40, 20)]
    [InlineData("crop:40x20@northwest", 0, 0, 40, 20)]
    [InlineData("crop:40x20@north", 30, 0, 40, 20)]
    [InlineData("crop:40x20@northeast", 60, 0, 40, 20)]
    [InlineData("crop:40x20@east", 60, 40, 40, 20)]
    [InlineData("crop:40x20@southeast", 60, 80, 40, 20)]
    [InlineData("crop:40x20@south", 30, 80, 40, 20)]
    [InlineData("crop:40x20@southwest", 0, 80, 40, 20)]
    [InlineData("crop:40x20@west", 0, 40, 40, 20)]
    [InlineData("crop:40x20@90:5", 90, 5, 10, 20)]
    [InlineData("crop:400x20", 0, 40, 100, 20)]
    [InlineData("crop:40x20@100:5", 100, 5, 0, 20)]
    public void Should_lie_where_it_is_put_in_a_hundred_by_a_hundred(string operation, int left, int top, int width, int height) => Assert.Equal(
        (left, top, new PixelSize(width, height)),
        ((CropOperation)OperationParser.Parse(operation)).RectangleIn(new PixelSize(100, 100)));

    [Fact]
    public void Should_lie_within_the_image_by_any_gravity() =>
        Gen.Select(Gen.Int[1, 500], Gen.Int[1, 500], Gen.Int[1, 500], Gen.Int[1, 500], Gen.Enum<Gravity>()).Sample((width, height, cutWidth, cutHeight, gravity) =>
        {
            var (left, top, size) = new CropOperation(cutWidth, cutHeight, gravity).RectangleIn(new PixelSize(width, height));
            return left >= 0 && top >= 0 && left + size.WidthPixels <= width && top + size.HeightPixels <= height
                && size == new PixelSize(Math.Min(width, cutWidth), Math.Min(height, cutHeight));
        });
}
