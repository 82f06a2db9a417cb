namespace ActorImaging.Imaging;

/// <summary>A decoded source whose pixels are in a buffer that any number of images may read.</summary>
/// <param name="metadata">What there is beside the pixels; taken over.</param>
/// <param name="pixels">The pixels; a reference that is taken over.</param>
/// <param name="hasPalette">Whether they came with a palette.</param>
internal sealed class SharedPixels(MagickEngineImage metadata, PixelBuffer pixels, bool hasPalette) : ISharedSource
{
    private readonly Lock _copying = new(); // ImageMagick's part is one image, and copied by one thread at a time

    public IEngineImage Open()
    {
        lock (_copying)
        {
            return new AcceleratedEngineImage(metadata.CopyMetadata(), pixels.AddReference(), hasPalette);
        }
    }

    public void Dispose()
    {
        lock (_copying)
        {
            pixels.Dispose();
            metadata.Dispose();
        }
    }
}
