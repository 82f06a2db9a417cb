using System.Collections.Immutable;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Png;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging;

/// <summary>
/// An image whose pixels are in one of two places: in a pixel buffer, where kernels and the PNG writer work on them, or in ImageMagick,
/// for what those don't do. It moves them when the next step wants them elsewhere. The last kernel is put off until its result is wanted:
/// the PNG writer takes it band by band, and no whole image is held.
/// </summary>
internal sealed class AcceleratedEngineImage : IEngineImage
{
    /// <summary>Holds the pixels, or, while a buffer does, all that there is beside them.</summary>
    private MagickEngineImage _magick;
    private PixelBuffer? _pixels;

    /// <summary>A kernel on the buffer that has not been run yet.</summary>
    private RowSource? _pending;
    private readonly double _gamma; // ImageMagick takes it from files only
    private PixelSize? _sourceSize;
    private bool _hasPalette;

    /// <summary>An image as it was decoded.</summary>
    public AcceleratedEngineImage(MagickEngineImage magick)
    {
        _magick = magick;
        _gamma = magick.Single.Gamma;
        _sourceSize = magick.SourceSize;
    }

    /// <summary>An image that begins with pixels of others, which it only reads.</summary>
    /// <param name="metadata">What there is beside the pixels, this image's own.</param>
    /// <param name="pixels">The pixels; a reference of this image's own.</param>
    /// <param name="hasPalette">Whether they came with a palette.</param>
    public AcceleratedEngineImage(MagickEngineImage metadata, PixelBuffer pixels, bool hasPalette)
        : this(metadata)
    {
        _pixels = pixels;
        _hasPalette = hasPalette;
    }

    public PixelSize Size => _sourceSize ?? ActualSize;

    public int Frames => _magick.Frames;

    public ImmutableArray<string> Warnings => _magick.Warnings;

    private bool IsGray => (_pending?.Channels ?? _pixels!.Channels) <= 2;

    private PixelSize ActualSize => _pending is { } rows ? new PixelSize(rows.WidthPixels, rows.HeightPixels)
        : _pixels is { } pixels ? new PixelSize(pixels.WidthPixels, pixels.HeightPixels)
        : new PixelSize((int)_magick.Single.Width, (int)_magick.Single.Height);

    public void Apply(ImageOperation operation)
    {
        var orientation = Frames == 1 ? _magick.Single.Orientation : default;
        if (TryMoveToBuffer() && AcceleratedOperations.TryFindSteps(operation, Size, ActualSize, orientation, out var steps))
        {
            foreach (var step in steps)
            {
                StartKernel(step);
            }

            if (operation is AutoOrientOperation)
            {
                ExifOrientation.Reset(_magick.Single);
            }

            _sourceSize = ShrunkSource.SizeAfter(operation, _sourceSize, ExifOrientation.IsTurned(orientation));
        }
        else
        {
            MoveToMagick();
            _magick.Apply(operation);
            _sourceSize = _magick.SourceSize;
        }
    }

    public ISharedSource? Share()
    {
        if (!TryMoveToBuffer())
        {
            return null;
        }

        FinishKernel();
        return new SharedPixels(_magick.CopyMetadata(), _pixels!.AddReference(), _hasPalette);
    }

    public void Encode(ImageFormat format, OutputSettings settings, Stream output)
    {
        if (MagickEncoding.LosesOrientation(format, settings))
        {
            Apply(new AutoOrientOperation());
        }

        if (format == ImageFormat.Png && TryMoveToBuffer() && PngMetadataReader.TryRead(_magick.Single, IsGray, settings, out var metadata))
        {
            PngWriter.Write(RowsFor(metadata), metadata with { Gamma = PngMetadataReader.GammaOf(_gamma) }, settings.Png, output);
            return;
        }

        MoveToMagick();
        _magick.Encode(format, settings, output);
    }

    public void Dispose()
    {
        _pending?.Dispose();
        _pixels?.Dispose();
        _magick.Dispose();
    }

    private void StartKernel(KernelStep step)
    {
        FinishKernel();
        _pending = step.Start(_pixels!, _hasPalette);
        _hasPalette &= step.KeepsPalette;
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

    /// <summary>The rows to write: those of the kernel as it makes them, unless the writer might find a shorter form by looking at all first.</summary>
    private PngRows RowsFor(PngMetadata metadata)
    {
        if (_pending is not null && KernelRows.NeedNoLook(_pending, metadata))
        {
            return new KernelRows(_pending);
        }

        FinishKernel();
        return PngRows.From(_pixels!);
    }

    private bool TryMoveToBuffer()
    {
        if (_pixels is null && Frames == 1 && MagickPixels.TryExport(_magick.Single, out _pixels))
        {
            _hasPalette = _magick.Single.ClassType == ClassType.Pseudo;
            _magick.KeepMetadataAlone();
        }

        return _pixels is not null;
    }

    private void MoveToMagick()
    {
        if (_pixels is null)
        {
            return;
        }

        FinishKernel();
        using var metadata = _magick;
        _magick = metadata.With(MagickPixels.Import(_pixels, metadata.Single), _sourceSize);
        _pixels.Dispose();
        _pixels = null;
    }
}
