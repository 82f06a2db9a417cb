namespace ActorImaging.Imaging;

/// <summary>The bytes of a source are no image of the format that they begin as; nothing of it can be used.</summary>
/// <param name="message">What was wrong, with the numbers.</param>
/// <param name="innerException">What led to it.</param>
internal sealed class CorruptSourceException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What a file says goes on behind its end.</summary>
    public static CorruptSourceException EndsEarly(long wanted, long length) =>
        new(FormattableString.Invariant($"is cut off: it has {length:N0} bytes, but says that there are {wanted:N0} and more"));
}
