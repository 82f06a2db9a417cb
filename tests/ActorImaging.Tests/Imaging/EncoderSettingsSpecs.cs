using ActorImaging.Imaging;
using ActorImaging.Imaging.Magick;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Tests.Imaging;

/// <summary>What encoders are told, read from what they wrote.</summary>
public sealed class EncoderSettingsSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ImageEngine _engine = TestEngine.Accelerated();
    private readonly string _source;

    public EncoderSettingsSpecs() => _source = TestImage.WriteRgb(_folder.Path, "source.png", 64, 48, TestImage.Varied);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("4:2:0", 0x22)]
    [InlineData("4:2:2", 0x21)]
    [InlineData("4:4:4", 0x11)]
    public void Should_keep_colour_in_jpeg_as_finely_as_asked(string chroma, int expected)
    {
        var jpeg = Encode(ImageFormat.Jpeg, With(chroma));

        Assert.Equal(expected, jpeg[StartOfFrame(jpeg) + 11]); // after the marker, the length, the depth, the size and the count: the first component's factors
    }

    [Theory]
    [InlineData("4:2:0", 0b11)]
    [InlineData("4:2:2", 0b10)]
    [InlineData("4:4:4", 0b00)]
    public void Should_keep_colour_in_avif_as_finely_as_asked(string chroma, int expected)
    {
        var avif = Encode(ImageFormat.Avif, With(chroma));

        var configuration = avif.AsSpan().IndexOf("av1C"u8) + 4;
        Assert.Equal(expected, (avif[configuration + 2] >> 2) & 0b11); // chroma_subsampling_x and _y of the AV1 codec configuration record
    }

    [Fact]
    public void Should_take_photographs_by_default() => Assert.Equal(Encode(ImageFormat.Jpeg, With("4:2:0")), Encode(ImageFormat.Jpeg, new OutputSettings()));

    [Theory]
    [InlineData(ImageFormat.WebP, "webp:method", OutputSettings.WebPMethod, 0)]
    [InlineData(ImageFormat.Avif, "heic:speed", OutputSettings.AvifSpeed, 9)]
    [InlineData(ImageFormat.JpegXl, "jxl:effort", OutputSettings.JpegXlEffort, 3)]
    public void Should_press_as_hard_as_it_says(ImageFormat format, string define, int pinned, int other)
    {
        var written = Encode(format, new OutputSettings());

        Assert.Equal(EncodeByMagick(format, define, pinned), written);
        Assert.NotEqual(EncodeByMagick(format, define, other), written);
    }

    [Fact]
    public void Should_read_the_notation_that_it_writes()
    {
        Assert.All(ChromaSubsampling.All, chroma => Assert.True(ChromaSubsampling.TryParse(chroma.ToString(), out var read) && read == chroma));
        Assert.False(ChromaSubsampling.TryParse("4:1:1", out _));
    }

    private static OutputSettings With(string chroma) => ChromaSubsampling.TryParse(chroma, out var known) ? new OutputSettings { Chroma = known } : throw new ArgumentException(chroma);

    private byte[] Encode(ImageFormat format, OutputSettings settings)
    {
        using var image = _engine.Decode(_source);
        using var output = new MemoryStream();
        image.Encode(format, settings, output);
        return output.ToArray();
    }

    private byte[] EncodeByMagick(ImageFormat format, string define, int value)
    {
        using var image = new MagickImage(_source) { Quality = OutputSettings.DefaultQualityPercent };
        image.Settings.SetDefine(define, value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        image.Settings.SetDefine("heic:chroma", "420");
        return image.ToByteArray(MagickFormats.Of(format));
    }

    /// <summary>Where the marker of the frame header stands, after its first byte.</summary>
    private static int StartOfFrame(byte[] jpeg)
    {
        var at = 2;
        while (jpeg[at + 1] is not (0xC0 or 0xC2))
        {
            at += 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]);
        }

        return at;
    }
}
