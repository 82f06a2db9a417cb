namespace ActorImaging.Imaging;

/// <summary>A source, or the format of an output, is of a kind that is not handled.</summary>
/// <param name="message">What was wrong, with the numbers.</param>
/// <param name="innerException">What led to it.</param>
internal sealed class UnsupportedImageException(string message, Exception? innerException = null) : Exception(message, innerException);
