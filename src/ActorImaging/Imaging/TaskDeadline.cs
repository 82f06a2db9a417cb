namespace ActorImaging.Imaging;

/// <summary>The time-out of one task, counted from the moment this is made.</summary>
internal readonly struct TaskDeadline(TimeProvider time, TimeSpan timeout)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Ends the task when its time is over.</summary>
    /// <param name="before">The step that is not begun any more.</param>
    /// <exception cref="ImageTaskTimeoutException">The time is over.</exception>
    public void ThrowIfPassed(string before)
    {
        if (timeout != Timeout.InfiniteTimeSpan && Elapsed > timeout)
        {
            throw new ImageTaskTimeoutException(
                FormattableString.Invariant($"took {Elapsed.TotalSeconds:F1} s before '{before}', over the time-out of {timeout.TotalSeconds:F1} s (actor-imaging.task-timeout)"));
        }
    }
}
