namespace ActorImaging.Imaging;

/// <summary>A source or a result is larger than a limit allows.</summary>
/// <param name="message">What was wrong, with the numbers.</param>
/// <param name="innerException">What led to it.</param>
internal sealed class ImageLimitException(string message, Exception? innerException = null) : Exception(message, innerException);
