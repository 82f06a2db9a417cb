using System.Numerics;
using System.Runtime.InteropServices;

namespace ActorImaging.Imaging;

/// <summary>
/// Native memory for pixels, kept for reuse: fresh pages from the system cost 15 ms for 36 MB, as much as a kernel does.
/// </summary>
/// <remarks>
/// Blocks of 1 MiB and more are handed out in whole MiB, large ones in quarters of a power of two, so that pictures of nearly one size share them; what is
/// not touched of a block takes no memory. They are kept when given back, no more than <see cref="KeptBytesLimit"/> of them: the ones
/// that came back longest ago make room. Smaller ones go through to the C allocator, which reuses those itself. Every block is aligned to 64 bytes and has <see cref="SlackBytes"/>
/// readable bytes after the length that was asked for, so that a vector may be loaded across the end. Thread-safe.
/// </remarks>
internal static unsafe class NativePixelPool
{
    /// <summary>Bytes after the end of a block that may be read, never written; their content is arbitrary.</summary>
    internal const int SlackBytes = 64;

    private const long MostKeptBytes = 192L << 20;
    private const int MemoryShare = 8;

    private const long PooledFromBytes = 1L << 20;

    /// <summary>Sizes of blocks between a power of two and the next, as a power of two.</summary>
    private const int StepBits = 2;

    private const nuint AlignmentBytes = 64;

    private static readonly Lock Guard = new();

    /// <summary>What is kept, what came back first at the front. A few dozen blocks, looked through from the end.</summary>
    private static readonly List<(nint Block, long SizeBytes)> Kept = [];
    private static long _keptBytes;
    private static long _takenBytes;

    /// <summary>The most bytes that are kept unused: 192 MiB, or an eighth of the memory that the process may use.</summary>
    internal static long KeptBytesLimit { get; } = Math.Min(MostKeptBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryShare);

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
                if (Kept.FindLastIndex(kept => kept.SizeBytes == sizeBytes) is var index and >= 0)
                {
                    Interlocked.Add(ref _takenBytes, sizeBytes);
                    return (byte*)RemoveAt(index);
                }
            }
        }

        var memory = Allocate(sizeBytes);
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
            MakeRoom(keptBytes: 0);
        }
    }

    private static byte* Allocate(long sizeBytes)
    {
        try
        {
            return (byte*)NativeMemory.AlignedAlloc((nuint)sizeBytes, AlignmentBytes);
        }
        catch (OutOfMemoryException)
        {
            Trim(); // it may be what is missing
            return (byte*)NativeMemory.AlignedAlloc((nuint)sizeBytes, AlignmentBytes);
        }
    }

    private static bool TryKeep(byte* block, long sizeBytes)
    {
        lock (Guard)
        {
            if (sizeBytes > KeptBytesLimit)
            {
                return false;
            }

            MakeRoom(KeptBytesLimit - sizeBytes);
            Kept.Add(((nint)block, sizeBytes));
            _keptBytes += sizeBytes;
            return true;
        }
    }

    /// <summary>Frees blocks, the oldest first, until no more than so many bytes are kept.</summary>
    private static void MakeRoom(long keptBytes)
    {
        while (_keptBytes > keptBytes)
        {
            NativeMemory.AlignedFree((void*)RemoveAt(0));
        }
    }

    private static nint RemoveAt(int index)
    {
        var (block, sizeBytes) = Kept[index];
        Kept.RemoveAt(index);
        _keptBytes -= sizeBytes;
        return block;
    }

    private static long BlockBytes(long lengthBytes)
    {
        var needed = lengthBytes + SlackBytes;
        if (needed < PooledFromBytes)
        {
            return needed;
        }

        var step = Math.Max(PooledFromBytes, 1L << (BitOperations.Log2((ulong)needed) - StepBits));
        return (needed + step - 1) / step * step;
    }
}
