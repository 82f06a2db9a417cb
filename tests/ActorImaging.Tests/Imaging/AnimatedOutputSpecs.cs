using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Magick;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Containers;
using CsCheck;
using ImageMagick;

namespace ActorImaging.Tests.Imaging;

/// <summary>What is written of an animation: the parts that change, where they are, for as long as they are shown.</summary>
public sealed class AnimatedOutputSpecs
{
    private static readonly ImageFormat[] Formats = [ImageFormat.Png, ImageFormat.WebP, ImageFormat.Gif];

    /// <summary>Wherever a part lies, at odd places and at even ones, as ImageMagick lays it.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(3, 5)]
    [InlineData(4, 7)]
    [InlineData(31, 23)]
    public void Should_put_a_part_where_it_was(int left, int top)
    {
        using var frames = new MagickImageCollection { new MagickImage(MagickColors.White, 32, 24), new MagickImage(MagickColors.White, 32, 24) };
        frames[1].GetPixels().SetPixel(new Pixel(left, top, [0, 0, 0]));
        frames[0].AnimationDelay = frames[1].AnimationDelay = 20;
        foreach (var format in Formats)
        {
            var container = ImageContainer.Open(new MemoryStream(Encode(frames, format)), FramePolicy.All, new ImageLimits());
            using var read = TestEngine.Accelerated().Decode(container, new SourceSettings { Frames = FramePolicy.All });
            using var stack = new MemoryStream();
            read.Encode(ImageFormat.Tiff, new OutputSettings(), stack);
            stack.Position = 0;
            using var written = new MagickImageCollection(stack);

            Assert.InRange((int)written[1].GetPixels().GetPixel(left, top).GetChannel(0), 0, 60);
            Assert.InRange((int)written[1].GetPixels().GetPixel((left + 8) % 32, (top + 8) % 24).GetChannel(0), 240, 255);
        }
    }

    [Theory]
    [InlineData(33, 1000, new uint[] { 3, 4, 3, 3, 3, 4 })]
    [InlineData(1, 1000, new uint[] { 1, 1, 1, 1, 1, 1 })]
    [InlineData(700, 1, new uint[] { 65_535, 65_535, 65_535, 65_535, 65_535, 65_535 })]
    [InlineData(0, 100, new uint[] { 0, 0, 0, 0, 0, 0 })]
    [InlineData(7, 0, new uint[] { 700, 700, 700, 700, 700, 700 })]
    public void Should_show_frames_of_a_GIF_as_long_as_they_were(int ticks, int perSecond, uint[] hundredths)
    {
        var clock = new GifClock();

        Assert.Equal(hundredths, hundredths.Select(_ => clock.HundredthsOf(new FrameDelay(ticks, perSecond))));
    }

    [Fact]
    public void Should_not_count_more_loops_than_a_GIF_can()
    {
        using var frames = new MagickImageCollection { new MagickImage(MagickColors.White, 3, 2), new MagickImage(MagickColors.Red, 3, 2) };
        var png = Encode(frames, ImageFormat.Png);
        var control = png.AsSpan().IndexOf("acTL"u8);
        byte[] loops = Crafted.PngChunk("acTL", [0, 0, 0, 2, 0, 1, 0x11, 0x70]); // 70,000
        byte[] changed = [.. png[..(control - 4)], .. loops, .. png[(control + 16)..]];
        using var read = TestEngine.Accelerated().Decode(ImageContainer.Open(new MemoryStream(changed), FramePolicy.All, new ImageLimits()), new SourceSettings { Frames = FramePolicy.All });
        using var gif = new MemoryStream();

        read.Encode(ImageFormat.Gif, new OutputSettings(), gif);

        Assert.InRange(ImageContainer.Open(gif, FramePolicy.All, new ImageLimits()).Animation!.Loops, 65_534, 65_536);
    }

    /// <summary>Not in the middle of a frame only, which decoders notice, but between frames, too.</summary>
    [Fact]
    public void Should_notice_wherever_an_animation_is_cut_off()
    {
        using var frames = new MagickImageCollection { new MagickImage(MagickColors.White, 9, 8), new MagickImage(MagickColors.Red, 9, 8), new MagickImage(MagickColors.Blue, 9, 8) };
        foreach (var format in Formats)
        {
            var whole = Encode(frames, format);
            Gen.Int[20, whole.Length - 2].Sample(
                length =>
                {
                    using var cut = new MemoryStream(whole, 0, length);
                    var fault = Record.Exception(() => TestEngine.Accelerated().Decode(ImageContainer.Open(cut, FramePolicy.All, new ImageLimits()), new SourceSettings { Frames = FramePolicy.All }).Dispose());
                    var isBehindPixels = format == ImageFormat.Png && length >= whole.Length - 12; // IEND
                    return isBehindPixels || fault is not null;
                },
                iter: 200,
                threads: 1);
        }
    }

    [Fact]
    public void Should_say_that_the_image_for_programs_without_animations_is_left_out()
    {
        byte[] control = Crafted.PngChunk("fcTL", [0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 10, 0, 0]);
        var png = Crafted.Png(
            Crafted.PngHeader(2, 2, 8, 0), Crafted.PngChunk("acTL", [0, 0, 0, 1, 0, 0, 0, 0]), Crafted.PngChunk("IDAT", Crafted.PngRows(2, 2)), control, Crafted.PngChunk("fdAT", [0, 0, 0, 1, .. Crafted.PngRows(2, 2)]));

        using var all = TestEngine.Accelerated().Decode(ImageContainer.Open(new MemoryStream(png), FramePolicy.All, new ImageLimits()), new SourceSettings { Frames = FramePolicy.All });
        using var first = TestEngine.Accelerated().Decode(ImageContainer.Open(new MemoryStream(png), FramePolicy.First, new ImageLimits()), new SourceSettings());

        Assert.Equal("the image for programs that show no animations was left out: it is none of the frames", Assert.Single(all.Warnings));
        Assert.Empty(first.Warnings);
    }

    private static byte[] Encode(MagickImageCollection frames, ImageFormat format)
    {
        using var stack = new MemoryStream(frames.ToByteArray(MagickFormat.Gif));
        using var read = TestEngine.Accelerated().Decode(ImageContainer.Open(stack, FramePolicy.All, new ImageLimits()), new SourceSettings { Frames = FramePolicy.All });
        using var output = new MemoryStream();
        read.Encode(format, new OutputSettings { QualityPercent = 100 }, output);
        return output.ToArray();
    }
}
