namespace ActorImaging.Actors;

/// <summary>Why a batch was not taken.</summary>
public enum RefusalCause
{
    /// <summary>There is as much to do as may wait: later there may be room.</summary>
    Busy,

    /// <summary>The system is stopping.</summary>
    Stopping,

    /// <summary>Too many processors are in native calls that do not return.</summary>
    Impaired,

    /// <summary>There is a batch of that name already.</summary>
    Duplicate,
}
