namespace ActorImaging.Imaging;

/// <summary>A source was written to while it was read: the same task may succeed when that is over.</summary>
/// <param name="message">What was wrong, with the numbers.</param>
/// <param name="innerException">What led to it.</param>
internal sealed class SourceChangedException(string message, Exception? innerException = null) : IOException(message, innerException);
