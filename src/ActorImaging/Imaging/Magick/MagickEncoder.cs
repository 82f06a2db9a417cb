using System.Globalization;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Jpeg;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Imaging.Png;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging.Magick;

/// <summary>
/// Writes a format by Magick.NET, which is given pixels and nothing else: what is beside them is put into the file by writers of our own, so that it
/// arrives as it was carried.
/// </summary>
/// <param name="format">The format.</param>
/// <param name="fastPng">How PNG is encoded by the preset fast.</param>
internal sealed class MagickEncoder(ImageFormat format, MagickPngEncoding fastPng) : IImageEncoder
{
    /// <inheritdoc/>
    public string Name => StepsDone.MagickName;

    /// <inheritdoc/>
    public void Encode(IReadOnlyList<Frame> frames, ImageMetadata metadata, OutputSettings settings, Stream output)
    {
        try
        {
            Prepare(frames, metadata, settings);
            Write(frames, metadata, output);
        }
        catch (MagickException fault) when (!MagickMessages.IsTransient(fault))
        {
            throw new UnsupportedImageException($"can't be written as {ImageFormats.NameOf(format)}: {MagickMessages.WithoutPlace(fault.Message)}", fault);
        }
    }

    private void Prepare(IReadOnlyList<Frame> frames, ImageMetadata metadata, OutputSettings settings)
    {
        var shown = new GifClock();
        foreach (var frame in frames)
        {
            Prepare(frame.MoveToMagick(), metadata, settings);
            frame.MoveToMagick().AnimationDelay = shown.HundredthsOf(frame.Delay);
            frame.MoveToMagick().AnimationTicksPerSecond = GifClock.TicksPerSecond;
        }

        if (frames.Count > 1 && frames.Any(frame => frame.MoveToMagick().HasAlpha))
        {
            foreach (var image in frames.Select(frame => frame.MoveToMagick()))
            {
                image.Alpha(AlphaAction.Set); // the encoder asks the first frame whether there is any
                image.GifDisposeMethod = GifDisposeMethod.Background; // each frame is all of the canvas: what it shows goes away before one that shows through
            }
        }
    }

    private void Write(IReadOnlyList<Frame> frames, ImageMetadata metadata, Stream output)
    {
        switch (format)
        {
            case ImageFormat.Png:
                WritePixels(frames, new PngMetadataInserter(output, metadata));
                break;
            case ImageFormat.Jpeg:
                WritePixels(frames, new JpegMetadataInserter(output, metadata));
                break;
            case ImageFormat.Tiff:
                WritePixels(frames, output);
                TiffMetadataWriter.AddTo(output, metadata);
                break;
            case ImageFormat.Bmp:
                WritePixels(frames, output);
                break;
            default:
                WriteWithMetadata(frames, metadata, output);
                break;
        }
    }

    /// <summary>Formats whose files begin with what is not known before the end, or that are small: the file is put together in memory.</summary>
    private void WriteWithMetadata(IReadOnlyList<Frame> frames, ImageMetadata metadata, Stream output)
    {
        using var bare = new MemoryStream();
        WritePixels(frames, bare);
        var file = bare.GetBuffer().AsMemory(0, (int)bare.Length);
        switch (format)
        {
            case ImageFormat.WebP:
                WebPMetadataWriter.Write(file.Span, metadata, output);
                break;
            case ImageFormat.Avif:
                HeifMetadataWriter.Write(file, metadata, output);
                break;
            case ImageFormat.Gif:
                GifMetadataWriter.Write(file.Span, metadata, output);
                break;
            default:
                JpegXlMetadataWriter.Write(file.Span, metadata, output);
                break;
        }
    }

    private void WritePixels(IReadOnlyList<Frame> frames, Stream output)
    {
        if (frames.Count == 1)
        {
            frames[0].MoveToMagick().Write(output, MagickFormats.Of(format));
            return;
        }

        using var images = new MagickImageCollection();
        try
        {
            foreach (var frame in frames)
            {
                images.Add(frame.MoveToMagick());
            }

            images.Write(output, MagickFormats.Of(format));
        }
        finally
        {
            while (images.Count > 0)
            {
                images.RemoveAt(images.Count - 1); // they stay the frames'
            }
        }
    }

    private void Prepare(MagickImage image, ImageMetadata metadata, OutputSettings settings)
    {
        if (!FormatCapabilities.Of(format).Alpha && image.HasAlpha)
        {
            image.BackgroundColor = MagickColors.White; // without this, what is transparent turns black
            image.Alpha(AlphaAction.Remove);
        }

        image.Quality = (uint)settings.QualityPercent;
        image.AnimationIterations = (uint)Math.Min(metadata.Loops, GifClock.MostLoops);
        image.Density = DensityOf(metadata);
        image.Orientation = (Orientation)metadata.Orientation;
        SetEncoder(image, metadata, settings);
    }

    private void SetEncoder(MagickImage image, ImageMetadata metadata, OutputSettings settings)
    {
        switch (format)
        {
            case ImageFormat.Png:
                MagickPngEncoding.Of(settings.Png, fastPng).ApplyTo(image);
                KeepColors(image, metadata);
                KeepAlpha(image);
                break;
            case ImageFormat.Jpeg:
                image.Settings.Interlace = settings.IsProgressive ? Interlace.Plane : Interlace.NoInterlace;
                Pin(image, "jpeg:sampling-factor", settings.Chroma.ToString());
                KeepColors(image, metadata);
                break;
            case ImageFormat.WebP:
                Pin(image, "webp:method", Text(OutputSettings.WebPMethod));
                break;
            case ImageFormat.Avif:
                Pin(image, "heic:chroma", settings.Chroma.ToString().Replace(":", string.Empty, StringComparison.Ordinal));
                Pin(image, "heic:speed", Text(OutputSettings.AvifSpeed));
                SetProfile(image, metadata.IccProfile);
                break;
            case ImageFormat.JpegXl:
                Pin(image, "jxl:effort", Text(OutputSettings.JpegXlEffort));
                SetProfile(image, metadata.IccProfile);
                break;
            case ImageFormat.Tiff:
                image.Settings.Compression = CompressionMethod.LZW;
                Pin(image, "tiff:endian", TiffMetadataWriter.IsLittleEndian(metadata) ? "lsb" : "msb");
                KeepColors(image, metadata);
                break;
        }
    }

    /// <summary>A profile of colours wants colours, also where all of them are gray.</summary>
    private static void KeepColors(MagickImage image, ImageMetadata metadata)
    {
        if (metadata.IccProfile?.ColorSpace == IccColorSpace.Rgb)
        {
            image.Settings.ColorType = image.HasAlpha ? ColorType.TrueColorAlpha : ColorType.TrueColor;
        }
    }

    /// <summary>As a channel: where one colour alone is transparent the encoder names that colour, and of a quarter of all grays the one beside it.</summary>
    private static void KeepAlpha(MagickImage image)
    {
        const string GrayAlpha = "4", ColorAlpha = "6";
        if (image.HasAlpha)
        {
            Pin(image, "png:color-type", image.ColorSpace == ColorSpace.Gray ? GrayAlpha : ColorAlpha);
        }
    }

    /// <summary>A profile that the library puts among what it makes of the pixels.</summary>
    private static void SetProfile(MagickImage image, IccProfile? profile)
    {
        if (profile is not null)
        {
            image.SetProfile(new ColorProfile(profile.Bytes.ToArray()));
        }
    }

    private static Density DensityOf(ImageMetadata metadata) => metadata.Density switch
    {
        null => new Density(0, 0, ImageMagick.DensityUnit.Undefined),
        { Unit: Metadata.DensityUnit.None } ratio => new Density(ratio.Horizontal, ratio.Vertical, ImageMagick.DensityUnit.Undefined),
        { Unit: Metadata.DensityUnit.Metre or Metadata.DensityUnit.Centimetre } metric =>
            new Density(metric.PerMetre.Horizontal / 100, metric.PerMetre.Vertical / 100, ImageMagick.DensityUnit.PixelsPerCentimeter),
        var inch => new Density(inch.Horizontal, inch.Vertical, ImageMagick.DensityUnit.PixelsPerInch),
    };

    /// <summary>Fixes what an encoder would choose by itself. By text: the overload with a format lists all formats, which the policy refuses.</summary>
    private static void Pin(MagickImage image, string define, string value) => image.Settings.SetDefine(define, value);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
