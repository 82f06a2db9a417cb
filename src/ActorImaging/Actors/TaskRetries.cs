using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ActorImaging.Tasks;

namespace ActorImaging.Actors;

/// <summary>
/// Tasks that wait to be tried again: for a while that grows with each attempt, so that what is wrong can pass, and not quite as long as the next,
/// so that they don't come back all at once; or until they can be alone, after memory ran out beside others. Not thread-safe.
/// </summary>
/// <param name="delay">How long a task waits after its first attempt.</param>
internal sealed class TaskRetries(TimeSpan delay)
{
    private const int MostDoublings = 10;
    private const int JitterPercent = 25;

    private readonly PriorityQueue<Retry, TimeSpan> _delayed = new();
    private readonly Queue<Retry> _alone = new();

    /// <summary>Whether any task waits.</summary>
    public bool AreAny => _delayed.Count + _alone.Count > 0;

    /// <summary>Lets a task wait for a while.</summary>
    /// <param name="retry">The task.</param>
    /// <param name="attempts">How often it was begun.</param>
    /// <param name="now">The time.</param>
    public void AddDelayed(Retry retry, int attempts, TimeSpan now)
    {
        var jitter = RandomNumberGenerator.GetInt32(100 - JitterPercent, 100 + JitterPercent + 1) / 100.0;
        _delayed.Enqueue(retry, now + (delay * Math.Pow(2, Math.Min(attempts - 1, MostDoublings)) * jitter));
    }

    /// <summary>Lets a task wait until it can be alone.</summary>
    public void AddAlone(Retry retry) => _alone.Enqueue(retry);

    /// <summary>Takes a task out whose time has come. One whose batch was cancelled meanwhile has ended.</summary>
    public bool TryTakeDue(TimeSpan now, [NotNullWhen(true)] out Retry? retry)
    {
        while (_delayed.TryPeek(out retry, out var due) && due <= now)
        {
            _delayed.Dequeue();
            if (retry.IsWaiting)
            {
                return true;
            }
        }

        retry = null;
        return false;
    }

    /// <summary>Looks for a task that wants to be alone.</summary>
    public bool TryPeekAlone([NotNullWhen(true)] out Retry? retry)
    {
        while (_alone.TryPeek(out retry))
        {
            if (retry.IsWaiting)
            {
                return true;
            }

            _alone.Dequeue();
        }

        return false;
    }

    /// <summary>Takes the task out that was found.</summary>
    public void TakeAlone() => _alone.Dequeue();
}

/// <summary>A task that is to be tried again.</summary>
internal sealed record Retry(OpenBatch Batch, ImageTask Task)
{
    /// <summary>Whether it still is: batches are cancelled meanwhile.</summary>
    public bool IsWaiting => Batch.Ledger.IsWaiting(Task.Id);
}
