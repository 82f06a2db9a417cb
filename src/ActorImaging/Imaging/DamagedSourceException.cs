namespace ActorImaging.Imaging;

/// <summary>A source can be decoded in part only.</summary>
/// <param name="message">What was wrong, with the numbers.</param>
/// <param name="innerException">What led to it.</param>
internal sealed class DamagedSourceException(string message, Exception? innerException = null) : Exception(message, innerException);
