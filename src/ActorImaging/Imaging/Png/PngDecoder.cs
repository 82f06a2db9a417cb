using ActorImaging.Imaging.Containers;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Png;

/// <summary>Decodes PNG, also animated, by our own reader.</summary>
internal sealed class PngDecoder : IImageDecoder
{
    /// <inheritdoc/>
    public string Name => "own PNG reader";

    /// <inheritdoc/>
    public IEnumerable<Frame> Decode(ImageContainer source, SourceSettings settings, ICollection<string> damages)
    {
        var png = (PngContainer)source;
        var header = png.ImageHeader;
        var samples = new PngSamples(header.Format, png.Palette.Span, png.Transparency.Span);
        for (var index = 0; index < png.Header.Frames; index++)
        {
            var frame = png.Animation?.Frames[index];
            using var data = png.OpenImageData(index);
            var pixels = new PngReader(frame?.Size ?? header.Size, header.Format, header.IsInterlaced, samples).Read(data, out var damage);
            if (damage is not null)
            {
                damages.Add(damage);
            }

            yield return new Frame(pixels) { Delay = frame?.Delay ?? default };
        }
    }
}
