namespace ActorImaging.Imaging.Jpeg;

/// <summary>The components of an image in colours, as they are coded: each a buffer of one channel, of its own size.</summary>
/// <param name="Luma">How bright it is.</param>
/// <param name="Blue">By how much blue differs from that.</param>
/// <param name="Red">By how much red does.</param>
internal sealed record JpegPlanes(PixelBuffer Luma, PixelBuffer Blue, PixelBuffer Red) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Luma.Dispose();
        Blue.Dispose();
        Red.Dispose();
    }
}
