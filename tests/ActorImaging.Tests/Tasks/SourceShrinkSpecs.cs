using ActorImaging.Tasks;

namespace ActorImaging.Tests.Tasks;

public sealed class SourceShrinkSpecs
{
    private static readonly ImageHeader Jpeg = new(ImageFormat.Jpeg, new PixelSize(4000, 3000), 1);

    [Theory]
    [InlineData(1, "resize:3000x")]
    [InlineData(1, "resize:1002x")]
    [InlineData(2, "resize:1000x")]
    [InlineData(2, "resize:502x")]
    [InlineData(4, "resize:500x")]
    [InlineData(8, "resize:250x")]
    [InlineData(8, "resize:10x10")]
    [InlineData(8, "resize:5%")]
    [InlineData(2, "resize:400x400@cover")]
    [InlineData(1, "resize:10x3000")]
    [InlineData(8, "auto-orient+resize:200x+sharpen")]
    [InlineData(1, "grayscale+resize:200x")]
    [InlineData(1, "crop:2000x2000+resize:200x")]
    [InlineData(1, "auto-orient")]
    [InlineData(1, "resize:8000x")]
    [InlineData(1, "resize:200x", "blur:5")]
    [InlineData(2, "resize:200x", "resize:1000x", "resize:50x")]
    public void Should_leave_at_least_twice_of_what_is_wanted_when_careful(int shrinkBy, params string[] tasks) =>
        Assert.Equal(shrinkBy, SourceShrink.For(Jpeg, tasks.Select(OperationParser.ParseList), ShrinkOnLoad.Careful));

    [Theory]
    [InlineData(1, "resize:2002x")]
    [InlineData(2, "resize:2000x")]
    [InlineData(2, "resize:1600x1600@inside")]
    [InlineData(4, "resize:1000x")]
    [InlineData(8, "resize:500x")]
    [InlineData(4, "resize:500x", "auto-orient+resize:900x")]
    public void Should_leave_at_least_what_is_wanted(int shrinkBy, params string[] tasks) =>
        Assert.Equal(shrinkBy, SourceShrink.For(Jpeg, tasks.Select(OperationParser.ParseList)));

    [Fact]
    public void Should_count_from_the_upright_size_only_when_it_is_set_upright()
    {
        var turned = Jpeg with { Orientation = ImageOrientation.RightTop };

        Assert.Equal(4, SourceShrink.For(turned, [OperationParser.ParseList("auto-orient+resize:300x")], ShrinkOnLoad.Careful)); // of 3000
        Assert.Equal(4, SourceShrink.For(turned, [OperationParser.ParseList("resize:400x")], ShrinkOnLoad.Careful)); // of 4000
        Assert.Equal(2, SourceShrink.For(turned, [OperationParser.ParseList("auto-orient+resize:400x")], ShrinkOnLoad.Careful));
    }

    [Fact]
    public void Should_leave_other_formats_and_untouched_sources_as_they_are()
    {
        Assert.Equal(1, SourceShrink.For(Jpeg with { Format = ImageFormat.Png }, [OperationParser.ParseList("resize:10x")]));
        Assert.Equal(1, SourceShrink.For(Jpeg, [[]]));
        Assert.Equal(1, SourceShrink.For(Jpeg, []));
        Assert.Equal(1, SourceShrink.For(Jpeg, [OperationParser.ParseList("resize:10x")], ShrinkOnLoad.Off));
    }
}
