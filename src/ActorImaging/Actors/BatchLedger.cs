using ActorImaging.Tasks;

namespace ActorImaging.Actors;

/// <summary>
/// Accounts for the tasks of one batch: each is entered once, ends once, and whoever answers for an assignment that is not the task's
/// last one is not heard. Not thread-safe.
/// </summary>
internal sealed class BatchLedger(BatchId batch)
{
    private readonly Dictionary<TaskId, OpenTask> _open = [];
    private readonly long[] _ended = new long[Enum.GetValues<TaskState>().Length];
    private long _submitted;

    /// <summary>Tasks that have not ended.</summary>
    public int OpenCount => _open.Count;

    /// <summary>The tasks that have not ended.</summary>
    public IReadOnlyCollection<ImageTask> OpenTasks => [.. _open.Values.Select(open => open.Task)];

    /// <summary>Enters a task.</summary>
    /// <returns>Null; or how the task ended at once, when another of its id is open.</returns>
    public ImageTaskResult? Submit(ImageTask task)
    {
        _submitted++;
        if (_open.TryAdd(task.Id, new OpenTask(task)))
        {
            return null;
        }

        _ended[(int)TaskState.Failed]++;
        var failure = new TaskFailure(FailureKind.DuplicateId, $"another open task of the batch has the id {task.Id}");
        return new ImageTaskResult(task, TaskState.Failed, Attempts: 0, Failure: failure);
    }

    /// <summary>Notes that a task was given away under this assignment; earlier assignments of it are void.</summary>
    public void Assign(TaskId task, long assignment)
    {
        var open = _open[task];
        open.Assignment = assignment;
        open.Attempts++;
    }

    /// <summary>Notes that an assignment came to nothing: it is void from here on, whoever still answers to it.</summary>
    public void Void(TaskId task) => _open[task].Assignment = OpenTask.Unassigned;

    /// <summary>Notes that an assignment never reached a processor: it is void, and was no attempt.</summary>
    public void Return(TaskId task)
    {
        Void(task);
        _open[task].Attempts--;
    }

    /// <summary>Whether this assignment is the one its task was last given away under.</summary>
    public bool IsCurrent(ProcessTask assigned) =>
        _open.TryGetValue(assigned.Task.Id, out var open) && open.Assignment == assigned.Assignment;

    /// <summary>How often an open task was given away.</summary>
    public int AttemptsOf(TaskId task) => _open[task].Attempts;

    /// <summary>Ends an open task that was not done.</summary>
    public ImageTaskResult End(TaskId task, TaskState state, TaskFailure? failure = null)
    {
        _open.Remove(task, out var open);
        _ended[(int)state]++;
        return new ImageTaskResult(open!.Task, state, open.Attempts, Failure: failure);
    }

    /// <summary>Ends an open task that a processor has done with.</summary>
    public ImageTaskResult End(TaskId task, TaskOutcome outcome) =>
        End(task, outcome.State) with { Statistics = outcome.Statistics, Warnings = outcome.Warnings, Content = outcome.Content };

    /// <summary>The account of the batch.</summary>
    /// <exception cref="InvalidOperationException">A task is open, or one was lost: a defect in the supervisor.</exception>
    public BatchSummary Close(TimeSpan elapsed)
    {
        var summary = new BatchSummary(
            batch,
            _submitted,
            Succeeded: _ended[(int)TaskState.Succeeded],
            Failed: _ended[(int)TaskState.Failed],
            Cancelled: _ended[(int)TaskState.Cancelled],
            TimedOut: _ended[(int)TaskState.TimedOut],
            Skipped: _ended[(int)TaskState.Skipped],
            elapsed);
        return summary.IsAccountedFor ? summary : throw new InvalidOperationException($"tasks are not accounted for: {summary}");
    }

    private sealed class OpenTask(ImageTask task)
    {
        public const long Unassigned = 0;

        public ImageTask Task { get; } = task;

        public long Assignment { get; set; } = Unassigned;

        public int Attempts { get; set; }
    }
}
