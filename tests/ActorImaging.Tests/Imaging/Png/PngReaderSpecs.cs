using System.Text;
using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Imaging.Png;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Containers;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Png;

/// <summary>Our own reader of PNG, against the definition and against ImageMagick's.</summary>
public sealed class PngReaderSpecs
{
    public static TheoryData<int, int, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<int, int, bool>();
            foreach (var (depth, colour) in PngSource.Kinds)
            {
                kinds.Add(depth, colour, false);
                kinds.Add(depth, colour, true);
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Should_read_every_kind_as_it_is_defined(int depth, int colour, bool isInterlaced)
    {
        foreach (var (width, height) in new[] { (1, 1), (2, 1), (1, 3), (3, 5), (7, 7), (8, 8), (9, 17), (31, 6) })
        {
            var source = new PngSource(width, height, depth, colour, isInterlaced, Seed: width + height);
            using var read = Read(source.ToFile(), out var damages);

            Assert.Equal(source.ToPixels(), PixelsOf(read));
            Assert.Empty(damages);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Should_make_transparent_what_the_file_says(int depth, int colour, bool isInterlaced)
    {
        if (colour is 4 or 6)
        {
            return; // which have alpha, and no chunk for it
        }

        var source = new PngSource(13, 11, depth, colour, isInterlaced, Seed: 5);
        var key = source.KeyOfFirstPixel();
        using var read = Read(source.ToFile(key), out _);

        Assert.Equal(source.ToPixels(key), PixelsOf(read));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Should_read_what_ImageMagick_reads(int depth, int colour, bool isInterlaced)
    {
        var file = new PngSource(23, 19, depth, colour, isInterlaced, Seed: 9).ToFile();
        using var image = new MagickImage(file, MagickFormat.Png);
        using var pixels = image.GetPixels();
        using var read = Read(file, out _);

        var channels = read.Channels;
        var expected = pixels.ToByteArray(channels >= 3 ? "RGBA"[..channels] : channels == 2 ? "RA" : "R")!;
        Assert.Equal(expected.Length, PixelsOf(read).Length);
        Assert.All(expected.Zip(PixelsOf(read)), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Should_say_what_is_missing_wherever_the_pixels_are_cut_off(bool isInterlaced)
    {
        var whole = new PngSource(40, 30, 8, 2, isInterlaced, Seed: 3).ToFile();
        for (var length = 60; length < whole.Length - 12; length += 7)
        {
            using var read = Read(whole[..length], out var damages);

            Assert.Equal((40, 30), (read.WidthPixels, read.HeightPixels));
            Assert.Single(damages);
        }
    }

    [Fact]
    public void Should_leave_black_what_is_missing_and_keep_the_rest()
    {
        var source = new PngSource(200, 200, 8, 2, false, Seed: 3);
        var whole = source.ToFile();

        using var read = Read(whole[..(whole.Length / 2)], out _);

        var rows = Enumerable.Range(0, 200).TakeWhile(y => read.Row(y).SequenceEqual(source.ToPixels().AsSpan(y * 600, 600))).Count();
        Assert.InRange(rows, 50, 150);
        Assert.Equal(-1, read.Row(199).IndexOfAnyExcept((byte)0));
    }

    /// <summary>A byte that is another: whatever it is of, it is said, or nothing has changed.</summary>
    [Fact]
    public void Should_notice_every_byte_that_is_damaged()
    {
        var source = new PngSource(30, 20, 8, 6, false, Seed: 8);
        var (whole, expected) = (source.ToFile(), source.ToPixels());
        var first = whole.AsSpan().IndexOf("IDAT"u8) + 4;
        for (var at = first; at < whole.Length - 12; at += 3)
        {
            var file = whole.ToArray();
            file[at] ^= 0x55;
            try
            {
                using var read = Read(file, out var damages);

                Assert.True(damages.Count > 0 || PixelsOf(read).SequenceEqual(expected), $"byte {at}");
            }
            catch (Exception fault) when (fault is CorruptSourceException)
            {
                // said, too
            }
        }
    }

    /// <summary>A wrong colour is seen by nothing else.</summary>
    [Theory]
    [InlineData("IHDR")]
    [InlineData("PLTE")]
    [InlineData("tRNS")]
    public void Should_take_for_damaged_what_decides_the_colours_and_has_a_wrong_checksum(string type)
    {
        var png = Crafted.Png(
            Crafted.PngHeader(2, 2, 8, 3), Crafted.PngChunk("PLTE", [9, 9, 9]), Crafted.PngChunk("tRNS", [7]), Crafted.PngChunk("IDAT", Crafted.PngRows(2, 2)));
        var chunk = png.AsSpan().IndexOf(Encoding.ASCII.GetBytes(type));
        var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(chunk - 4));
        png[chunk + 4 + length] ^= 1;

        Assert.Equal($"the checksum of its {type} is wrong", ImageContainer.Open(new MemoryStream(png), FramePolicy.First, new ImageLimits()).Damage);
    }

    /// <summary>A dictionary that nobody has is no failure of the disk, which would be tried again.</summary>
    [Fact]
    public void Should_take_pixels_for_damaged_that_ask_for_a_dictionary()
    {
        var rows = Crafted.PngRows(2, 2);
        (rows[0], rows[1]) = (0x78, 0xBB); // FDICT of RFC 1950, with its check bits
        var png = Crafted.Png(Crafted.PngHeader(2, 2, 8, 0), Crafted.PngChunk("iCCP", [.. "x\0\0"u8, .. rows]), Crafted.PngChunk("IDAT", rows));

        using var read = Read(png, out var damages);

        Assert.Contains("its pixels can't be decompressed", Assert.Single(damages), StringComparison.Ordinal);
        Assert.All(PixelsOf(read), sample => Assert.Equal(0, sample));
        using var stream = new MemoryStream(png);
        var reading = new MetadataReading(1000);
        Assert.Null(ImageContainer.Open(stream, FramePolicy.First, new ImageLimits()).ReadMetadata(reading).IccProfile);
        Assert.NotEmpty(reading.Warnings);
    }

    [Fact]
    public void Should_refuse_indices_without_a_palette_and_show_black_for_those_behind_its_end()
    {
        var header = Crafted.PngHeader(2, 1, 8, 3);
        var pixels = Crafted.PngChunk("IDAT", Crafted.Deflate([0, 1, 200]));

        Assert.Throws<CorruptSourceException>(() => Read(Crafted.Png(header, pixels), out _));
        using var read = Read(Crafted.Png(header, Crafted.PngChunk("PLTE", [9, 8, 7, 6, 5, 4]), pixels), out _);
        Assert.Equal([6, 5, 4, 0, 0, 0], PixelsOf(read));
    }

    [Fact]
    public void Should_leave_no_memory_behind()
    {
        var before = PixelBuffer.LiveBytes;
        var file = new PngSource(30, 20, 8, 2, false, Seed: 1).ToFile();

        Read(file, out _).Dispose();
        Read(file[..120], out _).Dispose();
        Assert.Throws<CorruptSourceException>(() => Read(Crafted.Png(Crafted.PngHeader(2, 1, 8, 3), Crafted.PngChunk("IDAT", [1])), out _));

        Assert.Equal(before, PixelBuffer.LiveBytes);
    }

    private static byte[] PixelsOf(PixelBuffer pixels) => pixels.Rows(0, pixels.HeightPixels).ToArray();

    private static PixelBuffer Read(byte[] file, out List<string> damages)
    {
        using var stream = new MemoryStream(file);
        damages = [];
        using var frame = new PngDecoder().Decode(ImageContainer.Open(stream, FramePolicy.First, new ImageLimits()), new SourceSettings(), damages).Single();
        return frame.FinishPixels().AddReference();
    }
}
