using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Understands what the segments of a JPEG say beside its pixels.</summary>
/// <param name="source">The file.</param>
/// <param name="reading">How much may be read; is told what was left out.</param>
internal sealed class JpegMetadataReader(SourceReader source, MetadataReading reading)
{
    private const int ExifNameBytes = 6;
    private const int ExtensionPrefixBytes = 35 + 32 + 4 + 4; // the name, a digest, the whole length, a place

    private readonly List<byte[]> _profile = [];
    private readonly List<byte[]> _resources = [];
    private readonly List<byte[]> _extensions = [];
    private readonly ImmutableArray<ImageText>.Builder _comments = ImmutableArray.CreateBuilder<ImageText>();
    private ImageMetadata _metadata = ImageMetadata.None;
    private bool _hasFurtherImages;

    private static ReadOnlySpan<byte> Xmp => "http://ns.adobe.com/xap/1.0/\0"u8;

    private static ReadOnlySpan<byte> XmpExtension => "http://ns.adobe.com/xmp/extension/\0"u8;

    private static ReadOnlySpan<byte> Profile => "ICC_PROFILE\0"u8;

    private static ReadOnlySpan<byte> Resources => "Photoshop 3.0\0"u8;

    private static ReadOnlySpan<byte> MultiPicture => "MPF\0"u8;

    private static ReadOnlySpan<byte> GainMap => "urn:iso:std:iso:ts:21496:-1\0"u8;

    /// <summary>Reads the segments before the pixels.</summary>
    public ImageMetadata Read(IEnumerable<JpegSegment> segments)
    {
        foreach (var segment in segments.Where(segment => JpegMarker.IsOfApplication(segment.Marker)))
        {
            Add(segment);
        }

        AddProfile();
        AddXmpExtension();
        if (_hasFurtherImages && XmpPacket.AttachmentOf(_metadata.Xmp) is null)
        {
            reading.WarnOfAttachment(Attachments.FurtherImages);
        }

        var exif = new ExifBlock(_metadata.Exif);
        return _metadata with
        {
            ImageResources = ImageResourceBlock.CarriedOf(Join(_resources, prefixBytes: 0)),
            Texts = _comments.ToImmutable(),
            Orientation = exif.Orientation ?? ImageOrientation.TopLeft,
            Density = _metadata.Density ?? exif.Density,
        };
    }

    private void Add(JpegSegment segment)
    {
        switch (segment.Marker)
        {
            case JpegMarker.App0 when segment.IsNamed("JFIF\0"u8) && segment.LengthBytes >= 12:
                AddDensity(segment);
                break;
            case JpegMarker.App1 when segment.IsExif && segment.LengthBytes > ExifNameBytes && reading.IsFirstExif(_metadata) && Take(segment):
                _metadata = _metadata with { Exif = segment.ReadBehind(ExifNameBytes) };
                break;
            case JpegMarker.App1 when segment.IsNamed(Xmp) && reading.IsFirstXmp(_metadata) && Take(segment):
                _metadata = _metadata with { Xmp = segment.ReadBehind(Xmp.Length) };
                break;
            case JpegMarker.App1 when segment.IsNamed(XmpExtension) && Take(segment):
                _extensions.Add(segment.ReadBehind(0));
                break;
            case JpegMarker.App2 when segment.IsNamed(Profile) && Take(segment):
                _profile.Add(segment.ReadBehind(Profile.Length));
                break;
            case JpegMarker.App2 when segment.IsNamed(GainMap):
                reading.WarnOfAttachment(Attachments.GainMap);
                break;
            case JpegMarker.App2 when segment.IsNamed(MultiPicture) && segment.LengthBytes > MultiPicture.Length && Take(segment):
                _hasFurtherImages = MultiPictureIndex.HasFurtherImages(segment.ReadBehind(MultiPicture.Length));
                break;
            case JpegMarker.App13 when segment.IsNamed(Resources) && Take(segment):
                _resources.Add(segment.ReadBehind(Resources.Length));
                break;
            case JpegMarker.App11 when segment.IsNamed("JP"u8):
                reading.Omit(Attachments.Credentials);
                break;
            case JpegMarker.App0 or JpegMarker.App2 or JpegMarker.App13 or JpegMarker.App14: // how this file is made, and what was not read of the above
            case JpegMarker.App12 when segment.IsNamed("Ducky"u8): // how hard it was compressed
                break;
            case JpegMarker.Comment when Take(segment):
                _comments.Add(new ImageText(ImageText.Comment, ImageText.Decode(segment.ReadBehind(0).AsSpan().TrimEnd((byte)0))));
                break;
            case JpegMarker.Comment or JpegMarker.App1 when segment.Marker == JpegMarker.Comment || segment.IsExif || segment.IsNamed(Xmp) || segment.IsNamed(XmpExtension):
                break; // a second one, or too long, which is noted
            default:
                reading.Omit($"a segment of the JPEG for applications (APP{segment.Marker - JpegMarker.App0}) was left out: nobody knows whether it still holds");
                break;
        }
    }

    private bool Take(JpegSegment segment) => reading.TryTake(segment.LengthBytes);

    private void AddDensity(JpegSegment segment)
    {
        var unit = source.ReadByte(segment.DataAt + 7) switch { 1 => DensityUnit.Inch, 2 => DensityUnit.Centimetre, _ => DensityUnit.None };
        var density = ImageDensity.Of(source.ReadUInt16BigEndian(segment.DataAt + 8), source.ReadUInt16BigEndian(segment.DataAt + 10), unit);
        _metadata = _metadata with { Density = density is { IsTelling: false, Unit: DensityUnit.None } ? null : density };
    }

    /// <summary>The pieces in the order of their numbers.</summary>
    private void AddProfile()
    {
        if (_profile.Count == 0)
        {
            return;
        }

        var profile = Join(_profile.Where(piece => piece.Length >= 2).OrderBy(piece => piece[0]), prefixBytes: 2);
        _metadata = _metadata with { IccProfile = IccProfile.TryRead(profile) };
        if (_metadata.IccProfile is null)
        {
            reading.Warn("the colour profile is none and was left out");
        }
    }

    /// <summary>What did not fit into the segment of the packet: pieces of a second one, which the first names by a digest.</summary>
    private void AddXmpExtension()
    {
        if (_extensions.Count == 0 || XmpPacket.ExtensionOf(_metadata.Xmp) is not { } digest)
        {
            return;
        }

        var name = Encoding.ASCII.GetBytes(digest);
        var pieces = _extensions
            .Where(piece => piece.Length > ExtensionPrefixBytes && piece.AsSpan(XmpExtension.Length, 32).SequenceEqual(name))
            .OrderBy(piece => BinaryPrimitives.ReadUInt32BigEndian(piece.AsSpan(ExtensionPrefixBytes - 4)));
        _metadata = _metadata with { Xmp = XmpPacket.Merge(_metadata.Xmp, Join(pieces, ExtensionPrefixBytes)) };
    }

    private static byte[] Join(IEnumerable<byte[]> pieces, int prefixBytes)
    {
        using var joined = new MemoryStream();
        foreach (var piece in pieces)
        {
            joined.Write(piece.AsSpan(prefixBytes));
        }

        return joined.ToArray();
    }
}
