using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Magick;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging;

/// <summary>
/// The pixels of one frame, in one of three places: in a pixel buffer, where kernels and our own codecs work on them; in planes, where luma and chroma are
/// still apart; or in ImageMagick, for what the others don't do. It moves them when the next step wants them elsewhere. The last kernel is put off until its result is wanted: the PNG writer takes it
/// band by band, and no whole image is held.
/// </summary>
/// <remarks>Beside the pixels there is nothing here: see <see cref="Metadata.ImageMetadata"/>. Used by one thread at a time.</remarks>
internal sealed class Frame : IDisposable
{
    private MagickImage? _magick;
    private PixelBuffer? _pixels;
    private PlanarPixels? _planes;

    /// <summary>A kernel on the buffer that has not been run yet.</summary>
    private RowSource? _pending;

    /// <summary>A frame whose pixels are in ImageMagick.</summary>
    /// <param name="magick">The pixels; taken over.</param>
    public Frame(MagickImage magick) => _magick = magick;

    /// <summary>A frame whose pixels are in a buffer.</summary>
    /// <param name="pixels">The pixels; a reference that is taken over.</param>
    public Frame(PixelBuffer pixels) => _pixels = pixels;

    /// <summary>A frame whose luma and chroma are apart.</summary>
    /// <param name="planes">The planes; taken over.</param>
    public Frame(PlanarPixels planes) => _planes = planes;

    /// <summary>How long it is shown, where it is one of several.</summary>
    public FrameDelay Delay { get; init; }

    /// <summary>The colour profile that its decoder found among the pixels, where the format has it there.</summary>
    public IccProfile? Profile { get; init; }

    /// <summary>The size that its pixels have.</summary>
    public PixelSize Size => _pending is { } rows ? new PixelSize(rows.WidthPixels, rows.HeightPixels)
        : _pixels is { } pixels ? new PixelSize(pixels.WidthPixels, pixels.HeightPixels)
        : _planes is { } planes ? planes.Size
        : new PixelSize((int)_magick!.Width, (int)_magick.Height);

    /// <summary>What its channels are.</summary>
    public FrameColors Colors => (_pending?.Channels ?? _pixels?.Channels) is { } channels
        ? channels <= 2 ? FrameColors.Gray : FrameColors.Rgb
        : _planes is not null ? FrameColors.Rgb
        : _magick!.ColorSpace switch
        {
            ColorSpace.sRGB => FrameColors.Rgb,
            ColorSpace.Gray => FrameColors.Gray,
            ColorSpace.CMYK => FrameColors.Cmyk,
            _ => FrameColors.Other,
        };

    /// <summary>Luma and chroma, where they are still apart.</summary>
    public PlanarPixels? Planes => _planes;

    /// <summary>Puts other planes in the place of those that are there.</summary>
    public void ReplacePlanes(PlanarPixels planes)
    {
        _planes?.Dispose();
        _planes = planes;
    }

    /// <summary>Moves the pixels into a buffer, where they are of a kind that one can hold.</summary>
    /// <returns>Whether they are there.</returns>
    public bool TryMoveToBuffer()
    {
        if (_planes is { } planes)
        {
            _pixels = planes.ToColours();
            planes.Dispose();
            _planes = null;
        }

        if (_pixels is null && MagickPixels.TryExport(_magick!, out _pixels))
        {
            _magick!.Dispose();
            _magick = null;
        }

        return _pixels is not null;
    }

    /// <summary>Moves the pixels into ImageMagick.</summary>
    /// <returns>The image, which stays this frame's.</returns>
    public MagickImage MoveToMagick()
    {
        if (_magick is null)
        {
            _magick = MagickPixels.Import(FinishPixels());
            _pixels!.Dispose();
            _pixels = null;
        }

        return _magick;
    }

    /// <summary>Starts a kernel on the pixels, which are in a buffer.</summary>
    public void StartKernel(Func<PixelBuffer, RowSource> start)
    {
        _pending = start(FinishPixels());
    }

    /// <summary>The rows that a kernel is about to make, to be taken as they come; null where there is none.</summary>
    public RowSource? PendingRows => _pending;

    /// <summary>The pixels in a buffer, moved there if they are elsewhere; they stay this frame's.</summary>
    /// <exception cref="InvalidOperationException">They are of a kind that no buffer holds.</exception>
    public PixelBuffer FinishPixels()
    {
        if (!TryMoveToBuffer())
        {
            throw new InvalidOperationException($"expected gray or sRGB, but the pixels are {_magick!.ColorSpace}");
        }

        FinishKernel();
        return _pixels!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pending?.Dispose();
        _pixels?.Dispose();
        _planes?.Dispose();
        _magick?.Dispose();
    }

    private void FinishKernel()
    {
        if (_pending is null)
        {
            return;
        }

        var result = _pending.ToPixelBuffer();
        _pending.Dispose();
        _pending = null;
        _pixels!.Dispose();
        _pixels = result;
    }
}

/// <summary>What the channels of a frame are, beside alpha.</summary>
internal enum FrameColors
{
    /// <summary>Gray.</summary>
    Gray,

    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Cyan, magenta, yellow, black.</summary>
    Cmyk,

    /// <summary>Lab and all others.</summary>
    Other,
}
