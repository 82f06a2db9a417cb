using ActorImaging.Imaging.Magick;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging;

/// <summary>Turns what an engine or the file system throws into data: a kind that decides what is done next, and one line that says why.</summary>
internal static class FailureClassifier
{
    private static readonly System.Buffers.SearchValues<char> LineEnds = System.Buffers.SearchValues.Create('\r', '\n');

    /// <summary>Classifies what ended a task.</summary>
    /// <param name="fault">What was thrown.</param>
    /// <param name="task">The task it was thrown for.</param>
    public static TaskFailure Classify(Exception fault, ImageTask task) => fault switch
    {
        ImageTaskTimeoutException => Source(FailureKind.TimedOut, task, fault.Message),
        TaskWithdrawnException => Source(FailureKind.Withdrawn, task, fault.Message),
        ImageOutputException => new TaskFailure(FailureKind.InputOutput, FirstLine(fault.Message)),
        ImageLimitException => Source(FailureKind.OverLimit, task, fault.Message),
        DamagedSourceException => Source(
            FailureKind.Corrupt, task, $"is damaged: {WithoutPlace(fault.Message)} (--on-warning keep uses what can be decoded)"),
        CorruptSourceException => Source(FailureKind.Corrupt, task, fault.Message),
        UnsupportedImageException or UnsupportedOutputException => Source(FailureKind.Unsupported, task, fault.Message),
        FileNotFoundException or DirectoryNotFoundException => Source(
            FailureKind.SourceMissing, task, task.SourcePath.Contains('\uFFFD', StringComparison.Ordinal) ? "can't be opened: its name is not in UTF-8" : "does not exist"),
        UnauthorizedAccessException when task.Content is null && Directory.Exists(task.SourcePath) =>
            Source(FailureKind.Unsupported, task, "is a folder, but an image file was expected"),
        IOException or UnauthorizedAccessException => Source(FailureKind.InputOutput, task, $"can't be read: {FirstLine(fault.Message)}"),
        MagickException when MagickMessages.IsOfLimit(fault.Message) =>
            Source(FailureKind.OverLimit, task, $"is larger than its header says, and than a limit allows: {WithoutPlace(fault.Message)}"),
        OutOfMemoryException or MagickResourceLimitErrorException or MagickCacheErrorException =>
            Source(FailureKind.OutOfMemory, task, $"needs more memory than there is: {WithoutPlace(fault.Message)}"),
        MagickException when MagickMessages.IsOfCapability(fault.Message) => Source(FailureKind.Unsupported, task, $"can't be decoded: {WithoutPlace(fault.Message)}"),
        MagickMissingDelegateErrorException or MagickPolicyErrorException or MagickOptionErrorException =>
            Source(FailureKind.Unsupported, task, $"is of a kind that can't be handled: {WithoutPlace(fault.Message)}"),
        MagickException => Source(FailureKind.Corrupt, task, $"can't be decoded: {WithoutPlace(fault.Message)}"),
        _ => Source(FailureKind.Unexpected, task, $"{fault.GetType().Name}: {FirstLine(fault.Message)}"),
    };

    /// <summary>Whether a source is at fault, so that decoding it again ends in the same way.</summary>
    internal static bool IsOfSource(Exception fault) => fault is ImageLimitException or CorruptSourceException or DamagedSourceException or UnsupportedImageException
        || (fault is MagickException && (MagickMessages.IsOfLimit(fault.Message) || !MagickMessages.IsTransient(fault)));

    private static TaskFailure Source(FailureKind kind, ImageTask task, string reason) => new(kind, $"source '{task.SourcePath}' {reason}");

    private static string WithoutPlace(string message) => MagickMessages.WithoutPlace(FirstLine(message));

    private static string FirstLine(string message)
    {
        var end = message.AsSpan().IndexOfAny(LineEnds);
        return end < 0 ? message : message[..end];
    }
}
