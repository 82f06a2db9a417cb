using ActorImaging.Imaging.Containers;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// The steps of one image task: is there something to do, header and limits, decode or share what is decoded, each operation in order, encode,
/// the output file. Thread-safe: it holds no task.
/// </summary>
/// <param name="engine">What decodes, applies and encodes.</param>
/// <param name="sources">What is decoded already.</param>
/// <param name="limits">What sources and results may be at most.</param>
/// <param name="beforeCommit">
/// Is shown each output when it is whole, before it goes under its final name; on the thread of its task, hence on several at once.
/// </param>
internal sealed class ImageTaskPipeline(
    IImageEngine engine, SourceLeases sources, ImageLimits limits, Action<ImageTask, FileStream>? beforeCommit = null)
{
    private readonly OutputFolders _folders = new();

    /// <summary>Does one task; whether it may go on is looked at between the steps, since native code can't be interrupted.</summary>
    /// <param name="task">The task.</param>
    /// <param name="permit">The right to go on with it; null for one without end.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="ImageTaskTimeoutException">The time-out passed.</exception>
    /// <exception cref="TaskWithdrawnException">Nobody waits for it any more.</exception>
    /// <exception cref="ImageLimitException">The source or the result is too large.</exception>
    /// <exception cref="IOException">The source can't be read or the output can't be written.</exception>
    public TaskOutcome Process(ImageTask task, TaskPermit? permit = null)
    {
        permit ??= new TaskPermit(TimeProvider.System, Timeout.InfiniteTimeSpan);
        if (!task.ReturnsContent && OutputReplacement.Of(task).IsPointless())
        {
            return new TaskOutcome(TaskState.Skipped, new TaskStatistics(0, 0, permit.Elapsed), []);
        }

        var format = FormatOf(task.OutputPath);
        using var image = sources.Open(task.ImageSource, permit, () => Decode(task, format), out var hasDecoded);
        OutputDepth.Require(image.BitDepth, task.Output.Depth);
        var sourcePixels = image.Sizes.Sum(size => size.Pixels);
        foreach (var operation in task.Operations)
        {
            permit.ThrowIfOver(before: operation.ToString());
            ResultSize.Require(operation, image.Sizes, limits);
            image.Apply(operation);
        }

        limits.RequireOutput(image.Sizes);
        ResultSize.RequireHeld(image.Sizes, format);
        permit.ThrowIfOver(before: "encode");
        var content = task.ReturnsContent ? EncodeToMemory(image, task, format) : default;
        var written = task.ReturnsContent ? content.Length : EncodeToFile(image, task, format, permit);
        return new TaskOutcome(
            written is null ? TaskState.Skipped : TaskState.Succeeded,
            new TaskStatistics(sourcePixels, written ?? 0, permit.Elapsed) { HasDecoded = hasDecoded, Steps = image.StepsDone },
            [.. image.Warnings, .. OutputDepth.WarningsFor(image.BitDepth, task.Output.Depth)])
        {
            Content = content,
        };
    }

    private long? EncodeToFile(IEngineImage image, ImageTask task, ImageFormat format, TaskPermit permit)
    {
        _folders.Clean(task.OutputPath);
        return OutputFile.Write(
            task.OutputPath,
            output => image.Encode(format, task.Output, output),
            OutputReplacement.Of(task),
            partial =>
            {
                permit.UseUp();
                beforeCommit?.Invoke(task, partial);
            });
    }

    private static ReadOnlyMemory<byte> EncodeToMemory(IEngineImage image, ImageTask task, ImageFormat format)
    {
        using var output = new MemoryStream();
        image.Encode(format, task.Output, output);
        return output.ToArray();
    }

    private static ImageFormat FormatOf(string outputPath) => ImageFormats.TryGetByExtension(outputPath, out var format) && ImageFormats.IsWritten(format.Value)
        ? format.Value
        : throw new UnsupportedImageException($"can't be written to '{outputPath}': expected one of {string.Join(", ", ImageFormats.Extensions)} at its end (--format names another)");

    /// <summary>Opens the source once: what its header says and what its pixels are, comes from one file, whatever happens to its name meanwhile.</summary>
    private IEngineImage Decode(ImageTask task, ImageFormat format)
    {
        using var source = SourceStream.Open(task.ImageSource, limits);
        var state = SourceFile.StateOf(source);
        IEngineImage? image = null;
        try
        {
            image = Decode(source, task, format);
            return SourceFile.StateOf(source) == state ? image : throw new SourceChangedException("was written to while it was read");
        }
        catch (Exception fault) when (fault is not SourceChangedException && SourceFile.StateOf(source) != state)
        {
            throw new SourceChangedException("was written to while it was read", fault);
        }
        catch (SourceChangedException)
        {
            image?.Dispose();
            throw;
        }
    }

    private IEngineImage Decode(Stream source, ImageTask task, ImageFormat format)
    {
        var container = ImageContainer.Open(source, task.Source.Frames, limits);
        var header = container.Header;
        limits.RequireSource(header);
        if (header.Frames > 1 && task.Source.Frames == FramePolicy.Error)
        {
            throw new UnsupportedImageException(FormattableString.Invariant($"has {header.Frames} frames{(container.MostFrames > header.Frames ? " or more" : string.Empty)}, but one was expected"));
        }

        OutputDepth.Require(header.BitDepth, task.Output.Depth);
        ResultSize.RequireHeld([ResultSize.Of(task.Operations, header)], format);
        return engine.Decode(container, task.Source);
    }
}
