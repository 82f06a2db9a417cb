using ActorImaging.Imaging.Metadata;
using ActorImaging.Tests.Imaging.Containers;

namespace ActorImaging.Tests.Imaging.Metadata;

public sealed class TiffDirectorySpecs
{
    private const int Pointers = 60;

    /// <summary>Each would be read within each: sixty to the third power of them.</summary>
    [Fact]
    public void Should_read_a_directory_once_that_is_named_often()
    {
        var exif = Crafted.Tiff(0, [(274, 3, 1, 1), .. Enumerable.Repeat(((ushort)0x8769, (ushort)4, 1u, 8u), Pointers)]);
        var reading = TiffDirectory.ReadingOf(exif);

        Assert.Equal(1, Count(TiffDirectory.ReadFirst(exif, reading)));
        Assert.Empty(reading.Warnings);
    }

    /// <summary>Directories that begin within each other: more to read than there is.</summary>
    [Fact]
    public void Should_read_no_more_of_directories_than_there_is()
    {
        var reading = new MetadataReading(2000);
        byte[] exif =
        [
            .. Crafted.Tiff(0, [.. Enumerable.Range(0, 20).Select(index => ((ushort)0x8769, (ushort)4, 1u, (uint)(300 + (2 * index))))]),
            .. Crafted.Repeat([0x10, 0], 800),
        ];

        TiffDirectory.ReadFirst(exif, reading);

        Assert.Contains("metadata beyond 2,000 bytes were left out (actor-imaging.limits.metadata-bytes)", reading.Warnings);
    }

    /// <summary>Most values of a camera stand in their entries, and programs let two entries have one value.</summary>
    [Fact]
    public void Should_read_all_that_there_is()
    {
        const int Entries = 40;
        byte[] exif =
        [
            .. Crafted.Tiff(0, [.. Enumerable.Range(1, Entries).Select(tag => ((ushort)tag, (ushort)3, 2u, 7u)), (282, 5, 1, 518), (283, 5, 1, 518)]),
            .. new byte[8],
        ];
        var reading = TiffDirectory.ReadingOf(exif);

        Assert.Equal(Entries + 2, TiffDirectory.ReadFirst(exif, reading).Fields.Count);
        Assert.Empty(reading.Warnings);
    }

    private static int Count(TiffDirectory directory) => 1 + directory.Directories.Values.Sum(Count);
}
