using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Png;

/// <summary>Writes images as PNG (PNG specification, third edition; RFC 1950 and 1951), 8 bits a channel, not interlaced.</summary>
/// <remarks>
/// Synchronous, on the calling thread, without state of its own: any number of threads may write different images. It holds some 2 MiB of
/// rows or two rows, whichever is more, and 1 MiB beside; never the whole image. The same pixels, metadata and preset give the same bytes
/// on one machine and runtime; what never changes from run to run is also all that is written.
/// </remarks>
internal static class PngWriter
{
    private const int WindowBytes = 2 * 1024 * 1024;

    /// <summary>Writes an image.</summary>
    /// <param name="rows">The image; every row is read once, or twice and more where it can be.</param>
    /// <param name="metadata">What is said about the pixels.</param>
    /// <param name="preset">Time for size.</param>
    /// <param name="output">Receives the PNG; it is neither flushed nor closed.</param>
    /// <param name="cancellation">Looked at every 2 MiB of pixels.</param>
    /// <exception cref="OperationCanceledException">Cancelled: what was written so far is no PNG.</exception>
    /// <exception cref="IOException">From <paramref name="output"/>.</exception>
    public static void Write(PngRows rows, ImageMetadata metadata, PngPreset preset, Stream output, CancellationToken cancellation = default)
    {
        var smallest = rows;
        var least = long.MaxValue;
        var candidates = PngReduction.CandidatesFor(rows, metadata);
        foreach (var candidate in candidates)
        {
            var bytes = candidates.Count == 1 ? 0 : CountBytes(candidate, metadata, preset, cancellation);
            smallest = bytes < least ? candidate : smallest;
            least = Math.Min(bytes, least);
        }
        WriteRows(smallest, metadata, preset, output, cancellation);
    }

    private static long CountBytes(PngRows rows, ImageMetadata metadata, PngPreset preset, CancellationToken cancellation)
    {
        using var counter = new CountingStream();
        WriteRows(rows, metadata, preset, counter, cancellation);
        return counter.CountBytes;
    }

    private static void WriteRows(PngRows rows, ImageMetadata metadata, PngPreset preset, Stream output, CancellationToken cancellation)
    {
        var chunks = new PngChunks(output);
        PngHeader.Write(chunks, rows, metadata);
        WriteImageData(chunks, rows, preset, nextSequence: null, cancellation);
        chunks.Write("IEND"u8, []);
    }

    /// <summary>Writes the chunks of an image's pixels.</summary>
    /// <param name="chunks">Receives them.</param>
    /// <param name="rows">The image.</param>
    /// <param name="preset">Time for size.</param>
    /// <param name="nextSequence">Numbers the chunks of a frame of an animation; null for those of the image itself.</param>
    /// <param name="cancellation">Looked at every 2 MiB of pixels.</param>
    internal static void WriteImageData(PngChunks chunks, PngRows rows, PngPreset preset, Func<int>? nextSequence, CancellationToken cancellation)
    {
        using var data = new ImageDataStream(chunks, nextSequence);
        using var compressor = new ImageDataCompressor(data);
        using var window = new RowWindow(rows, WindowBytes);
        using var band = new FilteredBand(window);
        var planner = new CodingPlanner(preset, window, band);
        while (window.MoveDown())
        {
            cancellation.ThrowIfCancellationRequested();
            band.Code(0, window.Count, planner.Choose(), compressor);
        }
        compressor.Finish();
        data.Finish();
    }
}
