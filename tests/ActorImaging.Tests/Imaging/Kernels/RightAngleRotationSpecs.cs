using ActorImaging.Imaging.Kernels;
using CsCheck;

namespace ActorImaging.Tests.Imaging.Kernels;

public class RightAngleRotationSpecs
{
    [Fact]
    public void Should_rotate_as_ImageMagick() => Gen.Select(Picture.Any, Gen.Int[-5, 5]).Sample(
        (picture, turns) => Comparison.ShouldAgree(
            picture,
            (source, width) => RightAngleRotation.Of(source, 90 * turns, width),
            image => image.Rotate(90 * turns)),
        iter: 200);

    [Theory]
    [InlineData(0, true)]
    [InlineData(90, true)]
    [InlineData(-270, true)]
    [InlineData(720, true)]
    [InlineData(45, false)]
    [InlineData(90.5, false)]
    [InlineData(double.NaN, false)]
    public void Should_support_right_angles_only(double degrees, bool supported)
    {
        Assert.Equal(supported, RightAngleRotation.Supports(degrees));
        if (!supported)
        {
            using var source = new Picture(2, 2, 3, Pattern.Noise, Pattern.Flat, 7).ToPixelBuffer();
            Assert.Throws<ArgumentOutOfRangeException>(() => RightAngleRotation.Of(source, degrees));
        }
    }

    [Fact]
    public void Should_return_to_the_picture_after_four_quarter_turns() => Picture.Any.Sample(
        picture =>
        {
            using var source = picture.ToPixelBuffer();
            using var once = Comparison.Run(source, buffer => RightAngleRotation.Of(buffer, 90));
            using var twice = Comparison.Run(once, buffer => RightAngleRotation.Of(buffer, 90));
            using var halfTurn = Comparison.Run(source, buffer => RightAngleRotation.Of(buffer, 180));
            using var back = Comparison.Run(twice, buffer => RightAngleRotation.Of(buffer, -180));
            Assert.True(Comparison.Bytes(halfTurn).SequenceEqual(Comparison.Bytes(twice)));
            Assert.True(Comparison.Bytes(source).SequenceEqual(Comparison.Bytes(back)));
        },
        iter: 100);
}
