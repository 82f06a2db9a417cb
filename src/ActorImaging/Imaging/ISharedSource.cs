namespace ActorImaging.Imaging;

/// <summary>A decoded source that several tasks work on at once: its pixels are only read. Thread-safe.</summary>
internal interface ISharedSource : IDisposable
{
    /// <summary>An image for one task, which begins with the source's pixels.</summary>
    /// <returns>An image of the caller's own, who disposes it; it may outlive the source.</returns>
    IEngineImage Open();
}
