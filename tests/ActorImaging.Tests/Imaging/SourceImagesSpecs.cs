using System.Security.Cryptography;
using ActorImaging.Imaging;

namespace ActorImaging.Tests.Imaging;

public sealed class SourceImagesSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_make_the_articles_pictures() => Assert.Equal(
        ["crimson #dc143c", "ocean #006994", "forest #228b22", "sunset #ff8c00", "crimson-2 #dc143c"],
        SourceImageSpec.First(5).Select(spec => $"{spec.Name} {spec.Tint}"));

    [Fact]
    public void Should_keep_each_channel_within_the_articles_formula()
    {
        var (path, _) = CreateImages(64, 48).Ensure(SourceImageSpec.First(2)[1]); // ocean: 0, 105, 148

        var (width, height, rgb) = TestImage.Read(path);

        Assert.Equal((64, 48), (width, height));
        Assert.All(rgb.Chunk(3), pixel =>
        {
            Assert.InRange(pixel[0], 0, 127);
            Assert.InRange(pixel[1], 52, 180); // 52.5 to below 180.5, cut
            Assert.InRange(pixel[2], 74, 201);
        });
        Assert.True(rgb.Distinct().Count() > 150);
    }

    [Fact]
    public void Should_make_the_same_pixels_on_every_machine()
    {
        var (path, _) = CreateImages(100, 100).Ensure(SourceImageSpec.First(1)[0]);

        // Computed apart from this code, by SplitMix64 and the article's formula in Python.
        Assert.Equal(PixelDigestOfCrimson, Convert.ToHexStringLower(SHA256.HashData(TestImage.Read(path).Rgb)));
    }

    [Fact]
    public void Should_reuse_what_is_there_and_write_what_is_broken_anew()
    {
        var spec = SourceImageSpec.First(1)[0];
        var images = CreateImages(16, 16);
        var (path, wasThere) = images.Ensure(spec);
        var written = File.GetLastWriteTimeUtc(path);

        Assert.False(wasThere);
        Assert.Equal((path, true), images.Ensure(spec));
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));

        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^5]);
        Assert.Equal((path, false), images.Ensure(spec));
        File.WriteAllText(path, "broken");
        Assert.Equal((path, false), images.Ensure(spec));
        Assert.Equal(16, TestImage.Read(path).Width);
    }

    private const string PixelDigestOfCrimson = "3db75623eb24735c65e0f8bbaf8546f1c752c8b4ed723ece74eaeadbbf8edd13";

    private SourceImages CreateImages(int width, int height) => new(_folder.Path, width, height);
}
