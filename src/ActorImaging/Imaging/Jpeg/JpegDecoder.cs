using ActorImaging.Imaging.Containers;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Decodes JPEG by our own reader, at a fraction of its size where that is asked for.</summary>
internal sealed class JpegDecoder : IImageDecoder
{
    /// <inheritdoc/>
    public string Name => "own JPEG reader";

    /// <inheritdoc/>
    public IEnumerable<Frame> Decode(ImageContainer source, SourceSettings settings, ICollection<string> damages)
    {
        var jpeg = (JpegContainer)source;
        var reader = new JpegReader(jpeg.FrameHeader!, settings.ShrinkBy);
        using var data = jpeg.OpenFrame(0);
        yield return settings.KeepsPlanes && jpeg.HasLumaAndChroma
            ? new Frame(reader.ReadPlanes(data, damages))
            : new Frame(reader.Read(data, damages));
    }
}
