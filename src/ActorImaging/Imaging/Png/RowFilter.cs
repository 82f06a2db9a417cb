using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ActorImaging.Imaging.Png;

/// <summary>Replaces the bytes of a row by their differences from what a filter expects (PNG specification, third edition, 9.2).</summary>
/// <remarks>Pure functions of their arguments; any thread.</remarks>
internal static class RowFilter
{
    /// <summary>The filters in the order of their filter bytes.</summary>
    public static ReadOnlySpan<PngFilter> All =>
        [PngFilter.None, PngFilter.Sub, PngFilter.Up, PngFilter.Average, PngFilter.Paeth];

    /// <summary>Filters one row with the widest vectors of the machine.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="row">The bytes of the row.</param>
    /// <param name="above">The bytes of the row above, of equal length; zeros for the top row.</param>
    /// <param name="pixelBytes">Bytes from a sample to the same sample on its left, at least 1.</param>
    /// <param name="destination">As long as the row; must not overlap it.</param>
    public static void Apply(PngFilter filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> destination) =>
        Apply(filter, row, above, pixelBytes, destination, Vector<byte>.Count);

    /// <summary>
    /// Filters one row byte by byte: what <see cref="Apply(PngFilter, ReadOnlySpan{byte}, ReadOnlySpan{byte}, int, Span{byte})"/> must
    /// equal.
    /// </summary>
    public static void ApplyScalar(
        PngFilter filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> destination) =>
        Apply(filter, row, above, pixelBytes, destination, vectorBytes: 0);

    private static void Apply(
        PngFilter filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> destination, int vectorBytes)
    {
        above = above[..row.Length];
        destination = destination[..row.Length];
        switch (filter)
        {
            case PngFilter.None:
                row.CopyTo(destination);
                break;
            case PngFilter.Sub:
                Fill<SubPredictor>(row, above, pixelBytes, destination, vectorBytes);
                break;
            case PngFilter.Up:
                Fill<UpPredictor>(row, above, pixelBytes, destination, vectorBytes);
                break;
            case PngFilter.Average:
                Fill<AveragePredictor>(row, above, pixelBytes, destination, vectorBytes);
                break;
            default:
                Fill<PaethPredictor>(row, above, pixelBytes, destination, vectorBytes);
                break;
        }
    }

    private static void Fill<TPredictor>(
        ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> destination, int vectorBytes)
        where TPredictor : struct, IPngPredictor
    {
        var at = Math.Min(pixelBytes, row.Length);
        for (var first = 0; first < at; first++)
        {
            destination[first] = (byte)(row[first] - TPredictor.Predict(0, above[first], 0));
        }
        if (vectorBytes > 0)
            at = FillVectors<TPredictor>(row, above, pixelBytes, destination);
        for (; at < row.Length; at++)
        {
            var expected = TPredictor.Predict(row[at - pixelBytes], above[at], above[at - pixelBytes]);
            destination[at] = (byte)(row[at] - expected);
        }
    }

    /// <summary>Filters whole vectors after the first pixel; the bytes left over are the caller's.</summary>
    /// <returns>The first byte not filtered.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // rows are few and long: the first image must not run in unoptimised code
    private static int FillVectors<TPredictor>(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> destination)
        where TPredictor : struct, IPngPredictor
    {
        ref var rowStart = ref MemoryMarshal.GetReference(row);
        ref var aboveStart = ref MemoryMarshal.GetReference(above);
        ref var destinationStart = ref MemoryMarshal.GetReference(destination);
        var at = Math.Min(pixelBytes, row.Length);
        for (; at <= row.Length - Vector<byte>.Count; at += Vector<byte>.Count)
        {
            var left = Vector.LoadUnsafe(ref rowStart, (nuint)(at - pixelBytes));
            var up = Vector.LoadUnsafe(ref aboveStart, (nuint)at);
            var upLeft = Vector.LoadUnsafe(ref aboveStart, (nuint)(at - pixelBytes));
            var difference = Vector.LoadUnsafe(ref rowStart, (nuint)at) - TPredictor.Predict(left, up, upLeft);
            difference.StoreUnsafe(ref destinationStart, (nuint)at);
        }
        return at;
    }
}
