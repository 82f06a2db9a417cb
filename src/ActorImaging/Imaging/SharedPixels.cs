namespace ActorImaging.Imaging;

/// <summary>A decoded source whose pixels are in a buffer that any number of images may read.</summary>
/// <param name="codecs">What works on the images.</param>
/// <param name="pixels">The pixels; a reference that is taken over.</param>
/// <param name="facts">What is known of the source.</param>
internal sealed class SharedPixels(EngineCodecs codecs, PixelBuffer pixels, SourceFacts facts) : ISharedSource
{
    /// <inheritdoc/>
    public IEngineImage Open() => new EngineImage(codecs, [new Frame(pixels.AddReference())], facts);

    /// <inheritdoc/>
    public void Dispose() => pixels.Dispose();
}
