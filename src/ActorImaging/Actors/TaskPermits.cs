using System.Collections.Concurrent;
using ActorImaging.Imaging;

namespace ActorImaging.Actors;

/// <summary>
/// The assignments of one supervisor that may be gone on with. Messages carry numbers only; this is where a processor of this process finds what
/// stands behind one. Issued by the supervisor alone; found and voided by anybody.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="timeout">How long an attempt at a task may take.</param>
internal sealed class TaskPermits(TimeProvider time, TimeSpan timeout)
{
    private readonly ConcurrentDictionary<long, TaskPermit> _permits = new();
    private long _issued;

    /// <summary>Issues the permit of an assignment.</summary>
    /// <returns>The number of the assignment, which no other has or had, and the permit.</returns>
    public (long Assignment, TaskPermit Permit) Issue()
    {
        var permit = new TaskPermit(time, timeout);
        _permits[++_issued] = permit;
        return (_issued, permit);
    }

    /// <summary>The permit of an assignment; null once it is void.</summary>
    public TaskPermit? Find(long assignment) => _permits.GetValueOrDefault(assignment);

    /// <summary>An assignment is answered, or nobody waits for it any more: whoever has not begun it will not.</summary>
    public void Remove(long assignment) => _permits.TryRemove(assignment, out _);
}
