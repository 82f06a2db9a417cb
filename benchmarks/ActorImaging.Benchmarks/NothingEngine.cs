using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Benchmarks;

/// <summary>An engine that does nothing.</summary>
internal sealed class NothingEngine : IImageEngine
{
    public EngineDescription Description => new("nothing", "1", "none");

    public bool SharesSources => true;

    public ImageHeader ReadHeader(string sourcePath, SourceSettings settings) => new(new PixelSize(1, 1), 1);

    public IEngineImage Decode(string sourcePath, SourceSettings settings, ImageHeader header) => throw new NotSupportedException("there is no image");

    public TaskEstimate Estimate(ImageTask task) => default;

    public void ReleaseMemory()
    {
        // It holds none.
    }
}
