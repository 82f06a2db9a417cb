namespace ActorImaging.Tests.Imaging.Png;

/// <summary>The checksums bit by bit and byte by byte, as their standards write them down.</summary>
internal static class NaiveChecksums
{
    /// <summary>PNG specification, third edition, 5.5.</summary>
    public static uint Crc32(ReadOnlySpan<byte> data)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            }
        }
        return ~crc;
    }

    /// <summary>RFC 1950, 8.2.</summary>
    public static uint Adler32(ReadOnlySpan<byte> data)
    {
        uint first = 1, second = 0;
        foreach (var value in data)
        {
            first = (first + value) % 65521;
            second = (second + first) % 65521;
        }
        return (second << 16) | first;
    }
}
