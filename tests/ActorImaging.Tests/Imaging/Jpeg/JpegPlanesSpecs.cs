using ActorImaging.Imaging;
using ActorImaging.Imaging.Jpeg;
using ActorImaging.Tasks;

namespace ActorImaging.Tests.Imaging.Jpeg;

/// <summary>The components of a JPEG by themselves.</summary>
public sealed class JpegPlanesSpecs
{
    [Theory]
    [InlineData("2x2", 2, 2)]
    [InlineData("2x1", 2, 1)]
    [InlineData("1x2", 1, 2)]
    [InlineData("1x1", 1, 1)]
    [InlineData("4x1", 4, 1)]
    public void Should_keep_the_sizes_of_components_in_relation_to_each_other(string sampling, int across, int down)
    {
        foreach (var (width, height) in new[] { (67, 45), (64, 48), (1, 1), (9, 30) })
        {
            foreach (var shrinkBy in new[] { 1, 2, 4, 8 })
            {
                using var planes = Read(JpegPictures.Encode(width, height, sampling), shrinkBy)!;

                Assert.Equal((Up(width, shrinkBy), Up(height, shrinkBy)), (planes.Luma.Samples.WidthPixels, planes.Luma.Samples.HeightPixels));
                var chroma = (Up(width, shrinkBy * across), Up(height, shrinkBy * down));
                Assert.Equal(chroma, (planes.Blueness.Samples.WidthPixels, planes.Blueness.Samples.HeightPixels));
                Assert.Equal(chroma, (planes.Redness.Samples.WidthPixels, planes.Redness.Samples.HeightPixels));
            }
        }
    }

    /// <summary>Where nothing is subsampled they are what the pixels are made of, by the formulas of JFIF.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Should_be_what_the_pixels_are_made_of(int shrinkBy)
    {
        var file = JpegPictures.Encode(67, 45, "1x1");
        var (_, _, pixels, _) = JpegPictures.ByReader(file, shrinkBy);
        using var planes = Read(file, shrinkBy)!;

        var (luma, blue, red) = (All(planes.Luma.Samples), All(planes.Blueness.Samples), All(planes.Redness.Samples));
        for (var at = 0; at < luma.Length; at++)
        {
            var (y, b, r) = (luma[at], blue[at] - 128, red[at] - 128);
            Assert.Equal(ToByte(y + (1.402 * r)), pixels[3 * at], tolerance: 1);
            Assert.Equal(ToByte(y - (0.344136 * b) - (0.714136 * r)), pixels[(3 * at) + 1], tolerance: 1);
            Assert.Equal(ToByte(y + (1.772 * b)), pixels[(3 * at) + 2], tolerance: 1);
        }
    }

    /// <summary>Luma of gray alone is the image, whatever chroma is.</summary>
    [Theory]
    [InlineData("2x2")]
    [InlineData("2x1")]
    public void Should_decode_a_component_as_if_it_were_alone(string sampling)
    {
        var (whole, planar) = (Read(JpegPictures.Encode(67, 45, "1x1"), 2)!, Read(JpegPictures.Encode(67, 45, sampling), 2)!);
        using (whole)
        using (planar)
        {
            Assert.Equal(All(whole.Luma.Samples), All(planar.Luma.Samples));
            Assert.NotEqual(whole.Blueness.Samples.WidthPixels, planar.Blueness.Samples.WidthPixels);
        }
    }

    [Fact]
    public void Should_be_none_where_there_is_one_component_or_colours_themselves()
    {
        Assert.Null(Read(JpegPictures.Encode(20, 20, isGray: true), 1));
        Assert.Null(Read(JpegPictures.AsRgb(JpegPictures.Encode(20, 20, "1x1")), 1));
    }

    [Fact]
    public void Should_be_found_in_scans_that_refine_each_other()
    {
        using var planes = Read(JpegPictures.Encode(67, 45, "2x2", isProgressive: true), 2)!;
        using var expected = Read(JpegPictures.Encode(67, 45, "2x2"), 2)!;

        Assert.Equal(All(expected.Luma.Samples), All(planes.Luma.Samples));
        Assert.Equal(All(expected.Redness.Samples), All(planes.Redness.Samples));
    }

    private static int Up(int pixels, int by) => (pixels + by - 1) / by;

    private static double ToByte(double value) => Math.Clamp(Math.Round(value), 0, 255);

    private static byte[] All(PixelBuffer plane) => plane.Rows(0, plane.HeightPixels).ToArray();

    private static PlanarPixels? Read(byte[] file, int shrinkBy)
    {
        var container = JpegPictures.Open(file);
        using var data = container.OpenFrame(0);
        var damages = new List<string>();
        if (!container.HasLumaAndChroma)
        {
            return null;
        }

        var planes = new JpegReader(container.FrameHeader!, shrinkBy).ReadPlanes(data, damages);
        Assert.Empty(damages);
        return planes;
    }
}
