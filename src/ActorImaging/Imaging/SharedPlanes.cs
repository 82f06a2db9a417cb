namespace ActorImaging.Imaging;

/// <summary>A decoded source whose luma and chroma are apart, in buffers that any number of images may read.</summary>
/// <param name="codecs">What works on the images.</param>
/// <param name="planes">The planes; a reference that is taken over.</param>
/// <param name="facts">What is known of the source.</param>
internal sealed class SharedPlanes(EngineCodecs codecs, PlanarPixels planes, SourceFacts facts) : ISharedSource
{
    /// <inheritdoc/>
    public IEngineImage Open() => new EngineImage(codecs, [new Frame(planes.AddReference())], facts);

    /// <inheritdoc/>
    public void Dispose() => planes.Dispose();
}
