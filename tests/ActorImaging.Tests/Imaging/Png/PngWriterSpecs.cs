using ActorImaging.Imaging;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Imaging.Png;
using ActorImaging.Tasks;
using CsCheck;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Png;

public sealed class PngWriterSpecs
{
    /// <summary>The signature, the header and the end: what every PNG has beside its image data.</summary>
    private const int FrameBytes = 8 + 25 + 12;

    private static readonly int[] Levels = [1, 2, 4, 16, 256];

    public static TheoryData<PngPresetName, string, int> PresetsKindsAndChannels()
    {
        var data = new TheoryData<PngPresetName, string, int>();
        foreach (var preset in Enum.GetValues<PngPresetName>())
        {
            foreach (var kind in PngPictures.Kinds)
            {
                for (var channels = 1; channels <= 4; channels++)
                {
                    data.Add(preset, kind, channels);
                }
            }
        }
        return data;
    }

    /// <summary>The presets by public names, for xunit wants the parameters of a spec to be public.</summary>
    public enum PngPresetName
    {
        Fast = PngPreset.Fast,
        Balanced = PngPreset.Balanced,
        Small = PngPreset.Small,
    }

    [Theory]
    [MemberData(nameof(PresetsKindsAndChannels))]
    public void Should_be_read_back_exactly(PngPresetName preset, string kind, int channels)
    {
        using var picture = PngPictures.Draw(kind, 150, 110, channels);
        AssertReadBack(picture, Write(PngRows.From(picture), (PngPreset)preset));
        AssertReadBack(picture, Write(new OnceOnlyRows(picture), (PngPreset)preset));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(300, 1)]
    [InlineData(2, 2)]
    [InlineData(40_000, 2)]
    [InlineData(1, 40_000)]
    [InlineData(43_689, 4)] // a row of one byte less than a block of literals
    [InlineData(43_690, 3)]
    [InlineData(43_691, 3)]
    [InlineData(1023, 257)]
    public void Should_be_read_back_exactly_at_any_size(int width, int height)
    {
        foreach (var kind in new[] { "photograph", "noise", "text" })
        {
            using var picture = PngPictures.Draw(kind, width, height, 3);
            AssertReadBack(picture, Write(PngRows.From(picture), PngPreset.Fast));
        }
    }

    [Fact]
    public void Should_be_read_back_exactly_for_any_small_image()
    {
        var images =
            from width in Gen.Int[1, 40]
            from height in Gen.Int[1, 40]
            from channels in Gen.Int[1, 4]
            from levels in Gen.Int[0, 4].Select(choice => Levels[choice])
            from samples in Gen.Int[0, levels - 1].Array[width * height * channels]
            let pixels = Array.ConvertAll(samples, level => (byte)(level * 255 / Math.Max(1, levels - 1)))
            from preset in Gen.Enum<PngPreset>()
            select (width, height, channels, pixels, preset);
        images.Sample(
            image =>
            {
                using var picture = PngPictures.Of(image.width, image.height, image.channels, image.pixels);
                AssertReadBack(picture, Write(PngRows.From(picture), image.preset));
            },
            iter: 200);
    }

    [Theory]
    [InlineData(PngPresetName.Fast)]
    [InlineData(PngPresetName.Balanced)]
    public void Should_be_read_back_exactly_where_a_photograph_turns_into_text_and_back(PngPresetName preset)
    {
        using var picture = TextBetweenPhotographs();
        var png = Write(new OnceOnlyRows(picture), (PngPreset)preset);
        AssertReadBack(picture, png);
        var filters = StrictPngReader.Read(png).Scanlines.Where((_, at) => at % ((picture.WidthPixels * 3) + 1) == 0);
        Assert.True(filters.Distinct().Count() > 1);
    }

    [Fact]
    public void Should_write_the_same_bytes_every_time()
    {
        foreach (var kind in PngPictures.Kinds)
        {
            using var picture = PngPictures.Draw(kind, 200, 150, 3);
            Assert.Equal(Write(PngRows.From(picture), PngPreset.Fast), Write(PngRows.From(picture), PngPreset.Fast));
        }
    }

    [Fact]
    public void Should_never_hold_the_whole_image()
    {
        using var picture = PngPictures.Draw("photograph", 1000, 1600, 3);
        var rows = new OnceOnlyRows(picture);
        Write(rows, PngPreset.Fast);
        Assert.InRange(rows.MostRowsAtOnce, 1, 2 * 1024 * 1024 / 3000);
    }

    [Fact]
    public void Should_leave_no_end_when_cancelled()
    {
        using var picture = PngPictures.Draw("noise", 50, 50, 3);
        using var output = new MemoryStream();
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(
            () => PngWriter.Write(PngRows.From(picture), ImageMetadata.None, PngPreset.Fast, output, cancelled));
        Assert.Equal(-1, output.ToArray().AsSpan().IndexOf("IEND"u8));
    }

    [Fact]
    public void Should_pass_on_what_the_output_throws()
    {
        foreach (var kind in new[] { "noise", "text" })
        {
            using var picture = PngPictures.Draw(kind, 700, 600, 3);
            using var output = new FailingStream(capacity: 100);
            Assert.Throws<IOException>(() => PngWriter.Write(PngRows.From(picture), ImageMetadata.None, PngPreset.Fast, output));
        }
    }

    [Fact]
    public void Should_make_flat_pictures_no_larger_than_zlib_alone_at_level_6()
    {
        foreach (var kind in new[] { "flat", "text", "palette", "gradient" })
        {
            using var picture = PngPictures.Draw(kind, 800, 600, 3);
            var alone = FrameBytes + MatchesAlone(picture).Length;
            Assert.InRange(Write(new OnceOnlyRows(picture), PngPreset.Fast).Length, 1, alone * 1.01);
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(300)]
    public void Should_make_text_that_was_made_smaller_no_larger_than_zlib_alone_either(int edge)
    {
        using var text = PngPictures.Draw("text", 900, 900, 3);
        using var kernel = Resample.Of(text, edge, edge, ResampleTarget.Of(text, edge, edge).Filter);
        using var picture = kernel.ToPixelBuffer();
        var alone = FrameBytes + MatchesAlone(picture).Length;
        Assert.InRange(Write(new OnceOnlyRows(picture), PngPreset.Fast).Length, 1, alone * 1.01);
        Assert.InRange(Write(new OnceOnlyRows(picture), PngPreset.Balanced).Length, 1, alone * 1.01);
    }

    [Fact]
    public void Should_make_photographs_smaller_than_zlib_alone_does()
    {
        using var picture = PngPictures.Draw("photograph", 800, 600, 3);
        Assert.InRange(Write(PngRows.From(picture), PngPreset.Fast).Length, 1, MatchesAlone(picture).Length * 0.7);
    }

    [Fact]
    public void Should_not_grow_by_a_slower_preset()
    {
        foreach (var kind in PngPictures.Kinds)
        {
            using var picture = PngPictures.Draw(kind, 500, 400, 3);
            var fast = Write(PngRows.From(picture), PngPreset.Fast).Length;
            var balanced = Write(PngRows.From(picture), PngPreset.Balanced).Length;
            var small = Write(PngRows.From(picture), PngPreset.Small).Length;
            Assert.True(balanced <= fast * 1.01 && small <= balanced * 1.01, $"{kind}: {fast}, {balanced}, {small}");
        }
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(200_000_000, 1)]
    public void Should_refuse_sizes_that_it_cannot_write(int width, int height)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoRows(width, height));
    }

    internal static byte[] Write(PngRows rows, PngPreset preset, ImageMetadata? metadata = null)
    {
        using var output = new MemoryStream();
        PngWriter.Write(rows, metadata ?? ImageMetadata.None, preset, output);
        return output.ToArray();
    }

    internal static void AssertReadBack(PixelBuffer picture, byte[] png)
    {
        var expected = PngPictures.Rgba(picture);
        Assert.True(StrictPngReader.Read(png).Rgba().AsSpan().SequenceEqual(expected), "our own reader");
        Assert.True(ReadByMagick(png).AsSpan().SequenceEqual(expected), "ImageMagick");
    }

    private static byte[] ReadByMagick(byte[] png)
    {
        using var image = new MagickImage();
        image.Warning += (_, warning) => Assert.Fail(warning.Message);
        image.Read(png);
        using var pixels = image.GetPixels();
        return pixels.ToByteArray(PixelMapping.RGBA)!;
    }

    private static PixelBuffer TextBetweenPhotographs()
    {
        var picture = PngPictures.Draw("photograph", 900, 3000, 3);
        using var text = PngPictures.Draw("text", 900, 3000, 3);
        for (var y = 1000; y < 2000; y++)
        {
            text.Row(y).CopyTo(picture.Row(y));
        }
        return picture;
    }

    private static byte[] MatchesAlone(PixelBuffer picture)
    {
        using var png = new MemoryStream();
        using var data = new ImageDataStream(new PngChunks(png));
        using var compressor = new ImageDataCompressor(data);
        compressor.WriteMatches([.. Enumerable.Range(0, picture.HeightPixels).SelectMany(y => (byte[])[0, .. picture.Row(y)])], 6);
        compressor.Finish();
        data.Finish();
        return png.ToArray();
    }

    private sealed class NoRows(int width, int height) : PngRows(width, height, PngPixelFormat.OfChannels(3))
    {
        public override void ReadRows(int firstRow, int count, Span<byte> destination) => throw new NotSupportedException();
    }
}
