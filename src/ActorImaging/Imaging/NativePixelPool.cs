using System.Runtime.InteropServices;

namespace ActorImaging.Imaging;

/// <summary>
/// Native memory for pixels, kept for reuse: fresh pages from the system cost 15 ms for 36 MB, as much as a kernel does.
/// </summary>
/// <remarks>
/// Blocks of 1 MiB and more are handed out in whole MiB and kept when given back, until <see cref="KeptBytesLimit"/> is reached; smaller
/// ones go through to the C allocator, which reuses those itself. Every block is aligned to 64 bytes and has <see cref="SlackBytes"/>
/// readable bytes after the length that was asked for, so that a vector may be loaded across the end. Thread-safe.
/// </remarks>
internal static unsafe class NativePixelPool
{
    /// <summary>Bytes after the end of a block that may be read, never written; their content is arbitrary.</summary>
    internal const int SlackBytes = 64;

    /// <summary>The most bytes that are kept unused; what comes back beyond them is freed.</summary>
    internal const long KeptBytesLimit = 512L << 20;

    private const long PooledFromBytes = 1L << 20;
    private const nuint AlignmentBytes = 64;

    private static readonly Lock Guard = new();
    private static readonly Dictionary<long, Stack<nint>> Kept = [];
    private static long _keptBytes;
    private static long _takenBytes;

    /// <summary>Bytes that are taken and not given back; zero when nothing leaks.</summary>
    internal static long TakenBytes => Interlocked.Read(ref _takenBytes);

    /// <summary>Bytes kept for reuse at this moment.</summary>
    internal static long KeptBytes => Volatile.Read(ref _keptBytes);

    /// <summary>Takes a block of at least <paramref name="lengthBytes"/> with arbitrary content.</summary>
    /// <exception cref="OutOfMemoryException">The system has no memory left.</exception>
    internal static byte* Take(long lengthBytes)
    {
        var sizeBytes = BlockBytes(lengthBytes);
        if (sizeBytes >= PooledFromBytes)
        {
            lock (Guard)
            {
                if (Kept.TryGetValue(sizeBytes, out var blocks) && blocks.TryPop(out var block))
                {
                    _keptBytes -= sizeBytes;
                    Interlocked.Add(ref _takenBytes, sizeBytes);
                    return (byte*)block;
                }
            }
        }

        var memory = (byte*)NativeMemory.AlignedAlloc((nuint)sizeBytes, AlignmentBytes);
        Interlocked.Add(ref _takenBytes, sizeBytes);
        return memory;
    }

    /// <summary>Takes back a block that <see cref="Take"/> handed out for the same <paramref name="lengthBytes"/>.</summary>
    internal static void GiveBack(byte* block, long lengthBytes)
    {
        var sizeBytes = BlockBytes(lengthBytes);
        Interlocked.Add(ref _takenBytes, -sizeBytes);
        if (sizeBytes < PooledFromBytes || !TryKeep(block, sizeBytes))
        {
            NativeMemory.AlignedFree(block);
        }
    }

    /// <summary>Frees everything that is kept.</summary>
    internal static void Trim()
    {
        lock (Guard)
        {
            foreach (var block in Kept.Values.SelectMany(blocks => blocks))
            {
                NativeMemory.AlignedFree((void*)block);
            }

            Kept.Clear();
            _keptBytes = 0;
        }
    }

    private static bool TryKeep(byte* block, long sizeBytes)
    {
        lock (Guard)
        {
            if (_keptBytes + sizeBytes > KeptBytesLimit)
            {
                return false;
            }

            if (!Kept.TryGetValue(sizeBytes, out var blocks))
            {
                Kept.Add(sizeBytes, blocks = new Stack<nint>());
            }

            blocks.Push((nint)block);
            _keptBytes += sizeBytes;
            return true;
        }
    }

    private static long BlockBytes(long lengthBytes)
    {
        var needed = lengthBytes + SlackBytes;
        return needed < PooledFromBytes ? needed : (needed + PooledFromBytes - 1) / PooledFromBytes * PooledFromBytes;
    }
}
