using System.Buffers.Binary;
using System.IO.Compression;
using ActorImaging.Imaging;
using ActorImaging.Imaging.Magick;
using ActorImaging.Tasks;

namespace ActorImaging.Tests.Imaging;

/// <summary>That the settings reach zlib and the filters: ImageMagick takes them by undocumented numbers.</summary>
public sealed class MagickPngEncodingSpecs : IDisposable
{
    private const int SidePixels = 256;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_filter_no_row_when_the_filter_is_none() =>
        Assert.All(FilterBytes(new MagickPngEncoding(1, MagickPngStrategy.HuffmanOnly, MagickPngFilter.None)), filter => Assert.Equal(0, filter));

    [Fact]
    public void Should_filter_rows_when_the_filter_is_adaptive() =>
        Assert.Contains(FilterBytes(new MagickPngEncoding(1, MagickPngStrategy.HuffmanOnly, MagickPngFilter.Adaptive)), filter => filter != 0);

    [Fact]
    public void Should_compress_flat_pictures_better_with_matches_than_by_huffman_coding_alone()
    {
        var huffman = Encode(new MagickPngEncoding(6, MagickPngStrategy.HuffmanOnly, MagickPngFilter.None), Stripes).Length;
        var runs = Encode(new MagickPngEncoding(6, MagickPngStrategy.RunLength, MagickPngFilter.None), Stripes).Length;
        var full = Encode(new MagickPngEncoding(6, MagickPngStrategy.Default, MagickPngFilter.None), Stripes).Length;

        // Huffman coding spends at least a bit a byte; runs halve that at least here; matches find the repeated rows, too.
        Assert.True(huffman > 2 * runs, $"{huffman} against {runs}");
        Assert.True(runs > 2 * full, $"{runs} against {full}");
    }

    [Fact]
    public void Should_say_what_it_is() =>
        Assert.Equal("PNG zlib level 1, strategy huffman-only, filter adaptive", MagickPngEncoding.Default.ToString());

    /// <summary>Runs of sixteen equal bytes, in too many grays for ImageMagick to pack several into a byte.</summary>
    private static (byte Red, byte Green, byte Blue) Stripes(int x, int y)
    {
        var gray = (byte)((x / 16 * 37) + (y % 8 * 5));
        return (gray, gray, gray);
    }

    private static (byte Red, byte Green, byte Blue) Gradient(int x, int y) => ((byte)(x + y), (byte)(x + (2 * y)), (byte)((2 * x) + y));

    private IEnumerable<byte> FilterBytes(MagickPngEncoding encoding)
    {
        var rows = Inflate(Encode(encoding, Gradient));
        return rows.Chunk((SidePixels * 3) + 1).Select(row => row[0]);
    }

    private byte[] Encode(MagickPngEncoding encoding, Func<int, int, (byte Red, byte Green, byte Blue)> pixel)
    {
        var source = TestImage.WriteRgb(_folder.Path, "source.png", SidePixels, SidePixels, pixel);
        var output = _folder.File("out.png");
        new ImageTaskPipeline(ImageEngine.Magick(encoding, new ImageLimits()), new SourceLeases(), new ImageLimits())
            .Process(new ImageTask(new TaskId(1), source, [new TintOperation(new RgbColor(255, 100, 50))], output));
        return File.ReadAllBytes(output);
    }

    private static byte[] Inflate(byte[] png)
    {
        using var data = new MemoryStream();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                data.Write(png, at + 8, length);
            }

            at += length + 12;
        }

        data.Position = 0;
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        return rows.ToArray();
    }
}
