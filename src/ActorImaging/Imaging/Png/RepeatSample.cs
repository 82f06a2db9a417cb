using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// Tells whether pixels repeat earlier ones, as glyphs, patterns and dithering do without leaving a single zero behind any filter: what
/// only matches can write short.
/// </summary>
internal sealed class RepeatSample
{
    /// <summary>Bytes that must be equal: in smooth pictures shorter stretches are, too.</summary>
    private const int StretchBytes = 16;

    private const int Slots = 4096;
    private const int SampledRows = 8;

    /// <summary>Bytes taken of each sampled row and of the row above it.</summary>
    private const int SampledRowBytes = 3072;

    private readonly ulong[] _seen = new ulong[Slots];

    /// <summary>Share of the pixels sampled, 0 to 1, whose stretch was seen before in the sample.</summary>
    public double Measure(RowWindow rows)
    {
        Array.Clear(_seen);
        int looked = 0, repeated = 0;
        var count = Math.Min(SampledRows, rows.Count);
        for (var sampled = 0; sampled < count; sampled++)
        {
            var row = (int)(((2L * sampled) + 1) * rows.Count / (2 * count));
            foreach (var neighbour in (ReadOnlySpan<int>)[Math.Max(0, row - 1), row])
            {
                var bytes = Middle(rows.Row(neighbour), rows.PixelBytes);
                looked += Math.Max(0, (bytes.Length - StretchBytes + rows.PixelBytes - 1) / rows.PixelBytes);
                repeated += CountRepeated(bytes, rows.PixelBytes);
            }
        }
        return looked == 0 ? 1 : (double)repeated / looked;
    }

    private static ReadOnlySpan<byte> Middle(ReadOnlySpan<byte> row, int pixelBytes)
    {
        var first = Math.Max(0, row.Length - SampledRowBytes) / 2;
        return row.Slice(first - (first % pixelBytes), Math.Min(row.Length, SampledRowBytes));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CountRepeated(ReadOnlySpan<byte> bytes, int pixelBytes)
    {
        var repeated = 0;
        ref var start = ref MemoryMarshal.GetReference(bytes);
        for (var at = 0; at < bytes.Length - StretchBytes; at += pixelBytes)
        {
            var first = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));
            var second = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at + 8));
            var hash = ((first * 0x9E3779B97F4A7C15) ^ second) * 0xC2B2AE3D27D4EB4F | 1;
            ref var slot = ref _seen[(int)(hash >> 52)];
            repeated += slot == hash ? 1 : 0;
            slot = hash;
        }
        return repeated;
    }
}
