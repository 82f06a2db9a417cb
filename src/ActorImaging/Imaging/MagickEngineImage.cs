using System.Collections.Immutable;
using System.Diagnostics;
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

    public PixelSize Size => new((int)_frames[0].Width, (int)_frames[0].Height);

    public int Frames => _frames.Count;

    public ImmutableArray<string> Warnings { get; }

    /// <summary>The one frame that there is.</summary>
    public MagickImage Single => (MagickImage)_frames[0];

    /// <summary>Gives the memory of the pixels back, and keeps what there is beside them.</summary>
    public void KeepMetadataAlone()
    {
        Single.Crop(1, 1);
        Single.ResetPage();
    }

    /// <summary>Another image in the place of this one's.</summary>
    public MagickEngineImage With(MagickImage image) => new([image], _png, Warnings);

    /// <summary>Decodes a source.</summary>
    public static MagickEngineImage Read(Stream source, SourceSettings settings, MagickPngEncoding png)
    {
        var frames = new MagickImageCollection();
        try
        {
            var damages = ImmutableArray.CreateBuilder<string>();
            frames.Warning += (_, warning) => NoteDamage(warning.Exception, damages);
            frames.Read(source, new MagickReadSettings { FrameCount = settings.Frames == FramePolicy.All ? null : 1 });
            if (damages.Count > 0 && settings.OnWarning == WarningPolicy.Fail)
            {
                throw new DamagedSourceException(damages[0]);
            }

            if (frames.Count > 1)
            {
                frames.Coalesce(); // the frames of an animation hold only what changed
            }

            return new MagickEngineImage(frames, png, damages.ToImmutable());
        }
        catch
        {
            frames.Dispose();
            throw;
        }
    }

    public void Apply(ImageOperation operation)
    {
        foreach (var frame in _frames)
        {
            MagickOperations.Apply(operation, frame);
        }
    }

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

    /// <summary>Only what is missing from the pixels is a damage; an odd profile or an unknown tag is none.</summary>
    private static void NoteDamage(Exception warning, ImmutableArray<string>.Builder damages)
    {
        if (warning is MagickCorruptImageWarningException)
        {
            damages.Add(warning.Message);
        }
    }
}
