using System.Runtime.InteropServices;

namespace ActorImaging.Tasks;

/// <summary>
/// An encoded image that is no file: bytes, or what a stream gives. Tasks that have the same object as their source share its decoded image. Thread-safe.
/// </summary>
public sealed class SourceContent
{
    private readonly Func<Stream> _open;

    private SourceContent(Func<Stream> open, bool isAtHand) => (_open, IsAtHand) = (open, isAtHand);

    /// <summary>Whether its header may be looked at before its task is begun: what is in memory can be opened again and again.</summary>
    internal bool IsAtHand { get; }

    /// <summary>An image in memory.</summary>
    /// <param name="bytes">The bytes of the file that it would be; they must not change before its tasks have ended.</param>
    public static SourceContent Of(ReadOnlyMemory<byte> bytes) => new(() => OpenBytes(bytes), isAtHand: true);

    /// <summary>An image that comes from a stream.</summary>
    /// <param name="open">
    /// Opens the stream, from its beginning on; called on the thread of a processor, once for each time that the source is decoded: with the first
    /// task that needs it, and again when a task is tried again. The stream is disposed. One that can't seek is read into memory, no further than
    /// the limit for sources goes. What it throws ends the attempt; <see cref="IOException"/> is tried again.
    /// </param>
    public static SourceContent Of(Func<Stream> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new SourceContent(open, isAtHand: false);
    }

    /// <summary>Opens it.</summary>
    internal Stream Open() => _open();

    private static MemoryStream OpenBytes(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(bytes.ToArray(), writable: false);
}
