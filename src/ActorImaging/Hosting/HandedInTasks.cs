using System.Collections.Immutable;
using ActorImaging.Tasks;

namespace ActorImaging.Hosting;

/// <summary>The tasks that a client has handed in and not heard the end of: its side of the account. Not thread-safe.</summary>
internal sealed class HandedInTasks
{
    private readonly Dictionary<TaskId, (long Number, ImageTask Task)> _open = [];

    /// <summary>Tasks that were ever handed in.</summary>
    public long Count { get; private set; }

    /// <summary>Enters tasks. A second one of an id is refused by the supervisor, and not expected here.</summary>
    public void Add(ImmutableArray<ImageTask> tasks)
    {
        foreach (var task in tasks)
        {
            _open.TryAdd(task.Id, (Count++, task));
        }
    }

    /// <summary>A task has ended.</summary>
    /// <returns>Whether that is news.</returns>
    public bool TryEnd(ImageTaskResult result) => result.Failure?.Kind == FailureKind.DuplicateId || _open.Remove(result.Task.Id);

    /// <summary>Takes out what the supervisor lacks.</summary>
    /// <param name="first">The first that is lacking, counted from 0.</param>
    /// <param name="count">How many.</param>
    public IReadOnlyList<ImageTask> TakeLost(long first, long count) => Take(number => number >= first && number < first + count);

    /// <summary>Takes out what is among the first so many.</summary>
    public IReadOnlyList<ImageTask> TakeBefore(long end) => _open.Count == 0 ? [] : Take(number => number < end);

    /// <summary>Takes out what was handed in after so many others.</summary>
    public IReadOnlyList<ImageTask> TakeFrom(long first) => first >= Count ? [] : Take(number => number >= first);

    /// <summary>Takes out everything that was not heard of.</summary>
    public IReadOnlyList<ImageTask> TakeAll() => _open.Count == 0 ? [] : Take(_ => true);

    private List<ImageTask> Take(Func<long, bool> isTaken)
    {
        var taken = _open.Values.Where(open => isTaken(open.Number)).OrderBy(open => open.Number).Select(open => open.Task).ToList();
        taken.ForEach(task => _open.Remove(task.Id));
        return taken;
    }
}
