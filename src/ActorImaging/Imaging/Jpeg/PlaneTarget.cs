namespace ActorImaging.Imaging.Jpeg;

/// <summary>Keeps the components as they are.</summary>
/// <param name="planes">The components.</param>
/// <param name="buffers">Receive them, each as large as its component; stay the caller's.</param>
internal sealed unsafe class PlaneTarget(IReadOnlyList<ComponentPlane> planes, IReadOnlyList<PixelBuffer> buffers) : IBandTarget
{
    /// <inheritdoc/>
    public void Take(int band)
    {
        for (var index = 0; index < planes.Count; index++)
        {
            var (plane, buffer) = (planes[index], buffers[index]);
            var top = band * plane.Scaled.BandRows;
            for (var row = 0; row < plane.Scaled.BandRows && top + row < buffer.HeightPixels; row++)
            {
                new ReadOnlySpan<byte>(plane[row], buffer.WidthPixels).CopyTo(buffer.Row(top + row));
            }
        }
    }
}
