using ActorImaging.Imaging.Jpeg;
using ActorImaging.Imaging.Metadata;
using CsCheck;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Jpeg;

public sealed class JpegMetadataInserterSpecs
{
    private static readonly ImageMetadata Described = new()
    {
        IccProfile = IccProfile.TryRead(ColorProfiles.AdobeRGB1998.ToByteArray()),
        Texts = [new ImageText(ImageText.Comment, "a comment")],
    };

    [Fact]
    public void Should_write_the_same_in_whatever_pieces_a_JPEG_comes()
    {
        var bare = Encode(60, 40);
        var whole = Insert(bare, bare.Length);
        using var image = new MagickImage(whole);
        Assert.NotNull(image.GetColorProfile());
        Assert.Equal("a comment", image.Comment);
        Gen.Int[1, 200].Array[1, 20].Sample(lengths => Insert(bare, lengths).AsSpan().SequenceEqual(whole));
    }

    [Fact]
    public void Should_pass_pixels_on_as_they_come()
    {
        var bare = Encode(400, 300);
        using var output = new MemoryStream();
        using var inserter = new JpegMetadataInserter(output, ImageMetadata.None);
        inserter.Write(bare.AsSpan(0, bare.Length / 2));
        var half = output.Length;
        inserter.Write(bare.AsSpan(bare.Length / 2, 1));
        Assert.True(half >= bare.Length / 4, $"{half} of {bare.Length / 2} bytes were passed on");
        Assert.Equal(half + 1, output.Length);
    }

    private static byte[] Insert(byte[] bare, params int[] lengths)
    {
        using var output = new MemoryStream();
        using var inserter = new JpegMetadataInserter(output, Described);
        for (var (at, piece) = (0, 0); at < bare.Length; piece++)
        {
            var length = Math.Min(lengths[piece % lengths.Length], bare.Length - at);
            inserter.Write(bare.AsSpan(at, length));
            at += length;
        }

        return output.ToArray();
    }

    private static byte[] Encode(int width, int height)
    {
        var noise = new byte[width * height];
        new Random(1).NextBytes(noise);
        using var image = new MagickImage(noise, new PixelReadSettings((uint)width, (uint)height, StorageType.Char, "R")) { Quality = 90, Comment = "of the encoder" };
        return image.ToByteArray(MagickFormat.Jpeg);
    }
}
