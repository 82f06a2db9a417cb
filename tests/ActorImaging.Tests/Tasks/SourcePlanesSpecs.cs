using ActorImaging.Tasks;

namespace ActorImaging.Tests.Tasks;

public sealed class SourcePlanesSpecs
{
    private static readonly ImageHeader Jpeg = new(ImageFormat.Jpeg, new PixelSize(4000, 3000), 1);

    [Theory]
    [InlineData(true, "resize:1000x")]
    [InlineData(true, "auto-orient+resize:800x600@cover+rotate:90+flip+flop+crop:100x100")]
    [InlineData(true, "auto-orient")]
    [InlineData(true, "resize:4000x")]
    [InlineData(true, "rotate:90+resize:3000x")]
    [InlineData(false, "resize:4001x")]
    [InlineData(false, "rotate:90+resize:3001x")]
    [InlineData(false, "resize:1000x+resize:1001x")]
    [InlineData(false, "resize:800x600@contain")]
    [InlineData(false, "resize:1000x+grayscale")]
    [InlineData(false, "resize:1000x+sharpen")]
    [InlineData(false, "rotate:30")]
    [InlineData(false, "crop:10x10@9000:0")]
    public void Should_suffice_where_the_picture_is_made_smaller_or_moved(bool suffice, string operations) =>
        Assert.Equal(suffice, SourcePlanes.Suffice(Jpeg, OperationParser.ParseList(operations), ImageFormat.Jpeg, new OutputSettings()));

    [Fact]
    public void Should_not_suffice_for_what_is_no_baseline_JPEG_of_the_usual_kind()
    {
        var operations = OperationParser.ParseList("resize:1000x");
        var usual = new OutputSettings();

        Assert.False(SourcePlanes.Suffice(Jpeg, operations, ImageFormat.Png, usual));
        Assert.False(SourcePlanes.Suffice(Jpeg with { Format = ImageFormat.Png }, operations, ImageFormat.Jpeg, usual));
        Assert.False(SourcePlanes.Suffice(Jpeg, operations, ImageFormat.Jpeg, usual with { IsProgressive = true }));
        Assert.False(SourcePlanes.Suffice(Jpeg, operations, ImageFormat.Jpeg, usual with { Chroma = ChromaSubsampling.Full }));
        Assert.False(SourcePlanes.Suffice(Jpeg, operations, ImageFormat.Jpeg, usual with { ColorProfile = ColorProfilePolicy.Srgb }));
    }
}
