using System.IO.Compression;

namespace ActorImaging.Imaging;

/// <summary>What decompressors say of damaged streams.</summary>
internal static class Decompression
{
    /// <summary>
    /// Whether a stream is damaged, and not what it is read from: zlib's opinion of a dictionary that nobody has comes as a failure of input and output,
    /// of a type that is not public; Brotli's comes as an operation that is invalid.
    /// </summary>
    public static bool IsDamage(Exception fault) =>
        fault is InvalidDataException or InvalidOperationException || (fault is IOException && fault.GetType().Assembly == typeof(ZLibStream).Assembly);
}
