using System.Collections.Concurrent;
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
/// readable bytes after the length that was asked for, so that a vector may be loaded across the end. Whether somebody writes there is seen with
/// <see cref="IsGuarded"/>. Thread-safe.
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

    /// <summary>The lengths of the blocks that are taken and guarded.</summary>
    private static readonly ConcurrentDictionary<nint, long> Guarded = [];
    private static long _keptBytes;
    private static long _takenBytes;
    private static bool _wasGuarded;

    /// <summary>The most bytes that are kept unused: 192 MiB, or an eighth of the memory that the process may use.</summary>
    internal static long KeptBytesLimit { get; } = Math.Min(MostKeptBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryShare);

    /// <summary>
    /// Whether what is handed out from now on has a <see cref="WriteGuard"/> behind it, directly behind the length that was asked for: for runs that look for faults.
    /// </summary>
    internal static bool IsGuarded
    {
        get;
        set
        {
            _wasGuarded |= value;
            field = value;
        }
    }

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
                    return GuardIfWanted((byte*)RemoveAt(index), lengthBytes);
                }
            }
        }

        var memory = Allocate(sizeBytes);
        Interlocked.Add(ref _takenBytes, sizeBytes);
        return GuardIfWanted(memory, lengthBytes);
    }

    /// <summary>Takes back a block that <see cref="Take"/> handed out for the same <paramref name="lengthBytes"/>.</summary>
    /// <exception cref="InvalidOperationException">Something was written behind it, or it is of another length; it is taken back all the same.</exception>
    internal static void GiveBack(byte* block, long lengthBytes)
    {
        var sizeBytes = BlockBytes(lengthBytes);
        var isWhole = !_wasGuarded || IsWhole(block, lengthBytes);
        Interlocked.Add(ref _takenBytes, -sizeBytes);
        if (sizeBytes < PooledFromBytes || !TryKeep(block, sizeBytes))
        {
            NativeMemory.AlignedFree(block);
        }

        if (!isWhole)
        {
            WriteGuard.Fail($"behind a block of {lengthBytes} bytes, or it had another length");
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

    private static byte* GuardIfWanted(byte* block, long lengthBytes)
    {
        if (IsGuarded)
        {
            Guarded[(nint)block] = lengthBytes;
            WriteGuard.Set(block + lengthBytes, SlackBytes);
        }

        return block;
    }

    private static bool IsWhole(byte* block, long lengthBytes) =>
        !Guarded.TryRemove((nint)block, out var guardedBytes) || (guardedBytes == lengthBytes && WriteGuard.IsWhole(block + lengthBytes, SlackBytes));

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
