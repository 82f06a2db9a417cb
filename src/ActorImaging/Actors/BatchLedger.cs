using System.Diagnostics.CodeAnalysis;
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
    public IReadOnlyCollection<TaskId> Open => [.. _open.Keys];

    /// <summary>The tasks that wait: for a processor, or to be tried again.</summary>
    public IReadOnlyCollection<TaskId> Waiting => [.. _open.Where(open => open.Value.Assignment == OpenTask.None).Select(open => open.Key)];

    /// <summary>Enters a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="refused">How it ended at once, when another of its id is open.</param>
    public bool TrySubmit(ImageTask task, [NotNullWhen(false)] out ImageTaskResult? refused)
    {
        _submitted++;
        if (_open.TryAdd(task.Id, new OpenTask(task)))
        {
            refused = null;
            return true;
        }

        _ended[(int)TaskState.Failed]++;
        var failure = new TaskFailure(FailureKind.DuplicateId, $"another open task of the batch has the id {task.Id}");
        refused = new ImageTaskResult(task, TaskState.Failed, Attempts: 0, Failure: failure);
        return false;
    }

    /// <summary>A task is given away under this assignment.</summary>
    public void Assign(TaskId task, long assignment) => _open[task].Assignment = assignment;

    /// <summary>A task that was given away is begun: that is an attempt.</summary>
    /// <returns>Whether that is news: the message may come twice.</returns>
    public bool TryBegin(TaskId task)
    {
        var open = _open[task];
        if (open.Begun == open.Assignment)
        {
            return false;
        }

        open.Begun = open.Assignment;
        open.Attempts++;
        return true;
    }

    /// <summary>An assignment came to nothing: whoever still answers to it is not heard, and the task waits.</summary>
    public void Withdraw(TaskId task) => _open[task].Assignment = OpenTask.None;

    /// <summary>Whether a task has not ended, and is not given away.</summary>
    public bool IsWaiting(TaskId task) => _open.TryGetValue(task, out var open) && open.Assignment == OpenTask.None;

    /// <summary>Whether this assignment is the one that its task is given away under.</summary>
    public bool IsCurrent(ProcessTask assigned) =>
        _open.TryGetValue(assigned.Task.Id, out var open) && open.Assignment == assigned.Assignment;

    /// <summary>How often an open task was begun.</summary>
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
        public const long None = 0;

        public ImageTask Task { get; } = task;

        public long Assignment { get; set; } = None;

        public long Begun { get; set; } = None;

        public int Attempts { get; set; }
    }
}
