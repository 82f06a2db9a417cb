using ActorImaging.Imaging;

namespace ActorImaging.Actors;

/// <summary>
/// The memory that decoded sources and the tasks in flight take by estimate, over all batches of a supervisor. A limit that holds back and never
/// forbids: what is too large for it has the processors to itself. Not thread-safe.
/// </summary>
/// <param name="limitBytes">The limit.</param>
/// <param name="sources">The sources that are leased.</param>
internal sealed class MemoryBudget(long limitBytes, SourceLeases sources)
{
    private long _workingBytes;

    /// <summary>Bytes taken.</summary>
    public long TakenBytes => sources.Bytes + _workingBytes;

    /// <summary>Tasks in flight.</summary>
    public int TasksInFlight { get; private set; }

    /// <summary>Whether a task that takes so many bytes more may be begun now.</summary>
    public bool HasRoomFor(long bytes) => TasksInFlight == 0 || TakenBytes + bytes <= limitBytes;

    /// <summary>A task is begun.</summary>
    public void TakeTask(long bytes)
    {
        _workingBytes += bytes;
        TasksInFlight++;
    }

    /// <summary>A task is in flight no more.</summary>
    public void GiveTask(long bytes)
    {
        _workingBytes -= bytes;
        TasksInFlight--;
    }
}
