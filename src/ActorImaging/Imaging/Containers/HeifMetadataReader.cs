using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>Understands what a HEIF file says beside the pixels of an image: items that describe it, and its properties.</summary>
/// <param name="source">The file.</param>
/// <param name="meta">Its items.</param>
/// <param name="reading">How much may be read; is told what was left out.</param>
internal sealed class HeifMetadataReader(SourceReader source, HeifMeta meta, MetadataReading reading)
{
    /// <summary>Reads it.</summary>
    /// <param name="primary">The image.</param>
    public ImageMetadata Read(HeifItem primary)
    {
        var metadata = ReadColors(primary);
        foreach (var item in meta.Items.Values.Where(item => item.Describes.Contains(primary.Id)))
        {
            if (item.Type == "Exif" && reading.IsFirstExif(metadata) && TryReadItem(item) is { } exif)
            {
                metadata = metadata with { Exif = IsoBox.ExifOf(exif) };
            }
            else if (item is { Type: "mime", ContentType: "application/rdf+xml" } && reading.IsFirstXmp(metadata) && TryReadItem(item) is { } xmp)
            {
                metadata = metadata with { Xmp = xmp };
            }
        }

        if (HasGainMap(primary))
        {
            reading.WarnOfAttachment(Attachments.GainMap);
        }

        // how it is turned is said by properties, which its decoder applies, and by nothing else (ISO/IEC 23008-12, 6.5.10)
        return metadata with { Orientation = ImageOrientation.TopLeft, Density = new ExifBlock(metadata.Exif).Density };
    }

    private ImageMetadata ReadColors(HeifItem item)
    {
        var metadata = ImageMetadata.None;
        var owner = item.Property("colr") is null && item.Parts.Count > 0 ? meta.Items.GetValueOrDefault(item.Parts[0]) ?? item : item; // of a grid without one of its own
        foreach (var color in owner.Properties.Where(box => box is { Type: "colr", LengthBytes: > 4 }))
        {
            var kind = System.Text.Encoding.Latin1.GetString(source.ReadBytes(color.DataAt, 4));
            if (kind is "prof" or "rICC" && reading.TryTake(color.LengthBytes))
            {
                metadata = metadata with { IccProfile = IccProfile.TryRead(source.ReadBytes(color.DataAt + 4, color.LengthBytes - 4)) };
                if (metadata.IccProfile is null)
                {
                    reading.Warn("the colour profile is none and was left out");
                }
            }
            else if (kind == "nclx" && color.LengthBytes >= 10)
            {
                metadata = metadata with
                {
                    // its matrix is undone by the decoder
                    CodePoints = new CodingIndependentCodePoints((byte)source.ReadUInt16BigEndian(color.DataAt + 4), (byte)source.ReadUInt16BigEndian(color.DataAt + 6), 0, IsFullRange: true),
                };
            }
        }

        return metadata.IccProfile is not null || metadata.CodePoints is { IsSrgb: true } ? metadata with { CodePoints = null } : metadata;
    }

    private byte[]? TryReadItem(HeifItem item)
    {
        if (!reading.TryTake(item.DataBytes))
        {
            return null;
        }

        using var stream = source.Open(item.Data);
        var data = new byte[item.DataBytes];
        stream.ReadExactly(data);
        return data;
    }

    private bool HasGainMap(HeifItem primary) => meta.Items.Values.Any(item => item.Type == "tmap" || (item.IsAside && item.Describes.Contains(primary.Id) && item.Property("auxC") is { } auxiliary
        && IsGainMap(auxiliary)));

    private bool IsGainMap(IsoBox auxiliary) =>
        source.ReadBytes(auxiliary.DataAt, Math.Min(auxiliary.LengthBytes, 128)).AsSpan().IndexOf("hdrgainmap"u8) >= 0;
}
