namespace ActorImaging.Imaging;

/// <summary>An image task ran past its time-out.</summary>
/// <param name="message">What was wrong, with the numbers.</param>
/// <param name="innerException">What led to it.</param>
internal sealed class ImageTaskTimeoutException(string message, Exception? innerException = null) : TimeoutException(message, innerException);
