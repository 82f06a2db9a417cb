using System.Collections.Immutable;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging;

/// <summary>An image of the <c>magick</c> engine: each operation is the one Magick.NET has for it, done to every frame.</summary>
internal sealed class MagickEngineImage : IEngineImage
{
    private readonly MagickImageCollection _frames;
    private readonly MagickPngEncoding _png;

    private MagickEngineImage(MagickImageCollection frames, MagickPngEncoding png, ImmutableArray<string> warnings)
    {
        _frames = frames;
        _png = png;
        Warnings = warnings;
    }

    public PixelSize Size => SourceSize ?? ActualSize;

    public int Frames => _frames.Count;

    public ImmutableArray<string> Warnings { get; }

    /// <summary>The source's own size while the pixels are a fraction of it.</summary>
    public PixelSize? SourceSize { get; private set; }

    /// <summary>The one frame that there is.</summary>
    public MagickImage Single => (MagickImage)_frames[0];

    private PixelSize ActualSize => new((int)_frames[0].Width, (int)_frames[0].Height);

    /// <summary>Decodes a source.</summary>
    public static MagickEngineImage Read(Stream source, SourceSettings settings, ImageHeader header, MagickPngEncoding png)
    {
        var frames = new MagickImageCollection();
        try
        {
            var damages = ImmutableArray.CreateBuilder<string>();
            frames.Warning += (_, warning) => NoteDamage(warning.Exception, damages);
            frames.Read(source, ReadSettings(settings, header));
            if (damages.Count > 0 && settings.OnWarning == WarningPolicy.Fail)
            {
                throw new DamagedSourceException(damages[0]);
            }

            if (frames.Count > 1 && IsAnimation(frames))
            {
                frames.Coalesce(); // its frames hold only what changed; pages of a document stay as they are
            }

            var image = new MagickEngineImage(frames, png, damages.ToImmutable());
            image.SourceSize = header.CanShrink && image.ActualSize != header.Size ? header.Size : null;
            return image;
        }
        catch
        {
            frames.Dispose();
            throw;
        }
    }

    /// <summary>Whether frames are shown one over the other, and not pages beside each other.</summary>
    public static bool IsAnimation(MagickImageCollection frames) => frames[0].Format is MagickFormat.Gif or MagickFormat.Gif87 or MagickFormat.WebP;

    /// <summary>What the frames of an animation are shown on.</summary>
    public static PixelSize CanvasOf(IMagickImage<byte> first) => new((int)Math.Max(first.Page.Width, first.Width), (int)Math.Max(first.Page.Height, first.Height));

    /// <summary>Gives the memory of the pixels back, and keeps what there is beside them.</summary>
    public void KeepMetadataAlone()
    {
        Single.Crop(1, 1);
        Single.ResetPage();
    }

    /// <summary>Another image in the place of this one's.</summary>
    /// <param name="image">The image.</param>
    /// <param name="sourceSize">The source's own size while the pixels are a fraction of it.</param>
    public MagickEngineImage With(MagickImage image, PixelSize? sourceSize) => new([image], _png, Warnings) { SourceSize = sourceSize };

    /// <summary>
    /// A copy that shares nothing with the original, where only metadata are left: clones share a cache of pixels, even of one, and threads that
    /// work on it get in each other's way.
    /// </summary>
    public MagickEngineImage CopyMetadata() => With((MagickImage)Single.CloneArea(0, 0, 1, 1), SourceSize);

    public void Apply(ImageOperation operation)
    {
        var isTurned = operation is AutoOrientOperation && ExifOrientation.IsTurned(_frames[0].Orientation);
        foreach (var frame in _frames)
        {
            MagickOperations.Apply(operation, frame, SourceSize ?? new PixelSize((int)frame.Width, (int)frame.Height));
        }

        SourceSize = ShrunkSource.SizeAfter(operation, SourceSize, isTurned);
    }

    public ISharedSource? Share() => null;

    public void Encode(ImageFormat format, OutputSettings settings, Stream output)
    {
        var target = MagickEncoding.FormatOf(format);
        if (_frames.Count > 1 && !MagickEncoding.HoldsFrames(format))
        {
            throw new UnsupportedImageException(FormattableString.Invariant($"has {_frames.Count} frames, but {format} holds one: write GIF, TIFF or WebP, or take the first"));
        }

        foreach (var frame in _frames)
        {
            MagickEncoding.Prepare((MagickImage)frame, format, settings, _png);
        }

        _frames.Write(output, target);
    }

    public void Dispose() => _frames.Dispose();

    private static MagickReadSettings ReadSettings(SourceSettings settings, ImageHeader header)
    {
        var read = new MagickReadSettings { FrameCount = settings.Frames == FramePolicy.All ? null : 1 };
        if (header.CanShrink && settings.ShrinkBy > 1)
        {
            read.SetDefine("jpeg:size", ShrunkSource.Of(header.Size, settings.ShrinkBy).ToString());
        }

        return read;
    }

    /// <summary>Only what is missing from the pixels is a damage; an odd profile or an unknown tag is none.</summary>
    private static void NoteDamage(Exception warning, ImmutableArray<string>.Builder damages)
    {
        if (warning is MagickCorruptImageWarningException)
        {
            damages.Add(MagickMessages.WithoutPlace(warning.Message));
        }
    }
}
