using System.Collections.Immutable;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>Decodes a source: its frames, laid over each other where they are an animation, and what is beside them. Thread-safe.</summary>
/// <param name="codecs">What decodes which format.</param>
/// <param name="limits">How much may be read beside the pixels.</param>
internal sealed class SourceDecoder(EngineCodecs codecs, ImageLimits limits)
{
    /// <summary>Decodes a source, whose header is within the limits.</summary>
    /// <exception cref="DamagedSourceException">It can be decoded in part only, and the settings don't let that pass.</exception>
    public EngineImage Decode(ImageContainer source, SourceSettings settings)
    {
        List<string> damages = source.Damage is { } damage ? [damage] : [];
        var frames = new List<Frame>();
        try
        {
            var decoder = codecs.DecoderFor(source);
            ReadFrames(source, decoder.Decode(source, settings, damages), frames);
            if (damages.Count > 0 && settings.OnWarning == WarningPolicy.Fail)
            {
                throw new DamagedSourceException(damages[0]);
            }

            var reading = new MetadataReading(limits.MetadataBytes);
            var metadata = WithoutAttachments(source.ReadMetadata(reading), reading);
            metadata = PagesAlike.Make(frames, source.ReadPages(reading), metadata, reading);
            var facts = new SourceFacts(
                Reconcile(metadata, frames[0], reading),
                source.Header.BitDepth,
                source.Header.CanShrink ? ShrunkSource.Of(source.Header.Size, frames[0].Size) : null,
                [.. damages, .. reading.Warnings],
                [.. reading.Omissions]);
            return new EngineImage(codecs, frames, facts) { StepsDone = new StepsDone { Decoder = decoder.Name } };
        }
        catch
        {
            frames.ForEach(frame => frame.Dispose());
            throw;
        }
    }

    private void ReadFrames(ImageContainer source, IEnumerable<Frame> decoded, List<Frame> frames)
    {
        using var canvas = source.Animation is { } animation && !IsWholeAlone(animation, source) ? new AnimationCanvas(animation) : null;
        foreach (var frame in decoded)
        {
            frames.Add(canvas is null ? frame : canvas.Lay(frames.Count, frame));
            if (frame.Size.Pixels > source.Header.Bounds.Pixels)
            {
                throw new CorruptSourceException($"is not what it says: {source.Header.Bounds}, but its pixels are {frame.Size}");
            }

            limits.RequireOutput([.. frames.Select(each => each.Size)]); // what a stream says of its frames comes out with them
        }

        if (frames.Count > limits.Frames)
        {
            limits.RequireSource(source.Header with { Frames = frames.Count });
        }
    }

    /// <summary>Whether an animation is read to its first frame only, which is all of the canvas.</summary>
    private static bool IsWholeAlone(Animation animation, ImageContainer source) =>
        source.Header.Frames == 1 && animation.Frames[0] is { LeftPixels: 0, TopPixels: 0 } first && first.Size == animation.Canvas;

    /// <summary>Nothing announces what no output has.</summary>
    private static ImageMetadata WithoutAttachments(ImageMetadata metadata, MetadataReading reading)
    {
        if (XmpPacket.AttachmentOf(metadata.Xmp) is not { } attachment)
        {
            return metadata;
        }

        reading.WarnOfAttachment(attachment);
        return metadata with { Xmp = XmpPacket.WithoutAttachments(metadata.Xmp) };
    }

    /// <summary>A profile of other channels than the file has describes nothing.</summary>
    private static ImageMetadata Reconcile(ImageMetadata metadata, Frame frame, MetadataReading reading)
    {
        var profile = metadata.IccProfile ?? frame.Profile;
        var fits = profile?.ColorSpace switch
        {
            null => true,
            IccColorSpace.Gray => frame.Colors == FrameColors.Gray,
            IccColorSpace.Rgb => frame.Colors is FrameColors.Rgb or FrameColors.Gray,
            IccColorSpace.Cmyk => frame.Colors == FrameColors.Cmyk,
            _ => false,
        };
        if (!fits)
        {
            reading.Warn("the colour profile describes other channels and was left out");
        }

        return metadata with { IccProfile = fits ? profile : null };
    }
}
