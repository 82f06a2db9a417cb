using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Jpeg;
using ActorImaging.Imaging.Magick;
using ActorImaging.Imaging.Png;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>Which codec does what for an engine: ours where they are better, Magick.NET for the rest. Thread-safe.</summary>
/// <param name="usesKernels">Whether kernels and codecs of our own are used wherever there are some.</param>
/// <param name="png">How Magick.NET encodes PNG.</param>
internal sealed class EngineCodecs(bool usesKernels, MagickPngEncoding png)
{
    private readonly MagickDecoder _magickDecoder = new(shrinksUnevenly: usesKernels);
    private readonly PngDecoder _pngDecoder = new();
    private readonly JpegDecoder _jpegDecoder = new();
    private readonly PngEncoder _pngEncoder = new();
    private readonly JpegEncoder _jpegEncoder = new();
    private readonly Dictionary<ImageFormat, MagickEncoder> _magickEncoders =
        Enum.GetValues<ImageFormat>().ToDictionary(format => format, format => new MagickEncoder(format, png));

    /// <summary>Whether kernels are used.</summary>
    public bool UsesKernels { get; } = usesKernels;

    /// <summary>
    /// What decodes a file. Of PNG, ImageMagick knows no animation, and loses the one colour of 16 bits that is transparent: there our own reader has no
    /// choice beside it.
    /// </summary>
    public IImageDecoder DecoderFor(ImageContainer source) => source switch
    {
        PngContainer container when UsesKernels || container.Animation is not null || IsKeyedDeep(container) => _pngDecoder,
        JpegContainer { FrameHeader: not null } when UsesKernels => _jpegDecoder,
        _ => _magickDecoder,
    };

    /// <summary>What writes frames in a format; animations are put together by us for every engine.</summary>
    public IImageEncoder EncoderFor(ImageFormat format, IReadOnlyList<Frame> frames, OutputSettings settings) => format switch
    {
        ImageFormat.Png when UsesKernels || frames.Count > 1 => _pngEncoder,
        ImageFormat.Jpeg when UsesKernels && JpegEncoder.Supports(frames[0], settings) => _jpegEncoder,
        ImageFormat.Gif when frames.Count > 1 => new AnimatedGifEncoder(_magickEncoders[format]),
        ImageFormat.WebP when frames.Count > 1 => new AnimatedWebPEncoder(_magickEncoders[format]),
        _ => _magickEncoders[format],
    };

    private static bool IsKeyedDeep(PngContainer container) => container.ImageHeader.Format.BitDepth == 16 && !container.Transparency.IsEmpty;
}
