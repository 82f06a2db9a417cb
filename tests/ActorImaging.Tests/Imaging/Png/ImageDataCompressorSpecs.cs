using System.Buffers.Binary;
using System.IO.Compression;
using ActorImaging.Imaging.Png;
using CsCheck;

namespace ActorImaging.Tests.Imaging.Png;

public sealed class ImageDataCompressorSpecs
{
    private static readonly int[] CodingLevels = [0, 0, 2, 6];

    /// <summary>Stretches of bytes, with the level of zlib that codes them, or 0 for literals.</summary>
    private static readonly Gen<(byte[] Data, int Level)[]> GenStretches =
        Gen.Select(
            Gen.OneOf(Gen.Byte.Array[1, 300], Gen.Byte[0, 3].Array[1, 3000]),
            Gen.Int[0, 3].Select(choice => CodingLevels[choice])).Array[0, 8];

    [Fact]
    public void Should_give_one_zlib_stream_whatever_the_stretches()
    {
        GenStretches.Sample(stretches =>
        {
            var stream = Compress([.. stretches]);
            return Inflate(stream).AsSpan().SequenceEqual(stretches.SelectMany(stretch => stretch.Data).ToArray());
        });
    }

    [Fact]
    public void Should_end_the_stream_with_the_bytes_that_zlib_ends_it_with()
    {
        // What follows the checksum is not the stream's: a stream without an end would swallow it.
        foreach (var level in new[] { 0, 6 })
        {
            var stream = Compress([([1, 2, 3], level)]);
            Assert.Equal([1, 2, 3], Inflate(stream));
            Assert.Equal(NaiveChecksums.Adler32([1, 2, 3]), BinaryPrimitives.ReadUInt32BigEndian(stream.AsSpan(^4..)));
            var deflated = stream[2..^4];
            using var inflater = new DeflateStream(new MemoryStream([.. deflated, 0xAA, 0xBB]), CompressionMode.Decompress);
            using var inflated = new MemoryStream();
            inflater.CopyTo(inflated);
            Assert.Equal([1, 2, 3], inflated.ToArray());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(LiteralBlock.MaxBytes - 1)]
    [InlineData(LiteralBlock.MaxBytes)]
    [InlineData(LiteralBlock.MaxBytes + 1)]
    [InlineData((3 * LiteralBlock.MaxBytes) + 7)]
    public void Should_cut_literals_into_blocks_of_any_length(int length)
    {
        var random = new Random(length);
        byte[] data = [.. Enumerable.Range(0, length).Select(_ => (byte)(random.Next(16) * random.Next(16)))];
        Assert.Equal(data, Inflate(Compress([(data, 0)])));
    }

    [Fact]
    public void Should_store_what_no_code_makes_smaller_and_add_little()
    {
        var data = new byte[(2 * LiteralBlock.MaxBytes) + 1000];
        new Random(5).NextBytes(data);
        var stream = Compress([(data, 0)]);
        Assert.Equal(data, Inflate(stream));
        Assert.InRange(stream.Length, data.Length, data.Length + 100);
    }

    [Fact]
    public void Should_come_near_the_entropy_of_bytes_that_do_not_repeat()
    {
        var random = new Random(5);
        byte[] data = [.. Enumerable.Range(0, 400_000).Select(_ => (byte)(random.Next(8) + random.Next(8) + random.Next(8)))];
        var counts = new uint[ByteHistogram.Values];
        ByteHistogram.Add(data, counts);
        Assert.InRange(Compress([(data, 0)]).Length * 8.0, ByteHistogram.EntropyBits(counts), ByteHistogram.EntropyBits(counts) * 1.02);
    }

    [Fact]
    public void Should_code_steep_histograms_whose_words_reach_the_limit()
    {
        byte[] data = [.. Enumerable.Range(0, 16).SelectMany(value => Enumerable.Repeat((byte)value, 1 << value))];
        Assert.Equal(data, Inflate(Compress([(data, 0)])));
    }

    [Fact]
    public void Should_free_zlib_without_writing_when_the_output_fails()
    {
        using var output = new FailingStream();
        using var data = new ImageDataStream(new PngChunks(output));
        var compressor = new ImageDataCompressor(data);
        var noise = new byte[2 * ImageDataStream.MaxChunkBytes];
        new Random(1).NextBytes(noise);
        compressor.WriteMatches([1, 2, 3], 1);
        Assert.Throws<IOException>(() => compressor.WriteMatches(noise, 1));
        var written = output.Calls;
        compressor.Dispose();
        Assert.Equal(written, output.Calls);
    }

    private static byte[] Compress((byte[] Data, int Level)[] stretches)
    {
        using var png = new MemoryStream();
        using var data = new ImageDataStream(new PngChunks(png));
        using var compressor = new ImageDataCompressor(data);
        foreach (var stretch in stretches)
        {
            if (stretch.Level == 0)
                compressor.WriteLiterals(stretch.Data);
            else
                compressor.WriteMatches(stretch.Data, stretch.Level);
        }
        compressor.Finish();
        data.Finish();
        return WithoutFrames(png.ToArray());
    }

    private static byte[] WithoutFrames(ReadOnlySpan<byte> chunks)
    {
        var data = new List<byte>();
        while (!chunks.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(chunks);
            data.AddRange(chunks.Slice(8, length));
            chunks = chunks[(length + 12)..];
        }
        return [.. data];
    }

    private static byte[] Inflate(byte[] stream)
    {
        using var inflater = new ZLibStream(new MemoryStream(stream), CompressionMode.Decompress);
        using var inflated = new MemoryStream();
        inflater.CopyTo(inflated);
        return inflated.ToArray();
    }
}
