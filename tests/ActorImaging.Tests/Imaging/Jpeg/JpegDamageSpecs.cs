using ActorImaging.Imaging;
using ActorImaging.Imaging.Jpeg;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Tests.Imaging.Containers;

namespace ActorImaging.Tests.Imaging.Jpeg;

/// <summary>What our own reader makes of JPEGs that are damaged: as much as can be had, and word of what is missing.</summary>
[Collection("Native memory")]
public sealed class JpegDamageSpecs
{
    private const int Trials = 3000;

    /// <summary>Whatever stands there: pixels or an exception that the pipeline knows, and nothing outside the memory that was taken.</summary>
    [Theory]
    [InlineData("2x2", false)]
    [InlineData("2x1", false)]
    [InlineData("1x1", true)]
    [InlineData("2x2", true)]
    [InlineData("4x1", false)]
    public void Should_survive_any_damage(string sampling, bool isProgressive)
    {
        var (whole, random) = (JpegPictures.Encode(61, 47, sampling, isProgressive: isProgressive), new Random(5));
        var (read, held) = (0, NativePixelPool.TakenBytes);
        for (var trial = 0; trial < Trials; trial++)
        {
            read += TryRead(JpegPictures.Damage(whole, random), 1 << random.Next(4), trial % 2 == 0 ? LaneWidth.Narrow : LaneWidth.Wide) ? 1 : 0;
        }

        Assert.InRange(read, Trials / 2, Trials - 1);
        Assert.Equal(held, NativePixelPool.TakenBytes);
    }

    /// <summary>Of the longest segments there are nothing is missing, wherever they lie in what was read ahead.</summary>
    [Theory]
    [InlineData(0xEE)]
    [InlineData(0xDB)]
    [InlineData(0xF0)]
    public void Should_take_the_longest_segments(int marker)
    {
        var whole = JpegPictures.Encode(20, 20);
        var tables = Enumerable.Range(0, 65_533).Select(at => (byte)(marker == 0xDB && at % 65 == 0 ? 3 : 1)).ToArray();
        "Adobe\0\u0064\0\0\0\0\u0001"u8.CopyTo(marker == 0xEE ? tables : new byte[12]);
        tables = marker == 0xDB ? tables[..(65_533 / 65 * 65)] : tables;
        var segment = Crafted.Segment((byte)marker, tables);

        var file = Crafted.WithSegments(whole, segment, segment);

        var read = JpegPictures.ByReader(file);
        Assert.Equal(JpegPictures.ByReader(whole).Pixels, read.Pixels);
        Assert.Empty(read.Damages);
    }

    /// <summary>Between two scans, too: nobody would notice that the last ones are missing.</summary>
    [Fact]
    public void Should_notice_a_file_that_ends_between_its_scans()
    {
        var whole = JpegPictures.Encode(90, 70, isProgressive: true);
        var table = whole.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xC4]);
        var end = table + 2 + (whole[table + 2] << 8) + whole[table + 3];
        foreach (var cut in new[] { table + 2, table + 3, table + 10, end, end + 5 })
        {
            Assert.Contains("between the scans", JpegPictures.Open(whole[..cut]).Damage, StringComparison.Ordinal);
        }

        Assert.Null(JpegPictures.Open(whole).Damage);
    }

    /// <summary>Data that end early: all that comes before is as in the whole image, and as libjpeg-turbo makes of it; what comes after is gray.</summary>
    [Theory]
    [InlineData("1x1", 1)]
    [InlineData("2x2", 1)]
    [InlineData("2x2", 2)]
    [InlineData("2x1", 4)]
    [InlineData("2x2", 8)]
    public void Should_make_the_same_of_data_that_end_early(string sampling, int shrinkBy)
    {
        var whole = JpegPictures.Encode(90, 70, sampling);
        for (var cut = 20; cut < 1500; cut += 37)
        {
            var file = whole[..^cut];
            var (expected, actual) = (JpegPictures.ByMagick(file, shrinkBy), JpegPictures.ByReader(file, shrinkBy));

            Assert.Equal(expected.Pixels, actual.Pixels);
            Assert.Equal("its JPEG data end early", Assert.Single(actual.Damages));
        }
    }

    [Fact]
    public void Should_miss_nothing_where_only_the_end_of_the_image_does()
    {
        var whole = JpegPictures.Encode(90, 70);

        Assert.Empty(JpegPictures.ByReader(whole[..^2]).Damages);
        Assert.Equal(JpegPictures.ByReader(whole).Pixels, JpegPictures.ByReader(whole[..^2]).Pixels);
    }

    /// <summary>Bits that are wrong: libjpeg-turbo's pixels, for as long as the values are such as a transform can give.</summary>
    [Fact]
    public void Should_make_nearly_the_same_of_bits_that_are_wrong()
    {
        var (same, random) = (0, new Random(9));
        for (var trial = 0; trial < 300; trial++)
        {
            var file = JpegPictures.Encode(80, 60, trial % 2 == 0 ? "2x2" : "1x1", seed: trial % 7);
            file[random.Next(file.Length - 1000, file.Length - 2)] ^= (byte)(1 << random.Next(8));
            var (expected, actual) = (JpegPictures.ByMagick(file), JpegPictures.ByReader(file));
            same += expected.Pixels.AsSpan().SequenceEqual(actual.Pixels) ? 1 : 0;
            Assert.True(expected.Warning is null || actual.Damages.Count > 0, $"{trial}: {expected.Warning}");
        }

        Assert.InRange(same, 280, 300);
    }

    /// <summary>Restarts that are missing, or others than they should be: libjpeg-turbo's strategy, to the same pixels.</summary>
    [Theory]
    [InlineData("restart-rows.jpg")]
    [InlineData("restart-each.jpg")]
    [InlineData("luma-first.jpg")]
    public void Should_find_the_next_restart_as_libjpeg_does(string fixture)
    {
        var whole = Fixture.Read(fixture);
        var restarts = Enumerable.Range(0, whole.Length - 1).Where(at => whole[at] == 0xFF && JpegMarker.IsRestart(whole[at + 1])).ToList();
        Assert.True(restarts.Count > 1);
        foreach (var at in restarts)
        {
            ExpectSame([.. whole[..at], .. whole[(at + 2)..]]);
            ExpectSame([.. whole[..(at + 2)], 0xFF, 0x01, .. whole[(at + 2)..]]);
            for (var other = 1; other < 8; other++)
            {
                ExpectSame([.. whole[..(at + 1)], (byte)(JpegMarker.Restart0 + ((whole[at + 1] + other) & 7)), .. whole[(at + 2)..]]);
            }
        }
    }

    /// <summary>A scan that is missing is one that may have been there.</summary>
    [Fact]
    public void Should_say_where_scans_may_be_missing()
    {
        var whole = JpegPictures.Encode(60, 50, isProgressive: true);
        var lastScan = whole.AsSpan().LastIndexOf([(byte)0xFF, JpegMarker.StartOfScan]);
        Assert.Equal("its JPEG data end early", Assert.Single(JpegPictures.ByReader(whole[..lastScan]).Damages));

        var apart = Fixture.Read("apart.jpg");
        lastScan = apart.AsSpan().LastIndexOf([(byte)0xFF, JpegMarker.StartOfScan]);
        byte[] ended = [.. apart[..lastScan], 0xFF, JpegMarker.EndOfImage];
        Assert.Equal("its JPEG data end early: there is no scan of one of its components", Assert.Single(JpegPictures.ByReader(ended).Damages));
        Assert.Equal(JpegPictures.ByMagick(ended).Pixels, JpegPictures.ByReader(ended).Pixels);
    }

    [Theory]
    [InlineData(JpegMarker.HuffmanTables, "can't be decoded: it lacks a Huffman table")]
    [InlineData(JpegMarker.QuantisationTables, "can't be decoded: it lacks a quantisation table")]
    public void Should_say_what_is_missing(byte marker, string message)
    {
        var whole = JpegPictures.Encode(20, 20);
        var at = whole.AsSpan().IndexOf([(byte)0xFF, marker]);
        byte[] without = [.. whole[..at], .. whole[(at + 2 + (whole[at + 2] << 8) + whole[at + 3])..]];

        Assert.Equal(message, Assert.Throws<CorruptSourceException>(() => JpegPictures.ByReader(without)).Message);
    }

    [Fact]
    public void Should_refuse_a_second_frame()
    {
        var whole = JpegPictures.Encode(20, 20);
        var at = whole.AsSpan().IndexOf([(byte)0xFF, JpegMarker.BaselineFrame]);
        byte[] twice = [.. whole[..at], .. whole[at..(at + 19)], .. whole[at..]];

        Assert.Equal("can't be decoded: it has more than one frame", Assert.Throws<CorruptSourceException>(() => JpegPictures.ByReader(twice)).Message);
    }

    private static void ExpectSame(byte[] file)
    {
        var (expected, actual) = (JpegPictures.ByMagick(file), JpegPictures.ByReader(file));
        Assert.Equal(expected.Pixels, actual.Pixels);
        Assert.Equal(expected.Warning is null, actual.Damages.Count == 0);
    }

    private static bool TryRead(byte[] file, int shrinkBy, LaneWidth width)
    {
        try
        {
            if (JpegPictures.Open(file).FrameHeader is not { Size.Pixels: < 1_000_000 })
            {
                return true;
            }

            JpegPictures.ByReader(file, shrinkBy, width);
            return true;
        }
        catch (Exception fault) when (fault is CorruptSourceException or UnsupportedImageException)
        {
            return false;
        }
    }
}
