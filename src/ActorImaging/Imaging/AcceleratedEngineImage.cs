using System.Collections.Immutable;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Png;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging;

/// <summary>
/// An image whose pixels are in one of two places: in a pixel buffer, where kernels and the PNG writer work on them, or in ImageMagick,
/// for what those don't do. It moves them when the next step wants them elsewhere.
/// </summary>
internal sealed class AcceleratedEngineImage(MagickEngineImage magick) : IEngineImage
{
    /// <summary>Holds the pixels, or, while a buffer does, all that there is beside them.</summary>
    private MagickEngineImage _magick = magick;
    private PixelBuffer? _pixels;
    private bool _hasPalette;

    public PixelSize Size => _pixels is { } pixels ? new PixelSize(pixels.WidthPixels, pixels.HeightPixels) : _magick.Size;

    public int Frames => _magick.Frames;

    public ImmutableArray<string> Warnings => _magick.Warnings;

    public void Apply(ImageOperation operation)
    {
        if (TryMoveToBuffer() && AcceleratedOperations.TryFindSteps(operation, Size, _magick.Single.Orientation, out var steps))
        {
            foreach (var step in steps)
            {
                ApplyKernel(step);
            }

            if (operation is AutoOrientOperation)
            {
                ExifOrientation.Reset(_magick.Single);
            }
        }
        else
        {
            MoveToMagick();
            _magick.Apply(operation);
        }
    }

    public void Encode(ImageFormat format, OutputSettings settings, Stream output)
    {
        if (MagickEncoding.LosesOrientation(format, settings))
        {
            Apply(new AutoOrientOperation());
        }

        if (format == ImageFormat.Png && TryMoveToBuffer() && PngMetadataReader.TryRead(_magick.Single, settings, out var metadata))
        {
            PngWriter.Write(PngRows.From(_pixels!), metadata, settings.Png, output);
            return;
        }

        MoveToMagick();
        _magick.Encode(format, settings, output);
    }

    public void Dispose()
    {
        _pixels?.Dispose();
        _magick.Dispose();
    }

    private void ApplyKernel(KernelStep step)
    {
        using var rows = step.Start(_pixels!, _hasPalette);
        var result = rows.ToPixelBuffer();
        _pixels!.Dispose();
        _pixels = result;
        _hasPalette &= step.KeepsPalette;
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

        using var metadata = _magick;
        _magick = metadata.With(MagickPixels.Import(_pixels, metadata.Single));
        _pixels.Dispose();
        _pixels = null;
    }
}
