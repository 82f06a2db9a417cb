namespace ActorImaging.Imaging;

/// <summary>A task wants of its source what its output can't hold, or may not lose. Another task may well use the source.</summary>
/// <param name="message">What is wanted and what can be had, to follow the source's name.</param>
internal sealed class UnsupportedOutputException(string message) : Exception(message);
