using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace ActorImaging.Imaging;

/// <summary>
/// The right to go on with one attempt at a task. It counts the attempt's time; who waits for the task can withdraw it, and from then on no
/// output goes under its final name; it is used up when one does. Thread-safe.
/// </summary>
/// <remarks>Native code can't be interrupted: what is over its time or withdrawn ends at the next step, and nobody waits for that.</remarks>
/// <param name="time">The clock.</param>
/// <param name="timeout">How long the attempt may take from its start, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "a source without timer and wait handle holds nothing")]
internal sealed class TaskPermit(TimeProvider time, TimeSpan timeout)
{
    private const int Given = 0;
    private const int Withdrawn = 1;
    private const int UsedUp = 2;

    private CancellationTokenSource? _withdrawn; // made for whoever asks: few do
    private long _issued = time.GetTimestamp();
    private long _waitingSince;
    private int _state = Given;

    /// <summary>Is cancelled when the permit is withdrawn.</summary>
    public CancellationToken Token
    {
        get
        {
            var source = _withdrawn ?? Interlocked.CompareExchange(ref _withdrawn, new CancellationTokenSource(), null) ?? _withdrawn;
            if (IsWithdrawn)
            {
                source.Cancel();
            }

            return source.Token;
        }
    }

    /// <summary>Time since the start, less what was spent waiting for another task.</summary>
    public TimeSpan Elapsed => Volatile.Read(ref _waitingSince) is var since and not 0
        ? time.GetElapsedTime(Volatile.Read(ref _issued), since)
        : time.GetElapsedTime(Volatile.Read(ref _issued));

    /// <summary>Whether it has been withdrawn.</summary>
    public bool IsWithdrawn => Volatile.Read(ref _state) == Withdrawn;

    /// <summary>By how much the time is over; zero or less while it is not, and null where it never is.</summary>
    public TimeSpan? Overdue => timeout == Timeout.InfiniteTimeSpan ? null : Elapsed - timeout;

    /// <summary>Starts the clock.</summary>
    public void Start() => Volatile.Write(ref _issued, time.GetTimestamp());

    /// <summary>Stops the clock while this task waits for another one, whose own clock runs.</summary>
    public void Pause() => Volatile.Write(ref _waitingSince, time.GetTimestamp());

    /// <summary>Has the clock go on where it was stopped.</summary>
    public void Resume()
    {
        Volatile.Write(ref _issued, Volatile.Read(ref _issued) + time.GetTimestamp() - Volatile.Read(ref _waitingSince));
        Volatile.Write(ref _waitingSince, 0);
    }

    /// <summary>Ends the attempt when its time is over or it was withdrawn.</summary>
    /// <param name="before">The step that is not begun any more.</param>
    /// <exception cref="ImageTaskTimeoutException">The time is over.</exception>
    /// <exception cref="TaskWithdrawnException">Nobody waits for it any more.</exception>
    public void ThrowIfOver(string before)
    {
        if (IsWithdrawn)
        {
            throw new TaskWithdrawnException($"was withdrawn before '{before}'");
        }

        if (Overdue > TimeSpan.Zero)
        {
            throw new ImageTaskTimeoutException(
                FormattableString.Invariant($"took {Elapsed.TotalSeconds:F1} s before '{before}', over the time-out of {timeout.TotalSeconds:F1} s (actor-imaging.task-timeout)"));
        }
    }

    /// <summary>Uses it up, right before the output goes under its final name.</summary>
    /// <exception cref="TaskWithdrawnException">It was withdrawn: the output must not go there.</exception>
    public void UseUp()
    {
        if (Interlocked.CompareExchange(ref _state, UsedUp, Given) == Withdrawn)
        {
            throw new TaskWithdrawnException("was withdrawn before its output was put in place");
        }
    }

    /// <summary>Withdraws it, and wakes the task if it waits for another.</summary>
    /// <returns>Whether no output will go under its final name from here on: not when one is just being put there.</returns>
    public bool TryWithdraw()
    {
        var before = Interlocked.CompareExchange(ref _state, Withdrawn, Given);
        Debug.Assert(before is Given or Withdrawn or UsedUp, "there are no other states");
        if (before == Given)
        {
            Volatile.Read(ref _withdrawn)?.Cancel();
        }

        return before != UsedUp;
    }
}
