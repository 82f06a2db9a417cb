using ActorImaging.Imaging;
using ActorImaging.Imaging.Png;
using ActorImaging.Tasks;

namespace ActorImaging.Tests.Imaging.Png;

public sealed class PngReductionSpecs
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(5, 4)]
    [InlineData(16, 4)]
    [InlineData(17, 8)]
    [InlineData(256, 8)]
    public void Should_write_few_colours_as_a_palette_of_the_least_depth(int colours, int depth)
    {
        using var picture = Coloured(colours);
        var png = PngWriterSpecs.Write(PngRows.From(picture), PngPreset.Fast);
        PngWriterSpecs.AssertReadBack(picture, png);
        var read = StrictPngReader.Read(png);
        Assert.Equal((3, depth, 3 * colours), (read.ColourType, read.BitDepth, read.Data("PLTE").Length));
    }

    [Fact]
    public void Should_write_one_colour_too_many_as_it_comes()
    {
        using var picture = Coloured(257);
        Assert.Equal(2, Written(picture).ColourType);
    }

    [Fact]
    public void Should_put_translucent_colours_first_and_end_tRNS_behind_them()
    {
        using var picture = PngPictures.Draw("palette", 200, 200, 4);
        for (var y = 0; y < 200; y++)
        {
            for (var x = 0; x < 200; x++)
            {
                picture.Row(y)[(4 * x) + 3] = picture.Row(y)[4 * x] < 30 ? (byte)255 : (byte)7;
            }
        }
        var png = PngWriterSpecs.Write(PngRows.From(picture), PngPreset.Fast);
        PngWriterSpecs.AssertReadBack(picture, png);
        var read = StrictPngReader.Read(png);
        Assert.Equal(3, read.ColourType);
        Assert.All(read.Data("tRNS"), alpha => Assert.Equal(7, alpha));
        Assert.True(read.Data("tRNS").Length < read.Data("PLTE").Length / 3);
    }

    [Theory]
    [InlineData("opaque gray", 4, 0)]
    [InlineData("opaque gray", 3, 0)]
    [InlineData("opaque gray", 2, 0)]
    [InlineData("noise", 4, 6)]
    [InlineData("noise", 3, 2)]
    [InlineData("noise", 2, 4)]
    [InlineData("noise", 1, 0)]
    public void Should_drop_only_channels_that_say_nothing(string kind, int channels, int colourType)
    {
        using var picture = PngPictures.Draw(kind, 300, 200, channels);
        Assert.Equal(colourType, Written(picture).ColourType);
    }

    [Fact]
    public void Should_drop_alpha_that_is_opaque_and_keep_the_colours()
    {
        using var picture = PngPictures.Draw("noise", 300, 200, 4);
        FillAlpha(picture, 255);
        Assert.Equal(2, Written(picture).ColourType);
    }

    [Fact]
    public void Should_keep_alpha_beside_gray()
    {
        using var picture = PngPictures.Draw("opaque gray", 300, 200, 4);
        for (var x = 0; x < 300; x++)
        {
            picture.Row(150)[(4 * x) + 3] = (byte)x;
        }
        var png = PngWriterSpecs.Write(PngRows.From(picture), PngPreset.Fast);
        PngWriterSpecs.AssertReadBack(picture, png);
        Assert.Equal(4, StrictPngReader.Read(png).ColourType);
    }

    [Fact]
    public void Should_notice_the_last_pixel()
    {
        using var picture = PngPictures.Draw("opaque gray", 300, 200, 4);
        picture.Row(199)[^1] = 254;
        picture.Row(199)[^2] ^= 1;
        var png = PngWriterSpecs.Write(PngRows.From(picture), PngPreset.Fast);
        PngWriterSpecs.AssertReadBack(picture, png);
    }

    [Fact]
    public void Should_write_rows_that_come_once_as_they_come()
    {
        using var picture = PngPictures.Draw("opaque gray", 300, 200, 4);
        var png = PngWriterSpecs.Write(new OnceOnlyRows(picture), PngPreset.Fast);
        Assert.Equal(6, StrictPngReader.Read(png).ColourType);
    }

    [Fact]
    public void Should_leave_out_a_palette_that_is_larger_than_what_it_saves()
    {
        using var picture = PngPictures.Draw("noise", 8, 8, 3);
        Assert.Equal(2, Written(picture).ColourType);
    }

    private static StrictPngReader Written(PixelBuffer picture) =>
        StrictPngReader.Read(PngWriterSpecs.Write(PngRows.From(picture), PngPreset.Fast));

    private static void FillAlpha(PixelBuffer picture, byte alpha)
    {
        for (var y = 0; y < picture.HeightPixels; y++)
        {
            for (var x = 0; x < picture.WidthPixels; x++)
            {
                picture.Row(y)[(4 * x) + 3] = alpha;
            }
        }
    }

    /// <summary>So many colours, none of them gray, scattered.</summary>
    private static PixelBuffer Coloured(int colours)
    {
        var picture = PixelBuffer.Allocate(200, 150, 3);
        for (var pixel = 0; pixel < 200 * 150; pixel++)
        {
            var colour = pixel * 7919 % colours;
            var at = pixel % 200 * 3;
            (picture.Row(pixel / 200)[at], picture.Row(pixel / 200)[at + 1]) = ((byte)colour, (byte)(colour >> 8));
            picture.Row(pixel / 200)[at + 2] = (byte)(255 - (colour / 2));
        }
        return picture;
    }
}
