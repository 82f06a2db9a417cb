using ActorImaging.Imaging.Jpeg;
using CsCheck;

namespace ActorImaging.Tests.Imaging.Jpeg;

public sealed class JpegMarkerSpecs
{
    /// <summary>Bytes with all that may follow 0xFF, and with few places where the data end.</summary>
    private static readonly Gen<byte[]> GenData =
        Gen.Frequency((60, Gen.Byte), (30, Gen.Const((byte)0xFF)), (60, Gen.Const((byte)0)), (10, Gen.Byte[0xCF, 0xD8]), (10, Gen.Byte[0, 2])).Array[0, 200];

    [Fact]
    public void Should_find_where_compressed_data_end()
    {
        GenData.Sample(data => JpegMarker.IndexIn(data) == FirstEnd(data), iter: 20_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(198)]
    public void Should_find_an_end_at_any_place(int place)
    {
        var data = new byte[200];
        (data[place], data[place + 1]) = (0xFF, JpegMarker.EndOfImage);

        Assert.Equal(place, JpegMarker.IndexIn(data));
    }

    /// <summary>ITU-T T.81, F.1.2.3 and B.1.1.2, byte by byte: 0xFF is data with a 0 behind it, a fill byte before another, or a restart.</summary>
    private static int FirstEnd(byte[] data)
    {
        for (var at = 0; at + 1 < data.Length; at++)
        {
            var isEnd = data[at] == 0xFF && data[at + 1] switch { 0x00 or 0x01 or 0xFF => false, >= 0xD0 and <= 0xD7 => false, _ => true };
            if (isEnd)
            {
                return at;
            }
        }

        return -1;
    }
}
