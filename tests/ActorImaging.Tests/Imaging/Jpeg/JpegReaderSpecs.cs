namespace ActorImaging.Tests.Imaging.Jpeg;

/// <summary>Our own reader of JPEG makes the pixels that libjpeg-turbo makes.</summary>
public sealed class JpegReaderSpecs
{
    public static IEnumerable<object[]> Scales =>
        from sampling in JpegPictures.Samplings
        from shrinkBy in new[] { 1, 2, 4, 8 }
        select new object[] { sampling, shrinkBy };

    [Theory]
    [MemberData(nameof(Scales))]
    public void Should_make_the_same_pixels_of_every_sampling_size_and_scale(string sampling, int shrinkBy) => Assert.All(JpegPictures.Sides, width => Assert.All(
        JpegPictures.Sides,
        height => JpegPictures.AssertEqual(JpegPictures.Encode(width, height, sampling, seed: width + height), shrinkBy, $"{width}x{height}")));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Should_make_the_same_pixels_at_every_quality(int shrinkBy)
    {
        for (var quality = 1; quality <= 100; quality++)
        {
            JpegPictures.AssertEqual(JpegPictures.Encode(61, 45, "2x2", quality, seed: quality), shrinkBy, $"quality {quality}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Should_make_the_same_gray(int shrinkBy) => Assert.All(
        JpegPictures.Sides, side => JpegPictures.AssertEqual(JpegPictures.Encode(side, 70 - side, isGray: true), shrinkBy, $"{side}"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Should_make_the_same_pixels_of_scans_that_refine_each_other(int shrinkBy) => Assert.All(JpegPictures.Samplings, sampling => Assert.All(
        JpegPictures.Sides,
        side => JpegPictures.AssertEqual(JpegPictures.Encode(side, 80 - side, sampling, isProgressive: true), shrinkBy, $"{sampling}, {side}")));
}
