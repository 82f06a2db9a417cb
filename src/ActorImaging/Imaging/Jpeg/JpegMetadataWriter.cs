using System.Buffers.Binary;
using System.Text;
using ActorImaging.Imaging.Metadata;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Writes what a JPEG says beside its pixels, into the file of somebody else's encoder.</summary>
internal static class JpegMetadataWriter
{
    /// <summary>The most bytes of EXIF data that a JPEG can hold.</summary>
    public const int MostExifBytes = MostDataBytes - 6;

    /// <summary>The most bytes of a colour profile that a JPEG can hold.</summary>
    public const int MostProfileBytes = MostPieces * ProfilePieceBytes;

    private const int ProfilePieceBytes = MostDataBytes - 14; // its name, and a piece's number and how many there are
    private const int MostDataBytes = 65_533;
    private const int MostExtensionBytes = 65_400;
    private const int MostPieces = 255;
    private const int JfifBytes = 14;

    private static ReadOnlySpan<byte> ExifName => "Exif\0\0"u8;

    private static ReadOnlySpan<byte> XmpName => "http://ns.adobe.com/xap/1.0/\0"u8;

    private static ReadOnlySpan<byte> XmpExtensionName => "http://ns.adobe.com/xmp/extension/\0"u8;

    private static ReadOnlySpan<byte> ProfileName => "ICC_PROFILE\0"u8;

    private static ReadOnlySpan<byte> ResourcesName => "Photoshop 3.0\0"u8;

    /// <summary>Writes what a file begins with, and what is beside its pixels.</summary>
    /// <param name="bare">
    /// The file as it was encoded, at least up to the end of its segments for applications; of these only Adobe's is kept, which tells what its components are.
    /// </param>
    /// <param name="metadata">What goes into it.</param>
    /// <param name="output">Receives the file.</param>
    public static void Write(ReadOnlySpan<byte> bare, ImageMetadata metadata, Stream output)
    {
        var rest = bare[2..];
        WriteBeginning(output, metadata, isJfif: rest.Length > 6 && rest[1] == JpegMarker.App0);
        while (rest.Length >= 4 && JpegMarker.IsOfApplication(rest[1]))
        {
            var segment = rest[..(2 + BinaryPrimitives.ReadUInt16BigEndian(rest[2..]))];
            if (segment[1] == JpegMarker.App14)
            {
                output.Write(segment);
            }

            rest = rest[segment.Length..];
        }

        output.Write(rest);
    }

    /// <summary>Writes what a file begins with, up to its first table.</summary>
    /// <param name="output">Receives it.</param>
    /// <param name="metadata">What is said beside the pixels.</param>
    /// <param name="isJfif">Whether the components are gray, or luma and chroma as JFIF has them.</param>
    public static void WriteBeginning(Stream output, ImageMetadata metadata, bool isJfif)
    {
        output.Write([0xFF, JpegMarker.StartOfImage]);
        if (isJfif)
        {
            WriteJfif(output, metadata.Density);
        }

        WriteMetadata(output, metadata);
    }

    private static void WriteJfif(Stream output, ImageDensity? density)
    {
        Span<byte> data = stackalloc byte[JfifBytes];
        data.Clear();
        "JFIF\0"u8.CopyTo(data);
        data[5] = data[6] = 1; // version 1.01
        var written = density?.Unit == DensityUnit.Metre ? density.PerInch : density ?? new ImageDensity(1, 1, DensityUnit.None);
        data[7] = written.Unit switch { DensityUnit.Inch => 1, DensityUnit.Centimetre => 2, _ => 0 };
        BinaryPrimitives.WriteUInt16BigEndian(data[8..], (ushort)Math.Clamp(Math.Round(written.Horizontal), 1, ushort.MaxValue));
        BinaryPrimitives.WriteUInt16BigEndian(data[10..], (ushort)Math.Clamp(Math.Round(written.Vertical), 1, ushort.MaxValue));
        WriteSegment(output, JpegMarker.App0, data, []);
    }

    private static void WriteMetadata(Stream output, ImageMetadata metadata)
    {
        if (!metadata.Exif.IsEmpty)
        {
            WriteSegment(output, JpegMarker.App1, ExifName, metadata.Exif.Span);
        }

        WriteXmp(output, metadata.Xmp);
        if (metadata.IccProfile is { } profile)
        {
            WriteProfile(output, profile.Bytes.Span);
        }

        for (var rest = metadata.ImageResources.Span; !rest.IsEmpty;)
        {
            var piece = rest[..Math.Min(rest.Length, MostDataBytes - ResourcesName.Length)];
            WriteSegment(output, JpegMarker.App13, ResourcesName, piece);
            rest = rest[piece.Length..];
        }

        foreach (var text in metadata.Texts.Where(text => text.IsComment))
        {
            for (ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text.Text); !rest.IsEmpty; rest = rest[Math.Min(rest.Length, MostDataBytes)..])
            {
                WriteSegment(output, JpegMarker.Comment, [], rest[..Math.Min(rest.Length, MostDataBytes)]);
            }
        }
    }

    /// <summary>A packet that is too long for a segment goes into further ones, which the first names by a digest.</summary>
    private static void WriteXmp(Stream output, ReadOnlyMemory<byte> xmp)
    {
        if (xmp.IsEmpty)
        {
            return;
        }

        if (xmp.Length <= MostDataBytes - XmpName.Length)
        {
            WriteSegment(output, JpegMarker.App1, XmpName, xmp.Span);
            return;
        }

        var (standard, digest) = XmpPacket.Announce(xmp);
        WriteSegment(output, JpegMarker.App1, XmpName, standard);
        for (var at = 0; at < xmp.Length; at += MostExtensionBytes)
        {
            var prefix = new byte[XmpExtensionName.Length + 32 + 4 + 4];
            XmpExtensionName.CopyTo(prefix);
            Encoding.ASCII.GetBytes(digest, prefix.AsSpan(XmpExtensionName.Length));
            BinaryPrimitives.WriteInt32BigEndian(prefix.AsSpan(prefix.Length - 8), xmp.Length);
            BinaryPrimitives.WriteInt32BigEndian(prefix.AsSpan(prefix.Length - 4), at);
            WriteSegment(output, JpegMarker.App1, prefix, xmp.Span.Slice(at, Math.Min(MostExtensionBytes, xmp.Length - at)));
        }
    }

    private static void WriteProfile(Stream output, ReadOnlySpan<byte> profile)
    {
        var count = (profile.Length + ProfilePieceBytes - 1) / ProfilePieceBytes;
        for (var number = 1; number <= count; number++)
        {
            var piece = profile[..Math.Min(profile.Length, ProfilePieceBytes)];
            WriteSegment(output, JpegMarker.App2, [.. ProfileName, (byte)number, (byte)count], piece);
            profile = profile[piece.Length..];
        }
    }

    private static void WriteSegment(Stream output, byte marker, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        Span<byte> prefix = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(prefix[2..], (ushort)(2 + name.Length + data.Length));
        output.Write(prefix);
        output.Write(name);
        output.Write(data);
    }
}
