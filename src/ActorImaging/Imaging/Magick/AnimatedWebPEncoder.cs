using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Magick;

/// <summary>Writes animated WebP: each frame is compressed by Magick.NET and put in its place by us, since ImageMagick's own animations lose what is transparent.</summary>
/// <param name="still">Writes WebP of one frame.</param>
internal sealed class AnimatedWebPEncoder(MagickEncoder still) : IImageEncoder
{
    /// <inheritdoc/>
    public string Name => still.Name;

    /// <inheritdoc/>
    public void Encode(IReadOnlyList<Frame> frames, ImageMetadata metadata, OutputSettings settings, Stream output)
    {
        var pictures = AnimationParts.Alike(frames);
        var animation = new WebPAnimationWriter(frames[0].Size, hasAlpha: pictures[0].Channels is 2 or 4, metadata.Loops);
        for (var index = 0; index < pictures.Count; index++)
        {
            var place = AtEvenPlace(AnimationParts.Changed(pictures, index));
            animation.Add(place, frames[index].Delay, Compress(place, pictures[index], settings));
        }

        WebPMetadataWriter.Write(animation.ToBytes(), metadata, output);
    }

    private ReadOnlyMemory<byte> Compress(PixelRectangle place, PixelBuffer picture, OutputSettings settings)
    {
        using var rows = place.Of(picture);
        using var part = new Frame(rows.ToPixelBuffer());
        using var image = new MemoryStream();
        still.Encode([part], ImageMetadata.None, settings, image);
        return image.GetBuffer().AsMemory(0, (int)image.Length);
    }

    /// <summary>Places are counted by two.</summary>
    private static PixelRectangle AtEvenPlace(PixelRectangle place)
    {
        var (column, row) = (place.LeftPixels & 1, place.TopPixels & 1);
        return new PixelRectangle(place.LeftPixels - column, place.TopPixels - row, place.WidthPixels + column, place.HeightPixels + row);
    }
}
