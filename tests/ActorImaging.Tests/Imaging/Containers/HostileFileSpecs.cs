using System.Diagnostics;
using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Tests.Imaging.Containers;

/// <summary>Whatever a file says, its refusal takes milliseconds and next to no memory; and what it has beside its pixels, no more than it may.</summary>
public sealed class HostileFileSpecs
{
    private const int Repetitions = 5;
    private const long MostRefusalBytes = 16 << 20;

    private static readonly TimeSpan MostRefusalTime = TimeSpan.FromMilliseconds(20);
    private static readonly ImageLimits Limits = new();

    public static TheoryData<string> Refused => [.. HostileFiles.All.Where(file => file.Refusal is not null).Select(file => file.Name)];

    public static TheoryData<string> Done => [.. HostileFiles.All.Where(file => file.Refusal is null).Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Should_refuse_by_the_header_in_milliseconds(string name)
    {
        var (file, bytes) = Make(name);
        var (shortest, most) = (TimeSpan.MaxValue, 0L);
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            using var stream = new MemoryStream(bytes);
            var (started, allocated) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            var fault = Assert.ThrowsAny<Exception>(() => Limits.RequireSource(ImageContainer.Open(stream, file.Frames, Limits).Header));
            (shortest, most) = (Min(shortest, Stopwatch.GetElapsedTime(started)), Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - allocated));

            Assert.True(fault is CorruptSourceException or UnsupportedImageException or ImageLimitException, $"{fault}");
            Assert.Contains(file.Refusal!, fault.Message, StringComparison.Ordinal);
        }

        Assert.True(shortest < MostRefusalTime, $"took {shortest.TotalMilliseconds} ms");
        Assert.True(most < MostRefusalBytes, $"took {most:N0} bytes");
    }

    /// <summary>Within the limits, but more than its codec can get out of so few bytes: no memory is taken for that.</summary>
    [Fact]
    public void Should_decode_nothing_that_could_not_hold_so_much()
    {
        (ushort Tag, ushort Type, uint Count, uint Value)[] entries =
            [(256, 4, 1, 3000), (257, 4, 1, 3000), (258, 3, 1, 64), (259, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, 3000), (279, 4, 1, 100)];
        byte[] png = Crafted.Png(Crafted.PngHeader(16_383, 16_383, 16, 6), Crafted.PngChunk("IDAT", Crafted.Deflate(new byte[1000])));

        foreach (var (bytes, expected) in new[] { (Crafted.Tiff(0, entries), "says 3000x3000 of 64 bits each, which is more than 122 bytes can hold"), (png, "says 16383x16383, which is more than") })
        {
            using var stream = new MemoryStream(bytes);
            var container = ImageContainer.Open(stream, FramePolicy.First, Limits);
            Assert.Contains(expected, Assert.Throws<CorruptSourceException>(() => container.OpenFrame(0)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Done))]
    public void Should_read_no_more_metadata_than_there_may_be(string name)
    {
        var (file, bytes) = Make(name);
        using var stream = new MemoryStream(bytes);
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        var container = ImageContainer.Open(stream, file.Frames, Limits);
        Limits.RequireSource(container.Header);
        var metadata = container.ReadMetadata(new MetadataReading(Limits.MetadataBytes));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 8 * Limits.MetadataBytes);
        Assert.InRange(metadata.Exif.Length + metadata.Xmp.Length + metadata.ImageResources.Length + metadata.Texts.Sum(text => (long)text.Text.Length), 0, Limits.MetadataBytes);
    }

    private static (HostileFile File, byte[] Bytes) Make(string name)
    {
        var file = HostileFiles.All.First(candidate => candidate.Name == name);
        return (file, file.Make());
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
