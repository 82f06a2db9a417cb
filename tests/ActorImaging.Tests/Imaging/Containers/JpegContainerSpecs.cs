using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Containers;

public sealed class JpegContainerSpecs
{
    private const int Side = 1000;

    /// <summary>A batch measures all of its files before the first is decoded.</summary>
    [Fact]
    public void Should_read_no_pixels_for_the_header()
    {
        var jpeg = Encode(Interlace.NoInterlace);
        using var source = new CountingStream(jpeg);
        var container = ImageContainer.Open(source, FramePolicy.First, new ImageLimits());
        Assert.Equal(new PixelSize(Side, Side), container.Header.Size);
        Assert.InRange(source.BytesRead, 1, 16 * 1024);
    }

    [Theory]
    [InlineData(Interlace.NoInterlace)]
    [InlineData(Interlace.Plane)]
    public void Should_give_a_decoder_nothing_of_what_follows_the_image(Interlace interlace)
    {
        var jpeg = Encode(interlace);
        using var source = new MemoryStream([.. jpeg, .. Encode(interlace), .. new byte[100_000]]);
        using var pixels = ImageContainer.Open(source, FramePolicy.First, new ImageLimits()).OpenFrame(0);
        using var copy = new MemoryStream();
        pixels.CopyTo(copy);
        Assert.Equal(jpeg, copy.ToArray());
    }

    private static byte[] Encode(Interlace interlace)
    {
        var noise = new byte[Side * Side];
        new Random(1).NextBytes(noise);
        using var image = new MagickImage(noise, new PixelReadSettings(Side, Side, StorageType.Char, "R")) { Quality = 90 };
        image.Settings.Interlace = interlace;
        return image.ToByteArray(MagickFormat.Jpeg);
    }

    private sealed class CountingStream(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public long BytesRead { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = base.Read(buffer, offset, count);
            BytesRead += read;
            return read;
        }
    }
}
