using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// Estimates tasks: follows the size of the image from step to step, and adds up what each costs. The schedule starts the longest first; for
/// that only the ratios matter.
/// </summary>
/// <param name="costs">What steps cost, in nanoseconds a pixel on one core.</param>
/// <param name="workingBytesPerPixel">Memory beside the decoded source that a task takes, for each pixel of the largest image on the way.</param>
/// <param name="sharesSources">Whether tasks share a source of one frame that is decoded; one of several each task decodes for itself.</param>
internal sealed class TaskEstimator(StepCosts costs, Func<ImageTask, ImageHeader, double> workingBytesPerPixel, bool sharesSources)
{
    private const int BytesPerPixel = 4;

    /// <summary>Where scans refine each other all coefficients are held until the last one, at the most three a pixel, at whatever size it is decoded.</summary>
    private const int CoefficientBytesPerPixel = 6;

    /// <summary>The estimate; nothing where the header is not known.</summary>
    public TaskEstimate Of(ImageTask task)
    {
        if (task.Header is not { } header)
        {
            return default;
        }

        var fraction = header.CanShrink ? 1.0 / (task.Source.ShrinkBy * task.Source.ShrinkBy) : 1;
        var (size, pixels) = (header.Size, header.Size.Pixels * fraction);
        var (time, most) = (header.Pixels * costs.Decoding * Math.Max(fraction, StepCosts.LeastDecodedShare), pixels);
        foreach (var operation in task.Operations)
        {
            var result = OperationSize.After(operation, size, header.IsTurned);
            var after = result == size ? pixels : result.Pixels;
            time += Math.Max(pixels, after) * header.Frames * costs.OfOperation(operation);
            (size, pixels, most) = (result, after, Math.Max(most, after));
        }

        time += pixels * header.Frames * costs.OfEncoding(task.OutputPath);
        var decodedBytes = (long)(header.Pixels * fraction) * BytesPerPixel;
        var storedBytes = header.Scans > 1 ? header.Size.Pixels * CoefficientBytesPerPixel : 0;
        var workingBytes = (long)(most * header.Frames * workingBytesPerPixel(task, header)) + storedBytes;
        return sharesSources && header.Frames == 1
            ? new TaskEstimate(time, decodedBytes, workingBytes)
            : new TaskEstimate(time, SourceBytes: 0, decodedBytes + workingBytes);
    }
}
