using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Hosting;

/// <summary>What the actors need to know of imaging.</summary>
/// <param name="Process">Does a task on the calling thread.</param>
/// <param name="EstimateCost">How long a task takes compared with others.</param>
/// <param name="Engine">What does it, for reports.</param>
/// <param name="ReleaseMemory">Gives memory that the engine keeps for reuse back to the system.</param>
public sealed record ImagingWork(
    ProcessImageTask Process, Func<ImageTask, double> EstimateCost, EngineDescription Engine, Action ReleaseMemory)
{
    /// <summary>The work of the engine that the settings name; its native library is loaded here.</summary>
    /// <param name="settings">The settings.</param>
    public static ImagingWork Of(ImagingSettings settings)
    {
        var engine = new MagickImageEngine(settings.Png);
        var pipeline = new ImageTaskPipeline(engine, settings.TaskTimeout, TimeProvider.System);
        return new ImagingWork(pipeline.Process, engine.EstimateCost, engine.Description, engine.ReleaseMemory);
    }
}
