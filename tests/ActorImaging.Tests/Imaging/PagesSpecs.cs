using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Containers;
using ImageMagick;

namespace ActorImaging.Tests.Imaging;

/// <summary>Pages of a TIFF are scans of their own: each lies and is coloured as it says, and not as the first does.</summary>
public sealed class PagesSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 6, 3)]
    [InlineData(6, 1, 8)]
    [InlineData(6, 6, 6)]
    [InlineData(2, 5, 1)]
    public void Should_turn_each_by_its_own_orientation(params int[] orientations)
    {
        using var upright = Corners();
        using var pages = new MagickImageCollection();
        foreach (var orientation in orientations)
        {
            var page = (MagickImage)upright.Clone();
            Store(page, orientation);
            pages.Add(page);
        }

        foreach (var engine in new[] { "accelerated", "magick" })
        {
            foreach (var operations in new[] { "auto-orient", "flip+flip" })
            {
                using var written = Process(pages, operations, engine);

                Assert.All(written, page =>
                {
                    page.AutoOrient();
                    Assert.Equal(0, page.Compare(upright, ErrorMetric.PeakAbsolute));
                });
            }
        }
    }

    [Fact]
    public void Should_keep_a_profile_with_every_page()
    {
        using var pages = new MagickImageCollection { Coloured(ColorProfiles.AdobeRGB1998), Coloured(ColorProfiles.AdobeRGB1998) };

        using var written = Process(pages, "flip", "accelerated");

        Assert.All(written, page => Assert.Equal(ColorProfiles.AdobeRGB1998.ToByteArray(), page.GetColorProfile()!.ToByteArray()));
        Assert.All(written, page => Assert.Equal(new MagickColor(150, 60, 40), page.GetPixels().GetPixel(3, 3).ToColor()));
    }

    /// <summary>Forty pages with a printer's profile of half a megabyte are no more metadata than one.</summary>
    [Fact]
    public void Should_count_the_same_profile_of_many_pages_once()
    {
        using var pages = new MagickImageCollection { Coloured(ColorProfiles.AdobeRGB1998), Coloured(ColorProfiles.AdobeRGB1998), Coloured(ColorProfiles.AdobeRGB1998) };
        using var stream = new MemoryStream(pages.ToByteArray(MagickFormat.Tiff));
        var container = ImageContainer.Open(stream, FramePolicy.All, new ImageLimits());
        var reading = new MetadataReading(1000);

        var first = container.ReadMetadata(reading).IccProfile;

        Assert.All(container.ReadPages(reading), page => Assert.Same(first, page.Profile));
        Assert.Empty(reading.Warnings);
    }

    [Fact]
    public void Should_make_pages_of_different_colours_alike_by_their_own_profiles()
    {
        using var pages = new MagickImageCollection { Coloured(null), Coloured(ColorProfiles.AdobeRGB1998), Cmyk() };
        using var expected = Coloured(ColorProfiles.AdobeRGB1998);
        expected.TransformColorSpace(ColorProfiles.SRGB);

        foreach (var engine in new[] { "accelerated", "magick" })
        {
            using var written = Process(pages, "flip", engine, "pages of different colours became sRGB");

            Assert.Equal(new MagickColor(150, 60, 40), written[0].GetPixels().GetPixel(3, 3).ToColor());
            Assert.Equal(expected.GetPixels().GetPixel(3, 3).ToColor(), written[1].GetPixels().GetPixel(3, 3).ToColor());
            Assert.All(written, page => Assert.Equal((ColorSpace.sRGB, null), (page.ColorSpace, page.GetColorProfile())));
        }
    }

    [Fact]
    public void Should_let_gray_pages_beside_coloured_ones_be()
    {
        using var gray = new MagickImage(MagickColors.Gray, 20, 10);
        gray.ColorSpace = ColorSpace.Gray;
        using var pages = new MagickImageCollection { gray.Clone(), Coloured(null) };

        using var written = Process(pages, "flip", "accelerated");

        Assert.Equal(2, written.Count);
    }

    [Fact]
    public void Should_say_that_what_further_pages_say_is_left_out()
    {
        using var pages = new MagickImageCollection { Coloured(null), Coloured(null) };
        pages[1].Comment = "the second";

        using var written = Process(pages, "flip", "accelerated", "metadata of further pages were left out");

        Assert.Equal(2, written.Count);
    }

    private static MagickImage Corners()
    {
        var image = new MagickImage(MagickColors.White, 24, 10);
        image.Composite(new MagickImage(MagickColors.Red, 4, 4), 0, 0, CompositeOperator.Copy);
        image.Composite(new MagickImage(MagickColors.Blue, 4, 4), 20, 0, CompositeOperator.Copy);
        return image;
    }

    private static MagickImage Coloured(ColorProfile? profile)
    {
        var image = new MagickImage(new MagickColor(150, 60, 40), 20, 10);
        if (profile is not null)
        {
            image.SetProfile(profile);
        }

        return image;
    }

    private static MagickImage Cmyk()
    {
        var image = new MagickImage(MagickColors.Green, 20, 10);
        image.ColorSpace = ColorSpace.CMYK;
        return image;
    }

    /// <summary>Lays the rows as an orientation says that they lie (TIFF 6.0, Orientation).</summary>
    private static void Store(MagickImage page, int orientation)
    {
        switch (orientation)
        {
            case 2:
                page.Flop();
                break;
            case 3:
                page.Rotate(180);
                break;
            case 5:
                page.Transpose();
                break;
            case 6:
                page.Rotate(270);
                break;
            case 8:
                page.Rotate(90);
                break;
        }

        page.ResetPage();
        page.Orientation = (Orientation)orientation;
    }

    private MagickImageCollection Process(MagickImageCollection pages, string operations, string engine, string? warning = null)
    {
        var (source, output) = (_folder.File("pages.tiff"), _folder.File("out.tiff"));
        pages.Write(source, MagickFormat.Tiff);
        var task = new ImageTask(new TaskId(1), source, OperationParser.ParseList(operations), output) { Source = new SourceSettings { Frames = FramePolicy.All } };
        var outcome = new ImageTaskPipeline(TestEngine.Named(engine), new SourceLeases(), new ImageLimits()).Process(task);
        Assert.Equal(warning ?? string.Empty, string.Join("; ", outcome.Warnings));
        return new MagickImageCollection(output);
    }
}
