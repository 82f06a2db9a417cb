using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Containers;
using CsCheck;
using ImageMagick;

namespace ActorImaging.Tests.Imaging;

/// <summary>Frames laid over each other, against a painter who knows nothing but the definition.</summary>
public sealed class AnimationCanvasSpecs
{
    private const int Side = 9;

    private static readonly Gen<(AnimationFrame Frame, byte[] Rgba)> GenFrame =
        from left in Gen.Int[0, Side - 1]
        from top in Gen.Int[0, Side - 1]
        from width in Gen.Int[1, Side - left]
        from height in Gen.Int[1, Side - top]
        from disposal in Gen.Enum<FrameDisposal>()
        from blends in Gen.Bool
        from rgba in Gen.OneOf(Gen.Byte, Gen.Const((byte)0), Gen.Const((byte)255)).Array[width * height * 4]
        select (new AnimationFrame(left, top, new PixelSize(width, height), new FrameDelay(1, 10), disposal, blends), rgba);

    [Fact]
    public void Should_show_what_the_definition_shows() => GenFrame.List[1, 6].Sample(
        frames =>
        {
            var painter = new double[Side * Side * 4];
            var animation = new Animation(new PixelSize(Side, Side), [.. frames.Select(frame => frame.Frame)], 0);
            using var canvas = new AnimationCanvas(animation);
            for (var index = 0; index < frames.Count; index++)
            {
                var (frame, rgba) = frames[index];
                var before = painter.ToArray();
                Paint(painter, frame, rgba);
                using var shown = canvas.Lay(index, FrameOf(frame, rgba));
                AssertClose(painter, shown.FinishPixels());
                if (frame.Disposal != FrameDisposal.Keep)
                {
                    ForEachPixel(frame, (at, _) => Array.Copy(frame.Disposal == FrameDisposal.Restore ? before : new double[painter.Length], at, painter, at, 4));
                }
                else
                {
                    Round(painter, shown.FinishPixels()); // what is kept is kept in 8 bits
                }
            }
        },
        iter: 2000);

    [Theory]
    [InlineData(new byte[] { 0x21, 0xF9, 1, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0x21, 0xF9, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0x21, 0xF9, 3, 9, 9, 9, 0 })]
    [InlineData(new byte[] { 0x21, 0xF9, 4, 0, 0, 0, 0, 1, 7, 0 })]
    public void Should_hand_on_no_control_that_reaches_into_the_image_behind(byte[] control)
    {
        var gif = Crafted.Gif(9, 9, control, Crafted.GifFrame());

        using var image = TestEngine.Accelerated().Decode(ImageContainer.Open(new MemoryStream(gif), FramePolicy.First, new ImageLimits()), new SourceSettings());

        Assert.Equal(new PixelSize(9, 9), Assert.Single(image.Sizes));
    }

    [Fact]
    public void Should_show_what_ImageMagick_shows_of_a_gif()
    {
        using var frames = new MagickImageCollection();
        var random = new Random(4);
        foreach (var disposal in new[] { GifDisposeMethod.None, GifDisposeMethod.Background, GifDisposeMethod.Previous, GifDisposeMethod.None, GifDisposeMethod.Previous, GifDisposeMethod.Background, GifDisposeMethod.None })
        {
            var frame = new MagickImage(new MagickColor((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)), (uint)random.Next(4, 20), (uint)random.Next(4, 16));
            frame.Alpha(AlphaAction.Set);
            using (var hole = new MagickImage(MagickColors.Transparent, 3, 3))
            {
                frame.Composite(hole, 1, 1, CompositeOperator.Copy);
            }

            frame.Page = new MagickGeometry(random.Next(12), random.Next(10), 40, 30);
            (frame.GifDisposeMethod, frame.AnimationDelay) = (disposal, 7);
            frames.Add(frame);
        }

        using var folder = new TemporaryFolder();
        var path = folder.File("animation.gif");
        frames.Write(path, MagickFormat.Gif);
        using var expected = new MagickImageCollection(path);
        expected.Coalesce();

        using var image = TestEngine.Accelerated().Decode(path, new SourceSettings { Frames = FramePolicy.All });
        using var stack = new MemoryStream();
        image.Encode(ImageFormat.Tiff, new OutputSettings(), stack);
        stack.Position = 0;
        using var pages = new MagickImageCollection(stack);

        Assert.Equal(expected.Count, pages.Count);
        Assert.All(expected.Zip(pages), pair => Assert.Equal(PixelsOf(pair.First), PixelsOf(pair.Second)));
    }

    /// <summary>Colours below nothing are nobody's: only what is seen counts.</summary>
    private static byte[] PixelsOf(IMagickImage<byte> image)
    {
        using var pixels = image.GetPixels();
        var rgba = pixels.ToByteArray(PixelMapping.RGBA)!;
        for (var at = 0; at < rgba.Length; at += 4)
        {
            if (rgba[at + 3] == 0)
            {
                rgba.AsSpan(at, 4).Clear();
            }
        }

        return rgba;
    }

    private static Frame FrameOf(AnimationFrame frame, byte[] rgba)
    {
        var pixels = PixelBuffer.Allocate(frame.Size.WidthPixels, frame.Size.HeightPixels, 4);
        rgba.CopyTo(pixels.Rows(0, pixels.HeightPixels));
        return new Frame(pixels);
    }

    /// <summary>Over, in double precision (Porter and Duff).</summary>
    private static void Paint(double[] canvas, AnimationFrame frame, byte[] rgba) => ForEachPixel(frame, (at, from) =>
    {
        var (upper, lower) = (rgba[from + 3] / 255.0, canvas[at + 3] / 255.0);
        var alpha = frame.Blends ? upper + (lower * (1 - upper)) : upper;
        for (var channel = 0; channel < 3; channel++)
        {
            canvas[at + channel] = frame.Blends && alpha > 0
                ? ((rgba[from + channel] * upper) + (canvas[at + channel] * lower * (1 - upper))) / alpha
                : rgba[from + channel];
        }

        canvas[at + 3] = alpha * 255;
    });

    private static void ForEachPixel(AnimationFrame frame, Action<int, int> visit)
    {
        for (var y = 0; y < frame.Size.HeightPixels; y++)
        {
            for (var x = 0; x < frame.Size.WidthPixels; x++)
            {
                visit((((frame.TopPixels + y) * Side) + frame.LeftPixels + x) * 4, ((y * frame.Size.WidthPixels) + x) * 4);
            }
        }
    }

    private static void AssertClose(double[] painter, PixelBuffer shown)
    {
        for (var at = 0; at < Side * Side; at++)
        {
            var pixel = shown.Row(at / Side).Slice(at % Side * shown.Channels, shown.Channels);
            var alpha = shown.Channels == 4 ? pixel[3] : 255;
            Assert.InRange(alpha - painter[(at * 4) + 3], -0.51, 0.51);
            for (var channel = 0; channel < 3 && alpha > 0; channel++)
            {
                Assert.InRange(pixel[channel] - painter[(at * 4) + channel], -0.51 - (128.0 / alpha), 0.51 + (128.0 / alpha)); // where nearly nothing is seen, alpha in 8 bits is coarse
            }
        }
    }

    private static void Round(double[] painter, PixelBuffer shown)
    {
        for (var at = 0; at < Side * Side; at++)
        {
            var pixel = shown.Row(at / Side).Slice(at % Side * shown.Channels, shown.Channels);
            for (var channel = 0; channel < 4; channel++)
            {
                painter[(at * 4) + channel] = channel < shown.Channels ? pixel[channel] : 255;
            }
        }
    }
}
