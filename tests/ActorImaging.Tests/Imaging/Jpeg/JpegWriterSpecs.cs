using System.Buffers.Binary;
using ActorImaging.Imaging;
using ActorImaging.Imaging.Jpeg;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Kernels;
using ActorImaging.Tests.Imaging.Png;
using CsCheck;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Jpeg;

[Collection("Native memory")]
public sealed class JpegWriterSpecs
{
    private static readonly Gen<int> Qualities = Gen.OneOf(Gen.Int[1, 100], Gen.Int[79, 81], Gen.Int[99, 100]);
    private static readonly Gen<ChromaSubsampling> Chromas = Gen.Int[0, 2].Select(index => ChromaSubsampling.All[index]);

    [Fact]
    public void Should_write_what_libjpeg_writes_byte_for_byte() => Gen
        .Select(Picture.Of(Gen.Bool.Select(isGray => isGray ? 1 : 3)), Qualities, Chromas, Gen.Enum<LaneWidth>())
        .Sample(
            (picture, quality, chroma, width) =>
            {
                using var pixels = picture.ToPixelBuffer();
                Assert.Equal(ByLibjpeg(pixels, quality, chroma), WithoutApplications(ByUs(pixels, quality, chroma, width)));
            },
            iter: 300);

    [Theory]
    [InlineData("4:2:0")]
    [InlineData("4:2:2")]
    [InlineData("4:4:4")]
    public void Should_write_every_small_size_as_libjpeg_does(string notation)
    {
        Assert.True(ChromaSubsampling.TryParse(notation, out var chroma));
        for (var width = 1; width <= 35; width += 1 + (width / 18))
        {
            for (var height = 1; height <= 35; height += 1 + (height / 18))
            {
                using var pixels = new Picture(width, height, 3, Pattern.Noise, Pattern.Flat, width + height).ToPixelBuffer();
                Assert.Equal(ByLibjpeg(pixels, 90, chroma), WithoutApplications(ByUs(pixels, 90, chroma, LaneWidths.Native)));
            }
        }
    }

    [Theory]
    [InlineData(640, 480)]
    [InlineData(6000, 9)]
    [InlineData(9, 6000)]
    public void Should_write_what_fills_its_buffers_as_libjpeg_does(int width, int height)
    {
        using var pixels = new Picture(width, height, 3, Pattern.Noise, Pattern.Flat, 1).ToPixelBuffer();
        Assert.Equal(ByLibjpeg(pixels, 95, ChromaSubsampling.Quarter), WithoutApplications(ByUs(pixels, 95, ChromaSubsampling.Quarter, LaneWidths.Native)));
    }

    [Fact]
    public void Should_leave_no_memory_behind()
    {
        var before = (PixelBuffer.LiveBytes, NativePixelPool.TakenBytes);
        using (var pixels = new Picture(65, 47, 3, Pattern.Noise, Pattern.Flat, 1).ToPixelBuffer())
        using (var rows = new Crop(pixels, 0, 0, 65, 47))
        using (var bands = PixelBands.Colour(rows, ChromaSubsampling.Quarter, 80))
        using (var full = new FailingStream(100))
        {
            Assert.Throws<IOException>(() => JpegWriter.Write(bands, ImageMetadata.None, full));
        }

        Assert.Equal(before, (PixelBuffer.LiveBytes, NativePixelPool.TakenBytes));
    }

    private static byte[] ByUs(PixelBuffer pixels, int quality, ChromaSubsampling chroma, LaneWidth width)
    {
        using var rows = new Crop(pixels, 0, 0, pixels.WidthPixels, pixels.HeightPixels);
        using var bands = pixels.Channels < 3 ? PixelBands.Gray(rows, quality, width) : PixelBands.Colour(rows, chroma, quality, width);
        using var output = new MemoryStream();
        JpegWriter.Write(bands, ImageMetadata.None, output, width);
        return output.ToArray();
    }

    private static byte[] ByLibjpeg(PixelBuffer pixels, int quality, ChromaSubsampling chroma)
    {
        using var image = MagickOracle.Open(pixels);
        image.Quality = (uint)quality;
        image.Settings.SetDefine("jpeg:sampling-factor", pixels.Channels < 3 ? "4:4:4" : chroma.ToString()); // one component is one, however it is called
        image.Settings.SetDefine("jpeg:dct-method", "islow"); // ImageMagick chooses the one in floating point otherwise
        image.Settings.ColorType = pixels.Channels < 3 ? ColorType.Grayscale : ColorType.TrueColor;
        return WithoutApplications(image.ToByteArray(MagickFormat.Jpeg));
    }

    private static byte[] WithoutApplications(byte[] jpeg)
    {
        var at = 2;
        while (JpegMarker.IsOfApplication(jpeg[at + 1]))
        {
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2));
        }

        return jpeg[at..];
    }
}
