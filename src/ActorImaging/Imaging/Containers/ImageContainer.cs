using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>
/// What a file has round its compressed pixels, taken apart without decoding any: what it says of itself, what is beside the pixels, and where the
/// pixels of each frame are. Nothing else reads a source before its limits are checked, and decoders are given what this takes out, never the file.
/// </summary>
/// <remarks>Used by one thread at a time; valid as long as the source is open.</remarks>
internal abstract class ImageContainer
{
    private const int SignatureBytes = 96;

    /// <summary>Starts with what every format has.</summary>
    protected ImageContainer(SourceReader source) => Source = source;

    /// <summary>What the file says of itself.</summary>
    public abstract ImageHeader Header { get; }

    /// <summary>How the frames are shown one over the other; null for one image, and for pages beside each other.</summary>
    public virtual Animation? Animation => null;

    /// <summary>Whether its frames come out of one stream, all at once, and not each by itself.</summary>
    public virtual bool IsOneStream => false;

    /// <summary>The most frames that are decoded, where the header does not say how many there are.</summary>
    public virtual int MostFrames => Header.Frames;

    /// <summary>Whether its pixels are gray or of three colours, as far as that is known before they are decoded.</summary>
    public virtual bool HasGrayOrRgb => true;

    /// <summary>What is missing from it or wrong with it, as far as that is known before pixels are decoded; null for nothing.</summary>
    public string? Damage { get; protected set; }

    /// <summary>The file.</summary>
    protected SourceReader Source { get; }

    /// <summary>Looks into a file.</summary>
    /// <param name="source">The file, which can seek; it stays the caller's.</param>
    /// <param name="frames">Whether frames behind the first one count.</param>
    /// <param name="limits">Which formats are read, and how many frames are counted.</param>
    /// <exception cref="UnsupportedImageException">It is in no format that is read.</exception>
    /// <exception cref="CorruptSourceException">It is not what it begins as.</exception>
    public static ImageContainer Open(Stream source, FramePolicy frames, ImageLimits limits)
    {
        var reader = new SourceReader(source);
        var beginning = new byte[Math.Min(SignatureBytes, reader.LengthBytes)];
        reader.Read(0, beginning);
        var format = FormatOf(beginning) ?? throw new UnsupportedImageException(
            $"is not in a format that can be handled: by its content it is none of {string.Join(", ", ImageFormats.Read.Select(ImageFormats.NameOf))}");
        limits.RequireFormat(format);
        var counted = frames == FramePolicy.First ? 1 : limits.Frames + 1;
        ImageContainer container = format switch
        {
            ImageFormat.Png => new PngContainer(reader, counted),
            ImageFormat.Jpeg => new JpegContainer(reader, limits.Scans),
            ImageFormat.Gif => new GifContainer(reader, counted),
            ImageFormat.WebP => new WebPContainer(reader, counted),
            ImageFormat.Bmp => new BmpContainer(reader),
            ImageFormat.Tiff => new TiffContainer(reader, counted),
            ImageFormat.JpegXl => new JpegXlContainer(reader, counted, limits.OutputPixels),
            _ => new HeifContainer(reader, counted),
        };
        limits.RequireFormat(container.Header.Format); // HEIC and AVIF may begin alike
        return container;
    }

    /// <summary>Reads what is beside the pixels.</summary>
    /// <param name="reading">How much of it may be read; is told what was left out.</param>
    public abstract ImageMetadata ReadMetadata(MetadataReading reading);

    /// <summary>What each page says of itself, where pages may differ in that.</summary>
    public virtual IReadOnlyList<PageFacts> ReadPages(MetadataReading reading) => [];

    /// <summary>The white that the samples of a frame are relative to, where they are CIELab.</summary>
    /// <param name="index">The frame, 0 for the first.</param>
    public virtual WhitePoint WhiteOf(int index) => WhitePoint.D50;

    /// <summary>The compressed pixels of a frame, as a file of the same format with nothing else in it.</summary>
    /// <param name="index">The frame, 0 for the first.</param>
    public abstract Stream OpenFrame(int index);

    private static ImageFormat? FormatOf(ReadOnlySpan<byte> beginning)
    {
        if (beginning.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return ImageFormat.Png;
        }

        if (beginning.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return ImageFormat.Jpeg;
        }

        if (beginning.StartsWith("GIF87a"u8) || beginning.StartsWith("GIF89a"u8))
        {
            return ImageFormat.Gif;
        }

        if (beginning.StartsWith("RIFF"u8) && beginning.Length >= 12 && beginning[8..].StartsWith("WEBP"u8))
        {
            return ImageFormat.WebP;
        }

        if (beginning.StartsWith("II*\0"u8) || beginning.StartsWith("MM\0*"u8) || beginning.StartsWith("II+\0"u8) || beginning.StartsWith("MM\0+"u8))
        {
            return ImageFormat.Tiff;
        }

        if (beginning.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || beginning.StartsWith(JpegXlContainer.Signature))
        {
            return ImageFormat.JpegXl;
        }

        return beginning.StartsWith("BM"u8) ? ImageFormat.Bmp : HeifContainer.FormatOf(beginning);
    }
}
