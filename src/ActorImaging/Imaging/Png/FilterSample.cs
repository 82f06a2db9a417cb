using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Png;

/// <summary>What one filter makes of some sampled rows.</summary>
/// <param name="Filter">The filter.</param>
/// <param name="ByteBits">Order-0 entropy of the filtered bytes, in bits a byte, 0 to 8: what a code for the bytes alone can reach.</param>
/// <param name="RunShare">Share of the filtered bytes in runs of zeros, 0 to 1: flat areas that the filter foresaw exactly.</param>
internal readonly record struct FilterSample(PngFilter Filter, double ByteBits, double RunShare)
{
    /// <summary>Shortest run of zeros that counts, in bytes; photographs have next to none, however smooth they are.</summary>
    private const int RunBytes = 16;

    /// <summary>
    /// One byte in so many is looked at, by each filter: a tenth of the time that filtering and counting all of them takes.
    /// </summary>
    private const int SampleDivisor = 50;

    private const int LeastSampleBytes = 16 * 1024;

    /// <summary>Measures every filter on rows spread evenly over those held.</summary>
    /// <param name="rows">The rows held.</param>
    /// <param name="scratch">At least a row of memory.</param>
    /// <param name="samples">Receives the five results, in the order of the filter bytes.</param>
    public static void Measure(RowWindow rows, Span<byte> scratch, Span<FilterSample> samples)
    {
        var targetBytes = Math.Max(LeastSampleBytes, rows.Count * rows.RowBytes / SampleDivisor);
        var count = Math.Clamp(targetBytes / rows.RowBytes, 1, rows.Count);
        foreach (var filter in RowFilter.All)
        {
            samples[(int)filter] = Measure(rows, count, scratch[..rows.RowBytes], filter);
        }
    }

    private static FilterSample Measure(RowWindow rows, int count, Span<byte> filtered, PngFilter filter)
    {
        Span<uint> counts = stackalloc uint[ByteHistogram.Values];
        counts.Clear();
        var runs = 0;
        for (var sampled = 0; sampled < count; sampled++)
        {
            var row = (int)(((2L * sampled) + 1) * rows.Count / (2 * count));
            RowFilter.Apply(filter, rows.Row(row), rows.Row(row - 1), rows.PixelBytes, filtered);
            ByteHistogram.Add(filtered, counts);
            runs += CountRuns(filtered);
        }
        var bytes = (double)count * rows.RowBytes;
        return new FilterSample(filter, ByteHistogram.EntropyBits(counts) / bytes, runs * RunBytes / bytes);
    }

    private static int CountRuns(ReadOnlySpan<byte> filtered)
    {
        var runs = 0;
        foreach (var piece in MemoryMarshal.Cast<byte, Vector128<byte>>(filtered))
        {
            runs += piece == Vector128<byte>.Zero ? 1 : 0;
        }
        return runs;
    }
}
