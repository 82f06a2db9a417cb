using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Png;

/// <summary>Makes the bytes of a row of their differences from what a filter expects (PNG specification, third edition, 9.2): undoes <see cref="RowFilter"/>.</summary>
/// <remarks>
/// Pure functions of their arguments; any thread. Up has no byte depend on another of its row and is done by whole vectors; of the others each pixel
/// waits for the one on its left, so that what a vector holds is a pixel.
/// </remarks>
internal static class RowUnfilter
{
    /// <summary>Undoes the filter of one row.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="differences">The row as it was written.</param>
    /// <param name="above">The bytes of the row above, of equal length; zeros for the top row.</param>
    /// <param name="pixelBytes">Bytes from a sample to the same sample on its left, at least 1.</param>
    /// <param name="destination">As long as the row; must not overlap it.</param>
    public static void Apply(PngFilter filter, ReadOnlySpan<byte> differences, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> destination) =>
        Apply(filter, differences, above, pixelBytes, destination, Vector128.IsHardwareAccelerated);

    /// <summary>
    /// Undoes the filter byte by byte: what <see cref="Apply(PngFilter, ReadOnlySpan{byte}, ReadOnlySpan{byte}, int, Span{byte})"/> must equal.
    /// </summary>
    public static void ApplyScalar(PngFilter filter, ReadOnlySpan<byte> differences, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> destination) =>
        Apply(filter, differences, above, pixelBytes, destination, useVectors: false);

    private static void Apply(PngFilter filter, ReadOnlySpan<byte> differences, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> destination, bool useVectors)
    {
        above = above[..differences.Length];
        destination = destination[..differences.Length];
        var isPixelOfVector = useVectors && pixelBytes is 3 or 4;
        switch (filter)
        {
            case PngFilter.None:
                differences.CopyTo(destination);
                break;
            case PngFilter.Sub when isPixelOfVector:
                Pixels<SubPixel>(differences, above, pixelBytes, destination);
                break;
            case PngFilter.Sub:
                Bytes<SubPredictor>(differences, above, pixelBytes, destination, 0);
                break;
            case PngFilter.Up:
                Up(differences, above, destination, useVectors);
                break;
            case PngFilter.Average when isPixelOfVector:
                Pixels<AveragePixel>(differences, above, pixelBytes, destination);
                break;
            case PngFilter.Average:
                Bytes<AveragePredictor>(differences, above, pixelBytes, destination, 0);
                break;
            case PngFilter.Paeth when isPixelOfVector:
                Pixels<PaethPixel>(differences, above, pixelBytes, destination);
                break;
            default:
                Bytes<PaethPredictor>(differences, above, pixelBytes, destination, 0);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // rows are few and long: the first image must not run in unoptimised code
    private static void Up(ReadOnlySpan<byte> differences, ReadOnlySpan<byte> above, Span<byte> destination, bool useVectors)
    {
        var at = 0;
        for (; useVectors && at <= destination.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            (Vector128.Create(differences.Slice(at, Vector128<byte>.Count)) + Vector128.Create(above.Slice(at, Vector128<byte>.Count)))
                .CopyTo(destination.Slice(at, Vector128<byte>.Count));
        }

        for (; at < destination.Length; at++)
        {
            destination[at] = (byte)(differences[at] + above[at]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Bytes<TPredictor>(ReadOnlySpan<byte> differences, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> destination, int from)
        where TPredictor : struct, IPngPredictor
    {
        var at = from;
        for (; at < Math.Min(pixelBytes, destination.Length); at++)
        {
            destination[at] = (byte)(differences[at] + TPredictor.Predict(0, above[at], 0));
        }

        for (; at < destination.Length; at++)
        {
            destination[at] = (byte)(differences[at] + TPredictor.Predict(destination[at - pixelBytes], above[at], above[at - pixelBytes]));
        }
    }

    /// <summary>Pixels of three or four bytes, four bytes at a time: the fourth of three is written over by the next pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels<TPixel>(ReadOnlySpan<byte> differences, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> destination)
        where TPixel : struct, IPngPixel
    {
        ref var from = ref MemoryMarshal.GetReference(differences);
        ref var up = ref MemoryMarshal.GetReference(above);
        ref var to = ref MemoryMarshal.GetReference(destination);
        Vector128<short> left = default, aboveLeft = default;
        var low = Vector128.Create((short)byte.MaxValue);
        var at = 0;
        for (; at <= destination.Length - 4; at += pixelBytes)
        {
            var upper = Load(ref up, at);
            left = (TPixel.Predict(left, upper, aboveLeft) + Load(ref from, at)) & low;
            aboveLeft = upper;
            Store(ref to, at, left);
        }

        // the last pixel of three bytes
        Span<byte> last = stackalloc byte[4];
        for (; at < destination.Length; at += pixelBytes)
        {
            last.Clear();
            above[at..].CopyTo(last);
            var upper = Load(ref MemoryMarshal.GetReference(last), 0);
            last.Clear();
            differences[at..].CopyTo(last);
            left = (TPixel.Predict(left, upper, aboveLeft) + Load(ref MemoryMarshal.GetReference(last), 0)) & low;
            aboveLeft = upper;
            Store(ref MemoryMarshal.GetReference(last), 0, left);
            last[..(destination.Length - at)].CopyTo(destination[at..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Load(ref byte bytes, int at) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(ReadFour(ref bytes, at)).AsByte()).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint ReadFour(ref byte bytes, int at)
    {
        var four = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref bytes, at));
        return BitConverter.IsLittleEndian ? four : BinaryPrimitives.ReverseEndianness(four);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref byte bytes, int at, Vector128<short> pixel)
    {
        var four = Vector128.Narrow(pixel.AsUInt16(), pixel.AsUInt16()).AsUInt32().ToScalar();
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref bytes, at), BitConverter.IsLittleEndian ? four : BinaryPrimitives.ReverseEndianness(four));
    }

    /// <summary>A filter on pixels, a sample to a lane of 16 bits.</summary>
    private interface IPngPixel
    {
        static abstract Vector128<short> Predict(Vector128<short> left, Vector128<short> above, Vector128<short> aboveLeft);
    }

    private readonly struct SubPixel : IPngPixel
    {
        public static Vector128<short> Predict(Vector128<short> left, Vector128<short> above, Vector128<short> aboveLeft) => left;
    }

    private readonly struct AveragePixel : IPngPixel
    {
        public static Vector128<short> Predict(Vector128<short> left, Vector128<short> above, Vector128<short> aboveLeft) => (left + above) >> 1;
    }

    private readonly struct PaethPixel : IPngPixel
    {
        public static Vector128<short> Predict(Vector128<short> left, Vector128<short> above, Vector128<short> aboveLeft)
        {
            var (alongAbove, alongLeft) = (above - aboveLeft, left - aboveLeft);
            var (toLeft, toAbove, toAboveLeft) = (Vector128.Abs(alongAbove), Vector128.Abs(alongLeft), Vector128.Abs(alongAbove + alongLeft));
            var least = Vector128.Min(toAboveLeft, Vector128.Min(toLeft, toAbove));
            var nearer = Vector128.ConditionalSelect(Vector128.Equals(least, toAbove), above, aboveLeft);
            return Vector128.ConditionalSelect(Vector128.Equals(least, toLeft), left, nearer);
        }
    }
}
