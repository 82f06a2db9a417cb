using System.Runtime.CompilerServices;

namespace ActorImaging.Imaging.Png;

/// <summary>How often each byte value occurs.</summary>
internal static class ByteHistogram
{
    /// <summary>Byte values.</summary>
    public const int Values = 256;

    /// <summary>
    /// Tables counted into in turn: neighbours are often equal, and adding to one counter twice in a row waits for memory.
    /// </summary>
    private const int Tables = 4;

    /// <summary>Adds the bytes of <paramref name="data"/> to <paramref name="counts"/>.</summary>
    /// <param name="data">At most 2^31 bytes, so that no counter overflows.</param>
    /// <param name="counts">256 counters.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Add(ReadOnlySpan<byte> data, Span<uint> counts)
    {
        uint* first = stackalloc uint[Tables * Values], second = first + Values, third = second + Values, fourth = third + Values;
        new Span<uint>(first, Tables * Values).Clear();
        fixed (byte* start = data)
        {
            var at = start;
            for (var end = start + (data.Length & ~3); at < end; at += 4)
            {
                // Indices as wide as a pointer: narrower ones are extended once more for each use.
                nuint a = at[0], b = at[1], c = at[2], d = at[3];
                first[a]++;
                second[b]++;
                third[c]++;
                fourth[d]++;
            }
            for (; at < start + data.Length; at++)
            {
                first[*at]++;
            }
        }
        for (var value = 0; value < Values; value++)
        {
            counts[value] += first[value] + second[value] + third[value] + fourth[value];
        }
    }

    /// <summary>
    /// The bits that an ideal code for these frequencies takes for all the bytes counted: their order-0 entropy times their number.
    /// </summary>
    public static double EntropyBits(ReadOnlySpan<uint> counts)
    {
        double total = 0, weighted = 0;
        foreach (var count in counts)
        {
            total += count;
            weighted += count > 1 ? count * Math.Log2(count) : 0;
        }
        return total > 0 ? (total * Math.Log2(total)) - weighted : 0;
    }
}
