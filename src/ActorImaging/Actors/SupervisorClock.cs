namespace ActorImaging.Actors;

/// <summary>The time since a supervisor was made.</summary>
/// <param name="time">The clock.</param>
internal sealed class SupervisorClock(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>Now.</summary>
    public TimeSpan Now => time.GetElapsedTime(_started);
}
