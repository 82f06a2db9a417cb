namespace ActorImaging.Imaging.Magick;

/// <summary>ImageMagick could be made to do what it must not: nothing is started.</summary>
/// <param name="message">What it could be made to do, and what to do about it.</param>
/// <param name="innerException">What led to it.</param>
internal sealed class UnsafeMagickException(string message, Exception? innerException = null) : InvalidOperationException(message, innerException);
