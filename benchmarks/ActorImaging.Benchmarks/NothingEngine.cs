using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Tasks;

namespace ActorImaging.Benchmarks;

/// <summary>An engine that does nothing.</summary>
internal sealed class NothingEngine : IImageEngine
{
    public EngineDescription Description => new("nothing", "1", "none");

    public bool SharesSources => true;

    public IEngineImage Decode(ImageContainer source, SourceSettings settings) => throw new NotSupportedException("there is no image");

    public TaskEstimate Estimate(ImageTask task) => default;

    public void ReleaseMemory()
    {
        // It holds none.
    }
}
