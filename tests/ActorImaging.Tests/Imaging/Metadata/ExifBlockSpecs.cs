using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Containers;
using CsCheck;

namespace ActorImaging.Tests.Imaging.Metadata;

/// <summary>EXIF data are other people's, and what only their maker understands must stay where it is.</summary>
public sealed class ExifBlockSpecs
{
    private const int MakerNoteAt = 200;
    private const int ThumbnailAt = 400;

    [Fact]
    public void Should_change_nothing_but_the_number_that_says_how_it_is_turned()
    {
        var exif = Make();
        var block = new ExifBlock(exif);

        block.SetOrientation(ImageOrientation.TopLeft);

        Assert.Equal(ImageOrientation.TopLeft, new ExifBlock(block.Bytes).Orientation);
        Assert.Equal([18], Differences(exif, block.Bytes));
        Assert.Equal(6, exif[18]); // the data that were given are somebody else's, too
    }

    [Fact]
    public void Should_say_the_new_size_where_one_is_said()
    {
        var block = new ExifBlock(Make());

        block.SetSize(new PixelSize(70_000, 300));

        Assert.Equal(70_000, BitConverter.ToInt32(block.Bytes.Span[(100 + 2 + 8)..]));
        Assert.Equal(300, BitConverter.ToUInt16(block.Bytes.Span[(100 + 2 + 12 + 8)..]));
    }

    [Fact]
    public void Should_blank_a_thumbnail_and_lead_nowhere()
    {
        var exif = Make();
        var block = new ExifBlock(exif);

        block.RemoveThumbnail();

        Assert.Equal(-1, block.Bytes.Span[ThumbnailAt..(ThumbnailAt + 40)].IndexOfAnyExcept((byte)0));
        Assert.All(Differences(exif, block.Bytes), at => Assert.True(at is >= ThumbnailAt and < ThumbnailAt + 40 or >= 34 and < 38, $"{at}"));
        Assert.True(exif.AsSpan(MakerNoteAt, 50).SequenceEqual(block.Bytes.Span.Slice(MakerNoteAt, 50)));
    }

    /// <summary>Cameras of old stored it as rows of pixels.</summary>
    [Fact]
    public void Should_blank_a_thumbnail_in_strips()
    {
        var exif = Make();
        Crafted.TiffDirectory(0, (273, 4, 2, 350), (279, 4, 2, 358)).CopyTo(exif, 300);
        foreach (var (at, value) in new[] { (350, ThumbnailAt), (354, ThumbnailAt + 25), (358, 20), (362, 15) })
        {
            BitConverter.TryWriteBytes(exif.AsSpan(at), value);
        }

        var block = new ExifBlock(exif);
        block.RemoveThumbnail();

        Assert.Equal([77, 77, 77, 77, 77], block.Bytes.Span[ThumbnailAt..(ThumbnailAt + 40)].ToArray().Where(value => value != 0));
    }

    /// <summary>EXIF 3.0 has texts in UTF-8, as a type of their own.</summary>
    [Fact]
    public void Should_keep_rights_in_UTF_8()
    {
        byte[] exif = [.. Crafted.Tiff(0, (315, 129, 6, 26)), .. "J\u00fcrgen"u8];

        Assert.NotEqual(-1, ExifBlock.RightsOf(exif).Span.IndexOf("J\u00fcrge"u8));
    }

    [Fact]
    public void Should_keep_of_a_block_that_is_too_long_what_is_not_the_makers()
    {
        var shortened = ExifBlock.Shortened(Make());

        Assert.Equal(ImageOrientation.RightTop, new ExifBlock(shortened).Orientation);
        Assert.Equal(-1, shortened.Span.IndexOf("MAKER"u8));
        Assert.InRange(shortened.Length, 20, 150);
    }

    [Fact]
    public void Should_take_whatever_comes_and_stay_within_it() => Gen.Select(Gen.Byte.Array[0, 300], Gen.Bool).Sample(
        (noise, isLittle) =>
        {
            byte[] exif = [.. isLittle ? "II*\0"u8 : "MM\0*"u8, .. Crafted.UInt32(8, isLittle), .. noise];
            var block = new ExifBlock(exif);
            block.SetOrientation(ImageOrientation.TopLeft);
            block.SetSize(new PixelSize(10, 10));
            block.RemoveThumbnail();
            _ = (block.Orientation, block.Density, ExifBlock.RightsOf(exif), ExifBlock.Shortened(exif));
            return block.Bytes.Length == exif.Length;
        },
        iter: 20_000);

    [Fact]
    public void Should_survive_numbers_that_are_others() => Gen.Select(Gen.Int[0, 450], Gen.Byte).Array[1, 4].Sample(
        changes =>
        {
            var exif = Make();
            foreach (var (at, value) in changes)
            {
                exif[at] = value;
            }

            var block = new ExifBlock(exif);
            block.SetOrientation(ImageOrientation.TopLeft);
            block.SetSize(new PixelSize(10, 10));
            block.RemoveThumbnail();
            _ = (ExifBlock.RightsOf(exif), ExifBlock.Shortened(exif));
            return block.Bytes.Length == exif.Length;
        },
        iter: 20_000);

    private static List<int> Differences(byte[] one, ReadOnlyMemory<byte> other) =>
        [.. Enumerable.Range(0, one.Length).Where(at => one[at] != other.Span[at])];

    /// <summary>Orientation 6, a size, a maker's note at 200 that counts from the beginning, a thumbnail at 400.</summary>
    private static byte[] Make()
    {
        var exif = new byte[500];
        Crafted.Tiff(300, (274, 3, 1, 6), (34665, 4, 1, 100)).CopyTo(exif, 0);
        Crafted.TiffDirectory(0, (40962, 4, 1, 4000), (40963, 3, 1, 3000), (37500, 7, 60, MakerNoteAt)).CopyTo(exif, 100);
        "MAKER\0\0\0"u8.CopyTo(exif.AsSpan(MakerNoteAt));
        Crafted.TiffDirectory(0, (513, 4, 1, ThumbnailAt), (514, 4, 1, 40)).CopyTo(exif, 300);
        exif.AsSpan(ThumbnailAt, 40).Fill(77);
        return exif;
    }
}
