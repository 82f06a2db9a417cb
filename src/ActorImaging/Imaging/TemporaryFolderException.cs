namespace ActorImaging.Imaging;

/// <summary>The folder for temporary files can't be written to.</summary>
/// <param name="message">Which it is, and what to do.</param>
/// <param name="innerException">What the system said.</param>
internal sealed class TemporaryFolderException(string message, Exception? innerException = null) : InvalidOperationException(message, innerException);
