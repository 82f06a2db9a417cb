using ActorImaging.Imaging;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Imaging.Png;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Png;

public sealed class PngMetadataSpecs
{
    /// <summary>Not the sRGB profile: ImageMagick knows that one and keeps only its name.</summary>
    private static readonly byte[] Profile = ColorProfiles.AdobeRGB1998.ToByteArray();

    [Fact]
    public void Should_be_read_by_ImageMagick()
    {
        using var picture = PngPictures.Draw("photograph", 60, 40, 3);
        using var image = Read(picture, Full(picture));
        Assert.Equal(Profile, image.GetColorProfile()!.ToByteArray());
        Assert.Equal((ushort)6, image.GetExifProfile()!.GetValue(ExifTag.Orientation)!.Value);
        Assert.Equal(ImageMagick.DensityUnit.PixelsPerCentimeter, image.Density.Units);
        Assert.Equal(300, image.Density.X * 2.54, 1);
        Assert.Equal(150, image.Density.Y * 2.54, 1);
        Assert.Equal(0.55556, image.Gamma, 5); // ImageMagick's own is another
        Assert.Equal(("Größe", "漢字"), (image.GetAttribute("Title"), image.GetAttribute("Description")));
        Assert.Equal(0.3127, image.Chromaticity.White.X, 4);
    }

    [Fact]
    public void Should_stand_before_palette_and_data_in_the_order_of_the_format()
    {
        using var picture = PngPictures.Draw("palette", 300, 200, 4);
        var types = StrictPngReader.Read(Full(picture)).Chunks.ConvertAll(chunk => chunk.Type);
        Assert.Equal(["IHDR", "cHRM", "gAMA", "iCCP", "pHYs", "eXIf", "iTXt", "iTXt", "tEXt", "PLTE", "tRNS", "IDAT", "IEND"], types);
    }

    [Fact]
    public void Should_say_sRGB_where_there_is_no_profile()
    {
        using var picture = PngPictures.Draw("photograph", 60, 40, 3);
        var metadata = new ImageMetadata { SrgbIntent = ActorImaging.Imaging.Metadata.RenderingIntent.RelativeColorimetric };
        var png = PngWriterSpecs.Write(PngRows.From(picture), PngPreset.Fast, metadata);
        Assert.Equal([1], StrictPngReader.Read(png).Data("sRGB"));
        using var image = Read(picture, png);
        Assert.Equal("intent=1 (Relative Intent)", image.GetAttribute("png:sRGB"));
    }

    [Fact]
    public void Should_write_no_chunk_that_nobody_asked_for()
    {
        using var picture = PngPictures.Draw("photograph", 60, 40, 3);
        var png = PngWriterSpecs.Write(PngRows.From(picture), PngPreset.Fast);
        var types = StrictPngReader.Read(png).Chunks.ConvertAll(chunk => chunk.Type);
        Assert.Equal(["IHDR", "IDAT", "IEND"], types);
    }

    [Fact]
    public void Should_keep_the_colour_model_that_a_profile_describes()
    {
        using var colour = PngPictures.Draw("opaque gray", 300, 200, 4);
        var metadata = new ImageMetadata { IccProfile = IccProfile.TryRead(Profile) };
        Assert.Equal(3, StrictPngReader.Read(PngWriterSpecs.Write(PngRows.From(colour), PngPreset.Fast, metadata)).ColourType);
    }

    private static byte[] Full(PixelBuffer picture)
    {
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Orientation, (ushort)6);
        var metadata = new ImageMetadata
        {
            IccProfile = IccProfile.TryRead(Profile),
            Exif = ExifBlock.WithoutPrefix(exif.ToByteArray()),
            Gamma = 0.55556,
            Chromaticities = new ActorImaging.Imaging.Metadata.Chromaticities(0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06),
            SrgbIntent = ActorImaging.Imaging.Metadata.RenderingIntent.Perceptual,
            Density = new ImageDensity(300, 150, ActorImaging.Imaging.Metadata.DensityUnit.Inch),
            Texts = [new ImageText("Title", "Größe"), new ImageText("Description", "漢字"), new ImageText("Author", "me"), new ImageText(" no keyword", "x")],
        };
        return PngWriterSpecs.Write(PngRows.From(picture), PngPreset.Fast, metadata);
    }

    private static MagickImage Read(PixelBuffer picture, byte[] png)
    {
        PngWriterSpecs.AssertReadBack(picture, png);
        return new MagickImage(png);
    }
}
