using System.Buffers.Binary;
using System.Text;
using ActorImaging.Imaging.Png;
using CsCheck;

namespace ActorImaging.Tests.Imaging.Png;

public sealed class ChecksumSpecs
{
    [Theory]
    [InlineData("", 0x00000001u)]
    [InlineData("a", 0x00620062u)]
    [InlineData("Wikipedia", 0x11E60398u)]
    public void Should_give_known_Adler_values(string text, uint expected)
    {
        Assert.Equal(expected, Adler32.Append(Adler32.Initial, Encoding.ASCII.GetBytes(text)));
    }

    [Fact]
    public void Should_equal_the_definition_of_Adler_for_any_bytes_in_any_pieces()
    {
        Gen.Select(Gen.Byte.Array[0, 5000], Gen.Double[0, 1]).Sample((data, share) =>
        {
            var cut = (int)(data.Length * share);
            var pieces = Adler32.Append(Adler32.Append(Adler32.Initial, data.AsSpan(0, cut)), data.AsSpan(cut));
            return pieces == NaiveChecksums.Adler32(data) && Adler32.AppendScalar(Adler32.Initial, data) == pieces;
        });
    }

    [Theory]
    [InlineData(703)]
    [InlineData(704)]
    [InlineData(5552)]
    [InlineData(1_000_003)]
    public void Should_not_overflow_on_the_largest_bytes(int length)
    {
        var data = new byte[length];
        data.AsSpan().Fill(0xFF);
        Assert.Equal(NaiveChecksums.Adler32(data), Adler32.Append(Adler32.Initial, data));
        Assert.Equal(NaiveChecksums.Adler32(data), Adler32.AppendScalar(Adler32.Initial, data));
    }

    [Fact]
    public void Should_frame_the_last_chunk_as_every_PNG_ends()
    {
        using var output = new MemoryStream();
        new PngChunks(output).Write("IEND"u8, []);
        Assert.Equal([0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82], output.ToArray());
    }

    [Fact]
    public void Should_frame_any_data_with_the_CRC_of_the_definition()
    {
        Gen.Byte.Array[0, 2000].Sample(data =>
        {
            using var output = new MemoryStream();
            new PngChunks(output).Write("teSt"u8, data);
            var chunk = output.ToArray();
            var crc = BinaryPrimitives.ReadUInt32BigEndian(chunk.AsSpan(^4..));
            return crc == NaiveChecksums.Crc32(chunk.AsSpan(4..^4));
        });
    }
}
