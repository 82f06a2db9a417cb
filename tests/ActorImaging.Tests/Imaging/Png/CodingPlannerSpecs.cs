using ActorImaging.Imaging;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Png;
using ActorImaging.Tasks;

namespace ActorImaging.Tests.Imaging.Png;

public sealed class CodingPlannerSpecs
{
    [Fact]
    public void Should_code_noise_and_photographs_as_literals()
    {
        using var noise = PngPictures.Draw("noise", 500, 300, 3);
        using var photograph = PngPictures.Draw("photograph", 500, 300, 3);
        Assert.Equal(PngCoding.Literals, Choose(noise).Coding);
        Assert.Equal(PngCoding.Literals, Choose(photograph).Coding);
        Assert.NotEqual(PngFilter.None, Choose(photograph).Filter);
    }

    [Theory]
    [InlineData("flat")]
    [InlineData("text")]
    [InlineData("palette")]
    public void Should_search_drawn_pictures_for_matches_at_the_usual_level(string kind)
    {
        using var picture = PngPictures.Draw(kind, 500, 300, 3);
        Assert.Equal((PngCoding.Matches, 6), (Choose(picture).Coding, Choose(picture).MatchLevel));
    }

    [Fact]
    public void Should_search_smooth_pictures_no_longer_than_the_quick_level_does()
    {
        using var smooth = Smooth();
        Assert.InRange(Choose(smooth).MatchLevel, 0, 2);
    }

    [Fact]
    public void Should_let_only_the_slower_presets_choose_a_filter_for_each_row()
    {
        using var striped = Striped();
        Assert.NotNull(Choose(striped).Filter);
        Assert.Null(Choose(striped, PngPreset.Balanced).Filter);
    }

    [Fact]
    public void Should_choose_anew_for_every_window_of_rows()
    {
        using var picture = PngPictures.Draw("photograph", 900, 3000, 3);
        using var text = PngPictures.Draw("text", 900, 3000, 3);
        for (var y = 1500; y < 3000; y++)
        {
            text.Row(y).CopyTo(picture.Row(y));
        }
        Assert.Equal([PngCoding.Literals, PngCoding.Literals, PngCoding.Matches, PngCoding.Matches], Codings(picture, 900 * 3 * 750));
    }

    [Fact]
    public void Should_see_text_below_a_smooth_picture_that_found_no_matches()
    {
        using var noise = PngPictures.Draw("noise", 900, 3000, 3);
        using var blur = GaussianBlur.Of(noise, 9);
        using var picture = blur.ToPixelBuffer();
        using var text = PngPictures.Draw("text", 900, 3000, 3);
        for (var y = 1500; y < 3000; y++)
        {
            text.Row(y).CopyTo(picture.Row(y));
        }

        Assert.Equal([PngCoding.Literals, PngCoding.Literals, PngCoding.Matches, PngCoding.Matches], Codings(picture, picture.StrideBytes * 750));
    }

    private static CodingPlan Choose(PixelBuffer picture, PngPreset preset = PngPreset.Fast)
    {
        using var window = new RowWindow(new OnceOnlyRows(picture), int.MaxValue);
        using var band = new FilteredBand(window);
        Assert.True(window.MoveDown());
        return new CodingPlanner(preset, window, band).Choose();
    }

    private static List<PngCoding> Codings(PixelBuffer picture, int windowBytes)
    {
        using var window = new RowWindow(new OnceOnlyRows(picture), windowBytes);
        using var band = new FilteredBand(window);
        var planner = new CodingPlanner(PngPreset.Fast, window, band);
        var codings = new List<PngCoding>();
        while (window.MoveDown())
        {
            codings.Add(planner.Choose().Coding);
        }
        return codings;
    }

    /// <summary>Waves of different length and direction, without noise.</summary>
    private static PixelBuffer Smooth()
    {
        var picture = PixelBuffer.Allocate(600, 500, 3);
        for (var y = 0; y < 500; y++)
        {
            for (var at = 0; at < 1800; at++)
            {
                double x = at / 3, phase = at % 3;
                picture.Row(y)[at] = (byte)(128 + (60 * Math.Sin((x / 41) + (y / 77.0) + phase)) + (50 * Math.Cos((x / 63) - (y / 29.0))));
            }
        }
        return picture;
    }

    /// <summary>Rows of noise in turn with rows that repeat the one above but for a little: no one filter suits both.</summary>
    private static PixelBuffer Striped()
    {
        var picture = PngPictures.Draw("noise", 700, 400, 3);
        var random = new Random(2);
        for (var y = 1; y < 400; y += 2)
        {
            for (var at = 0; at < 2100; at++)
            {
                picture.Row(y)[at] = (byte)(picture.Row(y - 1)[at] + random.Next(-2, 3));
            }
        }
        return picture;
    }
}
