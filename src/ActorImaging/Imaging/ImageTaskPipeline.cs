using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// The steps of one image task: is there something to do, header and limits, decode or share what is decoded, each operation in order, encode,
/// the output file. Thread-safe: it holds no task.
/// </summary>
/// <param name="engine">What decodes, applies and encodes.</param>
/// <param name="sources">What is decoded already.</param>
/// <param name="limits">What sources and results may be at most.</param>
/// <param name="timeout">How long one task may take from its start, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
/// <param name="time">The clock.</param>
/// <param name="beforeCommit">
/// Is shown each output when it is whole, before it goes under its final name; on the thread of its task, hence on several at once.
/// </param>
public sealed class ImageTaskPipeline(
    IImageEngine engine, DecodedSources sources, ImageLimits limits, TimeSpan timeout, TimeProvider time, Action<ImageTask, FileStream>? beforeCommit = null)
{
    private readonly OutputFolders _folders = new();

    /// <summary>Does one task; the time-out is looked at between the steps, since native code can't be interrupted.</summary>
    /// <param name="task">The task.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="ImageTaskTimeoutException">The time-out passed.</exception>
    /// <exception cref="ImageLimitException">The source or the result is too large.</exception>
    /// <exception cref="IOException">The source can't be read or the output can't be written.</exception>
    public TaskOutcome Process(ImageTask task)
    {
        var deadline = new TaskDeadline(time, timeout);
        var replacement = new OutputReplacement(task.Output.Overwrite, task.SourcePath, task.OutputPath);
        if (replacement.IsPointless())
        {
            return new TaskOutcome(TaskState.Skipped, new TaskStatistics(0, 0, deadline.Elapsed), []);
        }

        var format = FormatOf(task.OutputPath);
        using var image = sources.Open(task.ImageSource, () => Decode(task), out var hasDecoded);
        var sourcePixels = image.Size.Pixels * image.Frames;
        foreach (var operation in task.Operations)
        {
            deadline.ThrowIfPassed(before: operation.ToString());
            CheckResult(operation, image);
            image.Apply(operation);
        }

        limits.RequireOutput(image.Size, image.Frames);
        deadline.ThrowIfPassed(before: "encode");
        _folders.Clean(task.OutputPath);
        var written = OutputFile.Write(
            task.OutputPath,
            output => image.Encode(format, task.Output, output),
            replacement.MayReplace,
            partial => beforeCommit?.Invoke(task, partial));
        return new TaskOutcome(
            written is null ? TaskState.Skipped : TaskState.Succeeded,
            new TaskStatistics(sourcePixels, written ?? 0, deadline.Elapsed) { HasDecoded = hasDecoded },
            image.Warnings);
    }

    private static ImageFormat FormatOf(string outputPath) => ImageFormats.TryGetByExtension(outputPath, out var format)
        ? format.Value
        : throw new UnsupportedImageException($"output '{outputPath}': expected one of {string.Join(", ", ImageFormats.Extensions)}");

    private IEngineImage Decode(ImageTask task)
    {
        var file = SourceFile.Find(task.SourcePath);
        if (file.Exists) // a folder or nothing: decoding says so
        {
            limits.RequireSourceBytes(file.Length);
        }

        var header = engine.ReadHeader(task.SourcePath, task.Source);
        limits.RequireSource(header);
        if (header.Frames > 1 && task.Source.Frames == FramePolicy.Error)
        {
            throw new UnsupportedImageException(FormattableString.Invariant($"has {header.Frames} frames, but one was expected"));
        }

        return engine.Decode(task.SourcePath, task.Source, header);
    }

    private void CheckResult(ImageOperation operation, IEngineImage image)
    {
        if (operation is ResizeOperation resize)
        {
            limits.RequireOutput(resize.ScaledSizeOf(image.Size), image.Frames);
            limits.RequireOutput(resize.SizeOf(image.Size), image.Frames);
        }
        else if (operation is RotateOperation rotate && rotate.BoundsOf(image.Size) is var bounds && bounds.Pixels > image.Size.Pixels)
        {
            limits.RequireOutput(bounds, image.Frames);
        }
    }
}
