using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Metadata;

/// <summary>The one place that decides what of an image's metadata goes into an output: by what is to be kept, and by what its format can hold.</summary>
/// <param name="format">The output's format.</param>
/// <param name="policy">What is to be kept.</param>
/// <param name="warnings">Are told what is left out against the policy.</param>
internal sealed class MetadataSelection(ImageFormat format, MetadataPolicy policy, ICollection<string> warnings)
{
    private readonly FormatCapabilities _holds = FormatCapabilities.Of(format);

    private string Name { get; } = ImageFormats.NameOf(format);

    /// <summary>Whether the orientation must be applied to the pixels, because the output won't say it: TIFF has a tag, others say it in EXIF data that they keep.</summary>
    public static bool LosesOrientation(ImageFormat format, MetadataPolicy policy, ImageMetadata metadata)
    {
        var holds = FormatCapabilities.Of(format);
        return policy != MetadataPolicy.Keep || !holds.Orientation || (format != ImageFormat.Tiff
            && (metadata.Exif.Length > holds.MostExifBytes || new ExifBlock(metadata.Exif).Orientation is null));
    }

    /// <summary>Selects.</summary>
    /// <param name="metadata">What there is; of what it says of colours, all is selected.</param>
    /// <param name="size">The size of the output.</param>
    /// <param name="isChanged">Whether its pixels are others than the source's.</param>
    public ImageMetadata Of(ImageMetadata metadata, PixelSize size, bool isChanged) => Fit(Edit(Keep(metadata), size, isChanged));

    private ImageMetadata Keep(ImageMetadata metadata)
    {
        var none = metadata with { Exif = default, Xmp = default, ImageResources = default, Texts = [], PngChunks = [] };
        return policy switch
        {
            MetadataPolicy.Keep => metadata,
            MetadataPolicy.Copyright => none with
            {
                Exif = ExifBlock.RightsOf(metadata.Exif),
                Xmp = XmpPacket.RightsOf(metadata.Xmp),
                ImageResources = ImageResourceBlock.RightsOf(metadata.ImageResources),
                Texts = [.. metadata.Texts.Where(text => text.IsOfRights)],
            },
            _ => none,
        };
    }

    /// <summary>Sets right what is not so any more: orientation, size, and the thumbnail of what the image was.</summary>
    private ImageMetadata Edit(ImageMetadata metadata, PixelSize size, bool isChanged)
    {
        if (metadata.Exif.IsEmpty && metadata.Xmp.IsEmpty)
        {
            return metadata;
        }

        var exif = new ExifBlock(metadata.Exif);
        if (exif.IsReadable)
        {
            exif.SetOrientation(metadata.Orientation);
            exif.SetSize(size);
            if (isChanged)
            {
                exif.RemoveThumbnail();
            }
        }

        return metadata with
        {
            Exif = exif.Bytes,
            Xmp = EditXmp(metadata.Orientation == ImageOrientation.TopLeft ? XmpPacket.Upright(metadata.Xmp) : metadata.Xmp, isChanged),
        };
    }

    private ReadOnlyMemory<byte> EditXmp(ReadOnlyMemory<byte> xmp, bool isChanged)
    {
        if (!isChanged)
        {
            return xmp;
        }

        var edited = XmpPacket.WithoutPictures(xmp);
        if (edited is null)
        {
            warnings.Add("XMP was left out: it can't be read, and may show the image as it was");
        }

        return edited ?? default;
    }

    private ImageMetadata Fit(ImageMetadata metadata)
    {
        metadata = MoveTexts(metadata) with { Xmp = metadata.Xmp.TrimEnd((byte)0) }; // by which some programs fill up
        var isExifMissed = _holds.Exif || new ExifBlock(metadata.Exif).IsTelling;
        return metadata with
        {
            Exif = Shorten(HoldOrWarn(_holds.Exif, isExifMissed ? metadata.Exif : default, "EXIF data were", "them")),
            Xmp = HoldOrWarn(_holds.Xmp && !(_holds.XmpIsText && metadata.Xmp.Span.Contains((byte)0)), metadata.Xmp, "XMP was", "it"),
            ImageResources = HoldOrWarn(_holds.ImageResources, metadata.ImageResources, "IPTC data were", "them"),
            Density = FitDensity(metadata),
            PngChunks = FitChunks(metadata),
        };
    }

    /// <summary>Of too much, the long things that nobody misses in a copy are left out first.</summary>
    private ReadOnlyMemory<byte> Shorten(ReadOnlyMemory<byte> exif)
    {
        if (exif.Length <= _holds.MostExifBytes)
        {
            return exif;
        }

        var shortened = ExifBlock.Shortened(exif);
        var most = FormattableString.Invariant($"{Name} holds {_holds.MostExifBytes:N0} bytes of them");
        warnings.Add(shortened.Length <= _holds.MostExifBytes ? $"thumbnail and maker notes of the EXIF data were left out: {most}" : $"EXIF data were left out: {most}");
        return shortened.Length <= _holds.MostExifBytes ? shortened : default;
    }

    private ReadOnlyMemory<byte> HoldOrWarn(bool isHeld, ReadOnlyMemory<byte> bytes, string what, string pronoun)
    {
        if (!isHeld && !bytes.IsEmpty)
        {
            warnings.Add($"{what} left out: {Name} can't hold {pronoun}");
        }

        return isHeld ? bytes : default;
    }

    /// <summary>Whose the image is goes from texts into EXIF data where there are no texts, a comment stays one, and the rest is left out.</summary>
    private ImageMetadata MoveTexts(ImageMetadata metadata)
    {
        if (_holds.Texts || metadata.Texts.IsEmpty)
        {
            return metadata;
        }

        var kept = _holds.Comment ? metadata.Texts.Where(text => text.IsComment) : [];
        var rights = _holds.Exif ? metadata.Texts.Where(text => text.IsOfRights).ToList() : [];
        var exif = ExifBlock.WithRights(metadata.Exif, rights, out var isAllSaid);
        if (!isAllSaid || metadata.Texts.Except(kept).Except(rights).Any())
        {
            warnings.Add($"texts were left out: {Name} can't hold them");
        }

        return metadata with { Texts = [.. kept], Exif = exif };
    }

    private ImageDensity? FitDensity(ImageMetadata metadata)
    {
        if (_holds.Density || metadata.Density is null)
        {
            return metadata.Density;
        }

        if (metadata.Density.IsTelling && (!_holds.Exif || new ExifBlock(metadata.Exif).Density is null))
        {
            warnings.Add($"the resolution was left out: {Name} can't hold it");
        }

        return null;
    }

    private System.Collections.Immutable.ImmutableArray<AncillaryChunk> FitChunks(ImageMetadata metadata)
    {
        if (format != ImageFormat.Png && !metadata.PngChunks.IsEmpty)
        {
            warnings.Add($"chunks of the PNG were left out: {Name} can't hold them");
        }

        return format == ImageFormat.Png ? metadata.PngChunks : [];
    }
}
