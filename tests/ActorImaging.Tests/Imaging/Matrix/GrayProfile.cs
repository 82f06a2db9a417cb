using System.Buffers.Binary;
using System.Text;

namespace ActorImaging.Tests.Imaging.Matrix;

/// <summary>A colour profile of gray in linear light (ICC.1:2010, 8.3.2), which no library here brings along.</summary>
internal static class GrayProfile
{
    public static byte[] Linear { get; } = Make();

    private static byte[] Make()
    {
        (string Tag, byte[] Data)[] tags =
        [
            ("desc", [.. "desc"u8, 0, 0, 0, 0, 0, 0, 0, 5, .. "gray\0"u8, .. new byte[4 + 4 + 2 + 1 + 67]]),
            ("cprt", [.. "text"u8, 0, 0, 0, 0, .. "none\0"u8]),
            ("wtpt", [.. "XYZ "u8, 0, 0, 0, 0, 0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D]),
            ("kTRC", [.. "curv"u8, 0, 0, 0, 0, 0, 0, 0, 0]),
        ];
        var profile = new List<byte>(new byte[128 + 4 + (12 * tags.Length)]);
        var table = new byte[4 + (12 * tags.Length)];
        BinaryPrimitives.WriteInt32BigEndian(table, tags.Length);
        for (var index = 0; index < tags.Length; index++)
        {
            var entry = table.AsSpan(4 + (12 * index));
            Encoding.ASCII.GetBytes(tags[index].Tag, entry);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], profile.Count);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], tags[index].Data.Length);
            profile.AddRange(tags[index].Data);
            profile.AddRange(new byte[-profile.Count & 3]);
        }

        var bytes = profile.ToArray();
        table.CopyTo(bytes, 128);
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        bytes[8] = 2; // version 2
        "mntrGRAYXYZ "u8.CopyTo(bytes.AsSpan(12));
        (bytes[24], bytes[25], bytes[27], bytes[29]) = (7, 0xDA, 1, 1); // 1 January 2010
        "acsp"u8.CopyTo(bytes.AsSpan(36));
        tags[2].Data.AsSpan(8).CopyTo(bytes.AsSpan(68)); // D50, as the white point is
        return bytes;
    }
}
