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

    [Theory]
    [InlineData("1x1")]
    [InlineData("2x2")]
    public void Should_leave_components_alone_that_are_colours(string sampling) => Assert.All(
        new[] { 1, 2, 4, 8 },
        shrinkBy => JpegPictures.AssertEqual(JpegPictures.AsRgb(JpegPictures.Encode(67, 45, sampling)), shrinkBy, $"1/{shrinkBy}"));

    /// <summary>Parts that are decoded without each other, and scans of one component: what ImageMagick does not write.</summary>
    [Theory]
    [InlineData("restart-rows")]
    [InlineData("restart-each")]
    [InlineData("restart-progressive")]
    [InlineData("apart")]
    [InlineData("luma-first")]
    [InlineData("eighth")]
    [InlineData("rgb")]
    public void Should_make_the_same_pixels_however_the_data_are_cut(string fixture) =>
        Assert.All(new[] { 1, 2, 4, 8 }, shrinkBy => JpegPictures.AssertEqual(Fixture.Read($"{fixture}.jpg"), shrinkBy, $"1/{shrinkBy}"));

    /// <summary>What our own reader does not decode is ImageMagick's from the beginning.</summary>
    [Fact]
    public void Should_leave_to_others_what_it_does_not_decode()
    {
        var cmyk = JpegPictures.Encode(20, 20);
        using (var image = new ImageMagick.MagickImage(cmyk))
        {
            image.ColorSpace = ImageMagick.ColorSpace.CMYK;
            cmyk = image.ToByteArray(ImageMagick.MagickFormat.Jpeg);
        }

        Assert.Null(JpegPictures.Open(Fixture.Read("arithmetic.jpg")).FrameHeader);
        Assert.Null(JpegPictures.Open(cmyk).FrameHeader);
        Assert.NotNull(JpegPictures.Open(Fixture.Read("apart.jpg")).FrameHeader);
    }

    [Fact]
    public void Should_be_what_the_engine_decodes_with()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a.jpg"), JpegPictures.Encode(67, 45));
        using var accelerated = (ActorImaging.Imaging.EngineImage)TestEngine.Accelerated().Decode(folder.File("a.jpg"));
        using var magick = (ActorImaging.Imaging.EngineImage)TestEngine.Magick().Decode(folder.File("a.jpg"));

        Assert.Equal("own JPEG reader", accelerated.StepsDone.Decoder);
        Assert.NotEqual("own JPEG reader", magick.StepsDone.Decoder);
    }
}
