namespace ActorImaging.Imaging;

/// <summary>An attempt at a task was given up by whoever waited for it: nobody hears how it ends.</summary>
/// <param name="message">Where that was noticed.</param>
internal sealed class TaskWithdrawnException(string message) : Exception(message);
