using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Hosting;

/// <summary>What the actors need to know of imaging.</summary>
/// <param name="Engine">What decodes, applies and encodes.</param>
/// <param name="Process">Does a task on the calling thread.</param>
public sealed record ImagingWork(IImageEngine Engine, ProcessImageTask Process)
{
    /// <summary>The work of the engine that the settings name; its native library is loaded here.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="beforeCommit">
    /// Is shown each output when it is whole, before it goes under its final name; on several threads at once. What it throws fails the task.
    /// </param>
    public static ImagingWork Of(ImagingSettings settings, Action<ImageTask, FileStream>? beforeCommit = null)
    {
        IImageEngine engine = settings.Engine == MagickImageEngine.Name
            ? new MagickImageEngine(settings.MagickPng)
            : new AcceleratedImageEngine(settings.MagickPng);
        return new ImagingWork(engine, new ImageTaskPipeline(engine, settings.Limits, settings.TaskTimeout, TimeProvider.System, beforeCommit).Process);
    }
}
