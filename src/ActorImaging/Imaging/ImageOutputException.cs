namespace ActorImaging.Imaging;

/// <summary>An output file can't be written; the message names it.</summary>
/// <param name="message">What was wrong, with the numbers.</param>
/// <param name="innerException">What led to it.</param>
internal sealed class ImageOutputException(string message, Exception? innerException = null) : IOException(message, innerException);
