using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Tasks;

namespace ActorImaging.Tests.Hosting;

/// <summary>An engine for specs in which nothing is decoded.</summary>
internal sealed class NoEngine : IImageEngine
{
    public EngineDescription Description => new("none", "1", "none");

    public bool SharesSources => true;

    public IEngineImage Decode(ImageContainer source, SourceSettings settings) => throw new NotSupportedException();

    public TaskEstimate Estimate(ImageTask task) => default;

    public void ReleaseMemory()
    {
        // It holds none.
    }
}
