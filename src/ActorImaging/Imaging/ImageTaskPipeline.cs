using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>The steps of one image task: decode, each operation in order, encode, the output file. Thread-safe: it holds no task.</summary>
/// <param name="engine">What decodes, applies and encodes.</param>
/// <param name="timeout">How long one task may take from its start, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
/// <param name="time">The clock.</param>
public sealed class ImageTaskPipeline(IImageEngine engine, TimeSpan timeout, TimeProvider time)
{
    /// <summary>Does one task; the time-out is looked at between the steps, since native code can't be interrupted.</summary>
    /// <param name="task">The task.</param>
    /// <returns>What it took.</returns>
    /// <exception cref="ImageTaskTimeoutException">The time-out passed.</exception>
    /// <exception cref="IOException">The source can't be read or the output can't be written.</exception>
    public TaskStatistics Process(ImageTask task)
    {
        var deadline = new TaskDeadline(time, timeout);
        using var image = engine.Decode(task.SourcePath);
        var sourcePixels = (long)image.WidthPixels * image.HeightPixels;
        foreach (var operation in task.Operations)
        {
            deadline.ThrowIfPassed(before: operation.ToString());
            image.Apply(operation);
        }

        deadline.ThrowIfPassed(before: "encode");
        var outputBytes = OutputFile.Write(task.OutputPath, output => image.Encode(task.OutputPath, output));
        return new TaskStatistics(sourcePixels, outputBytes, deadline.Elapsed);
    }
}
