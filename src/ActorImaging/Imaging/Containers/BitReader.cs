namespace ActorImaging.Imaging.Containers;

/// <summary>Reads bits of a header, never behind its end: there are zeros, and <see cref="HasEnded"/> tells.</summary>
/// <param name="bytes">The header.</param>
/// <param name="isLowestFirst">Whether the lowest bit of a byte comes first, as in JPEG XL; the highest does in video.</param>
internal ref struct BitReader(ReadOnlySpan<byte> bytes, bool isLowestFirst)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private long _at;

    /// <summary>Whether more was read than there is.</summary>
    public readonly bool HasEnded => _at > 8L * _bytes.Length;

    /// <summary>Reads one bit.</summary>
    public bool Flag() => Bits(1) != 0;

    /// <summary>Reads a number of up to 32 bits.</summary>
    public uint Bits(int count)
    {
        var number = 0u;
        for (var bit = 0; bit < count; bit++, _at++)
        {
            var index = (int)Math.Min(_at >> 3, int.MaxValue);
            var value = index >= _bytes.Length ? 0u : (uint)(_bytes[index] >> (isLowestFirst ? (int)(_at & 7) : 7 - (int)(_at & 7))) & 1;
            number = isLowestFirst ? number | (value << bit) : (number << 1) | value;
        }

        return number;
    }

    /// <summary>Passes bits over.</summary>
    public void Skip(int count) => _at += count;

    /// <summary>Reads a number in Exp-Golomb code (ITU-T H.265, 9.2).</summary>
    public uint Golomb()
    {
        var zeros = 0;
        while (zeros < 32 && !HasEnded && !Flag())
        {
            zeros++;
        }

        return zeros >= 32 ? uint.MaxValue : (1u << zeros) - 1 + Bits(zeros);
    }
}
