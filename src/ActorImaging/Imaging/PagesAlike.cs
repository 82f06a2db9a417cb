using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Magick;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// Pages that are stored in different ways become alike, since an image has one orientation and one description of its colours: each is turned by its
/// own orientation, and converted to sRGB by its own profile.
/// </summary>
internal static class PagesAlike
{
    /// <summary>Makes them alike.</summary>
    /// <param name="frames">The pixels of the pages.</param>
    /// <param name="pages">What each says of itself; empty where there is nothing that could differ.</param>
    /// <param name="metadata">What the first says, and the file.</param>
    /// <param name="reading">Is told what changes.</param>
    /// <returns>What all of them say now.</returns>
    public static ImageMetadata Make(List<Frame> frames, IReadOnlyList<PageFacts> pages, ImageMetadata metadata, MetadataReading reading)
    {
        if (pages.Count < 2 || pages.Count != frames.Count)
        {
            return metadata;
        }

        if (pages.Any(page => page.Orientation != pages[0].Orientation))
        {
            for (var index = 0; index < frames.Count; index++)
            {
                MagickOperations.Apply(new AutoOrientOperation(), frames[index].MoveToMagick(), frames[index].Size, pages[index].Orientation);
            }

            metadata = metadata with { Orientation = ImageOrientation.TopLeft };
        }

        return AreColorsAlike(frames, pages) ? metadata : ToSrgb(frames, pages, metadata, reading);
    }

    private static bool AreColorsAlike(List<Frame> frames, IReadOnlyList<PageFacts> pages) =>
        pages.All(page => SameBytes(page.Profile, pages[0].Profile))
        && (frames.TrueForAll(frame => frame.Colors == frames[0].Colors) || (pages[0].Profile is null && frames.TrueForAll(frame => frame.Colors is FrameColors.Gray or FrameColors.Rgb)));

    private static bool SameBytes(IccProfile? one, IccProfile? other) =>
        (one is null && other is null) || (one is not null && other is not null && one.Bytes.Span.SequenceEqual(other.Bytes.Span));

    private static ImageMetadata ToSrgb(List<Frame> frames, IReadOnlyList<PageFacts> pages, ImageMetadata metadata, MetadataReading reading)
    {
        var isUsed = true;
        for (var index = 0; index < frames.Count; index++)
        {
            isUsed &= ColorConversion.ToSrgb(frames[index].MoveToMagick(), pages[index].Profile);
        }

        reading.Warn(isUsed ? "pages of different colours became sRGB" : "pages of different colours became sRGB, one without its colour profile, which could not be used");
        return metadata.WithoutColorSpace();
    }
}
