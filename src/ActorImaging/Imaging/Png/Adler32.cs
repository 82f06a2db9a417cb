using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// The running checksum of a zlib stream (RFC 1950, 2.2 and 8.2): s1 sums the bytes, s2 sums the values of s1, both modulo 65521.
/// </summary>
internal static class Adler32
{
    /// <summary>The checksum of no bytes.</summary>
    public const uint Initial = 1;

    private const uint Modulus = 65521;

    /// <summary>Vectors summed before their 16-bit lanes could overflow: 255 x n x (n + 1) / 2 must stay below 65536.</summary>
    private const int VectorsPerGroup = 22;

    /// <summary>
    /// Bytes taken between two reductions modulo 65521, so that no 32-bit sum overflows (5552 is the greatest such number).
    /// </summary>
    private const int ScalarRunBytes = 5552;

    /// <summary>Continues <paramref name="checksum"/> over <paramref name="data"/>.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> data)
    {
        var groupBytes = VectorsPerGroup * Vector<byte>.Count;
        var vectorised = data.Length - (data.Length % groupBytes);
        checksum = AppendGroups(checksum, data[..vectorised], groupBytes);
        return AppendScalar(checksum, data[vectorised..]);
    }

    /// <summary>Continues byte by byte: what <see cref="Append"/> must equal.</summary>
    public static uint AppendScalar(uint checksum, ReadOnlySpan<byte> data)
    {
        uint s1 = checksum & 0xFFFF, s2 = checksum >> 16;
        while (!data.IsEmpty)
        {
            var run = data[..Math.Min(ScalarRunBytes, data.Length)];
            foreach (var value in run)
            {
                s1 += value;
                s2 += s1;
            }
            s1 %= Modulus;
            s2 %= Modulus;
            data = data[run.Length..];
        }
        return (s2 << 16) | s1;
    }

    /// <summary>
    /// Over a group of n vectors of w bytes, s2 grows by n w s1, plus w times the running column sums, less each column's sum times its
    /// place in the vector: so the inner loop only adds.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint AppendGroups(uint checksum, ReadOnlySpan<byte> data, int groupBytes)
    {
        ulong s1 = checksum & 0xFFFF, s2 = checksum >> 16;
        ref var start = ref MemoryMarshal.GetReference(data);
        var lowPlaces = Vector<ushort>.Indices;
        var highPlaces = lowPlaces + new Vector<ushort>((ushort)Vector<ushort>.Count);
        for (var group = 0; group < data.Length; group += groupBytes)
        {
            Vector<ushort> low = default, high = default, lowRunning = default, highRunning = default;
            for (var at = group; at < group + groupBytes; at += Vector<byte>.Count)
            {
                Vector.Widen(Vector.LoadUnsafe(ref start, (nuint)at), out var lowBytes, out var highBytes);
                low += lowBytes;
                high += highBytes;
                lowRunning += low;
                highRunning += high;
            }
            var placed = SumOfProducts(low, lowPlaces) + SumOfProducts(high, highPlaces);
            s2 += ((ulong)groupBytes * s1) + ((ulong)Vector<byte>.Count * (Sum(lowRunning) + Sum(highRunning))) - placed;
            s1 = (s1 + Sum(low) + Sum(high)) % Modulus;
            s2 %= Modulus;
        }
        return ((uint)s2 << 16) | (uint)s1;
    }

    private static ulong Sum(Vector<ushort> lanes)
    {
        Vector.Widen(lanes, out var low, out var high);
        return Vector.Sum(low + high);
    }

    private static ulong SumOfProducts(Vector<ushort> lanes, Vector<ushort> factors)
    {
        Vector.Widen(lanes, out var low, out var high);
        Vector.Widen(factors, out var lowFactors, out var highFactors);
        return Vector.Sum((low * lowFactors) + (high * highFactors));
    }
}
