using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging.Magick;

/// <summary>
/// Writes animated GIF: of each frame what differs from the one before, where nothing is transparent. What is transparent can't replace anything in a
/// GIF: such frames are written whole.
/// </summary>
/// <param name="whole">Writes frames as they are.</param>
internal sealed class AnimatedGifEncoder(MagickEncoder whole) : IImageEncoder
{
    /// <inheritdoc/>
    public string Name => whole.Name;

    /// <inheritdoc/>
    public void Encode(IReadOnlyList<Frame> frames, ImageMetadata metadata, OutputSettings settings, Stream output)
    {
        var pictures = AnimationParts.Alike(frames);
        if (pictures[0].Channels is 2 or 4)
        {
            whole.Encode(frames, metadata, settings, output);
            return;
        }

        var parts = new List<Frame>();
        try
        {
            for (var index = 0; index < pictures.Count; index++)
            {
                parts.Add(PartOf(pictures[index], AnimationParts.Changed(pictures, index), frames[index]));
            }

            whole.Encode(parts, metadata, settings, output);
        }
        finally
        {
            parts.ForEach(part => part.Dispose());
        }
    }

    private static Frame PartOf(PixelBuffer picture, PixelRectangle place, Frame frame)
    {
        using var rows = place.Of(picture);
        var part = new Frame(rows.ToPixelBuffer()) { Delay = frame.Delay };
        part.MoveToMagick().Page = new MagickGeometry(place.LeftPixels, place.TopPixels, (uint)picture.WidthPixels, (uint)picture.HeightPixels);
        return part;
    }
}
