using System.Collections.Immutable;
using ActorImaging.Imaging;
using ActorImaging.Imaging.Jpeg;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Containers;
using ActorImaging.Tests.Imaging.Kernels;
using ImageMagick;

namespace ActorImaging.Tests.Imaging;

/// <summary>Luma and chroma that stay apart, against the same picture made of colours.</summary>
[Collection("Native memory")]
public sealed class PlanarPixelsSpecs : IDisposable
{
    private static readonly string[] Lists =
    [
        "resize:31x", "resize:50%", "resize:x33", "resize:30x30@cover", "resize:29x41@cover", "resize:40x40@inside", "resize:24x24", "crop:20x10@southeast", "crop:21x11@3:5",
        "crop:33x33", "rotate:90", "rotate:180", "rotate:270", "rotate:-90", "flip", "flop", "auto-orient", "auto-orient+resize:37x", "auto-orient+resize:24x31@cover+flop",
        "resize:60x+crop:21x21+rotate:90", "crop:51x41+crop:20x20@southeast+resize:11x", "resize:70x+resize:35x", "flip+rotate:90+crop:31x21@1:3", "resize:37x+sharpen", "resize:40x+grayscale", string.Empty,
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly ImageEngine _engine = TestEngine.Accelerated();

    public static TheoryData<string, string, int> Everything()
    {
        var data = new TheoryData<string, string, int>();
        foreach (var list in Lists)
        {
            data.Add(list, "2x2", 1);
            data.Add(list, "2x1", 6);
            data.Add(list, "1x1", 7);
        }

        return data;
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Everything))]
    public void Should_show_what_colours_show(string list, string sampling, int orientation)
    {
        foreach (var (width, height) in new[] { (128, 96), (101, 67), (75, 120) })
        {
            var path = Write(width, height, sampling, orientation);
            var header = TestEngine.HeaderOf(path);
            Assert.Equal(orientation, (int)header.Orientation);
            var operations = list.Length == 0 ? [] : OperationParser.ParseList(list);
            var settings = new SourceSettings { ShrinkBy = SourceShrink.For(header, [operations]) };

            var (colours, planes) = (Process(path, operations, settings), Process(path, operations, settings with { KeepsPlanes = true }));

            Assert.Equal((colours.Width, colours.Height), (planes.Width, planes.Height));
            Assert.InRange(MeanDifference(colours, planes), 0, 1.25); // edges of chroma fall elsewhere by half a sample, and sharpening sharpens that
        }
    }

    /// <summary>However a rectangle is cut, it is as large as it was asked for: nothing is rounded up.</summary>
    [Fact]
    public void Should_cut_exactly()
    {
        for (var width = 1; width <= 300; width += width < 40 ? 1 : 13)
        {
            using var planes = Planes(width, 2);
            for (var length = 1; length <= width; length += 1 + (length / 20))
            {
                for (var left = 0; left <= width - length; left += 1 + (left / 10))
                {
                    using var cut = planes.Cropped(left, 0, new PixelSize(length, 2));
                    using var half = cut.Cropped(length / 2, 0, new PixelSize(length - (length / 2), 1));
                    Assert.Equal(new PixelSize(length, 2), cut.Size);
                    Assert.Equal(new PixelSize(length - (length / 2), 1), half.Size);
                    using var rows = cut.LumaRows();
                    Assert.IsType<Crop>(rows);
                }
            }
        }
    }

    [Fact]
    public void Should_refuse_an_empty_rectangle_as_colours_do()
    {
        var path = Write(64, 48, "2x2", 1);
        using var image = _engine.Decode(path, new SourceSettings { KeepsPlanes = true });

        Assert.Throws<UnsupportedImageException>(() => image.Apply(OperationParser.ParseList("crop:10x10@9000:0")[0]));
    }

    /// <summary>Nothing is resampled, nothing converted: but for the rounding of coefficients what comes out is what went in.</summary>
    [Fact]
    public void Should_pass_samples_through_that_nothing_is_done_to()
    {
        var file = JpegPictures(96, 64);
        using var before = PlanesOf(file);
        using var bands = new PlaneBands(before, wantsColours: true, ChromaSubsampling.Quarter, 100);
        using var output = new MemoryStream();
        JpegWriter.Write(bands, ActorImaging.Imaging.Metadata.ImageMetadata.None, output);

        using var after = PlanesOf(output.ToArray());

        foreach (var (plane, again) in new[] { (before.Luma, after.Luma), (before.Blueness, after.Blueness), (before.Redness, after.Redness) })
        {
            Assert.Equal(plane.Columns, again.Columns);
            for (var y = 0; y < plane.Samples.HeightPixels; y++)
            {
                for (var x = 0; x < plane.Samples.WidthPixels; x++)
                {
                    Assert.InRange(again.Samples.Row(y)[x] - plane.Samples.Row(y)[x], -2, 2);
                }
            }
        }
    }

    [Fact]
    public void Should_write_gray_alone_where_nothing_has_a_colour()
    {
        using var gray = Planes(20, 20);
        using var bands = new PlaneBands(gray, wantsColours: false, ChromaSubsampling.Quarter, 80);
        using var coloured = new PlaneBands(gray, wantsColours: true, ChromaSubsampling.Quarter, 80);

        Assert.Equal((1, 3), (bands.Components.Count, coloured.Components.Count));
    }

    [Fact]
    public void Should_be_shared_by_tasks_and_leave_no_memory_behind()
    {
        var before = (PixelBuffer.LiveBytes, NativePixelPool.TakenBytes);
        var path = Write(101, 67, "2x2", 6);
        using (var image = _engine.Decode(path, new SourceSettings { KeepsPlanes = true }))
        using (var shared = image.Share()!)
        using (var first = shared.Open())
        using (var second = shared.Open())
        {
            first.Apply(OperationParser.ParseList("rotate:90")[0]);
            second.Apply(OperationParser.ParseList("blur:1")[0]); // what is done to colours
            Assert.Equal((new PixelSize(67, 101), new PixelSize(101, 67)), (first.Sizes[0], second.Sizes[0]));
            first.Encode(ImageFormat.Jpeg, new OutputSettings(), new MemoryStream());
            second.Encode(ImageFormat.Png, new OutputSettings(), new MemoryStream());
        }

        Assert.Equal(before, (PixelBuffer.LiveBytes, NativePixelPool.TakenBytes));
    }

    private static PlanarPixels Planes(int width, int height)
    {
        static Plane Of(int samplesAcross, int samplesDown, double across, double down)
        {
            var samples = PixelBuffer.Allocate(samplesAcross, samplesDown, 1);
            samples.Rows(0, samplesDown).Fill(128);
            return new Plane(samples, new SampleRange(0, across), new SampleRange(0, down));
        }

        Plane Chroma() => Of((width + 1) / 2, (height + 1) / 2, width / 2.0, height / 2.0);
        return new PlanarPixels(Of(width, height, width, height), Chroma(), Chroma());
    }

    private static PlanarPixels PlanesOf(byte[] file)
    {
        var container = Jpeg.JpegPictures.Open(file);
        using var data = container.OpenFrame(0);
        return new JpegReader(container.FrameHeader!, 1).ReadPlanes(data, []);
    }

    private static byte[] JpegPictures(int width, int height) => Jpeg.JpegPictures.Encode(width, height, "2x2", 90);

    /// <summary>A soft picture with colours, no two parts of it alike.</summary>
    private string Write(int width, int height, string sampling, int orientation)
    {
        using var image = new MagickImage(MagickColors.White, (uint)width, (uint)height);
        using (var pixels = image.GetPixels())
        {
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    pixels.SetPixel(x, y, [(byte)(40 + (160 * x / width)), (byte)(60 + (150 * y / height)), (byte)(128 + (90 * Math.Sin((x + (2 * y)) / 60.0)))]);
                }
            }
        }

        image.Quality = 95;
        image.Settings.SetDefine("jpeg:sampling-factor", sampling);
        byte[] exif = [.. "Exif\0\0MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0"u8, (byte)orientation, 0, 0, 0, 0, 0, 0];
        var path = Path.Combine(_folder.Path, $"{width}x{height}-{sampling}-{orientation}.jpg");
        File.WriteAllBytes(path, Crafted.WithSegments(image.ToByteArray(MagickFormat.Jpeg), Crafted.Segment(0xE1, exif)));
        return path;
    }

    private (int Width, int Height, byte[] Pixels) Process(string path, ImmutableArray<ImageOperation> operations, SourceSettings settings)
    {
        using var image = _engine.Decode(path, settings);
        foreach (var operation in operations)
        {
            image.Apply(operation);
        }

        using var output = new MemoryStream();
        image.Encode(ImageFormat.Jpeg, new OutputSettings { QualityPercent = 98 }, output);
        using var read = new MagickImage(output.ToArray());
        read.ColorSpace = ColorSpace.sRGB;
        using var pixels = read.GetPixels();
        return ((int)read.Width, (int)read.Height, pixels.ToByteArray(PixelMapping.RGB)!);
    }

    private static double MeanDifference((int Width, int Height, byte[] Pixels) one, (int Width, int Height, byte[] Pixels) other) =>
        one.Pixels.Zip(other.Pixels, (left, right) => (double)Math.Abs(left - right)).Average();
}
