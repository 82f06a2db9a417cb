using System.Buffers.Binary;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>A Windows or OS/2 bitmap (BITMAPFILEHEADER and what may follow it, up to BITMAPV5HEADER).</summary>
internal sealed class BmpContainer : ImageContainer
{
    private const int FileHeaderBytes = 14;
    private const int CoreBytes = 12;
    private const int InfoBytes = 40;
    private const int V4Bytes = 108;
    private const int V5Bytes = 124;
    private const int ColorSpaceAt = 56;
    private const int ProfileAt = 112;
    private const uint EmbeddedJpeg = 4;
    private const uint EmbeddedPng = 5;
    private const uint LargestCompression = 6;

    private static readonly int[] KnownHeaderBytes = [CoreBytes, 16, InfoBytes, 52, 56, 64, V4Bytes, V5Bytes];

    private readonly byte[] _header;

    /// <summary>Looks into a BMP.</summary>
    public BmpContainer(SourceReader source)
        : base(source)
    {
        var length = source.ReadUInt32LittleEndian(FileHeaderBytes);
        if (!KnownHeaderBytes.Contains((int)Math.Min(length, int.MaxValue)))
        {
            throw new UnsupportedImageException(FormattableString.Invariant($"is a BMP with a header of {length} bytes, which is none that is read"));
        }

        _header = source.ReadBytes(FileHeaderBytes, length);
        var size = ReadSize();
        var compression = length >= InfoBytes ? BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(16)) : 0;
        if (compression is EmbeddedJpeg or EmbeddedPng)
        {
            throw new UnsupportedImageException($"is a BMP that has a {(compression == EmbeddedPng ? "PNG" : "JPEG")} within it, which is not read");
        }

        if (compression > LargestCompression)
        {
            throw new UnsupportedImageException(FormattableString.Invariant($"is a BMP of compression {compression}, which is not read"));
        }

        Header = new ImageHeader(ImageFormat.Bmp, size, 1);
    }

    /// <inheritdoc/>
    public override ImageHeader Header { get; }

    /// <inheritdoc/>
    public override ImageMetadata ReadMetadata(MetadataReading reading)
    {
        if (_header.Length < InfoBytes)
        {
            return ImageMetadata.None;
        }

        var density = ImageDensity.Of(BinaryPrimitives.ReadInt32LittleEndian(_header.AsSpan(24)), BinaryPrimitives.ReadInt32LittleEndian(_header.AsSpan(28)), DensityUnit.Metre);
        return new ImageMetadata { Density = density, IccProfile = ReadProfile(reading) };
    }

    /// <inheritdoc/>
    /// <remarks>Without the profile, or the path of one, that the fifth version may name.</remarks>
    public override Stream OpenFrame(int index)
    {
        if (_header.Length < V5Bytes)
        {
            return Source.Open(StreamPiece.Of(0, Source.LengthBytes));
        }

        var header = _header.ToArray();
        SrgbSpace.CopyTo(header.AsSpan(ColorSpaceAt));
        header.AsSpan(ProfileAt, 8).Clear();
        return Source.Open(
            StreamPiece.Of(0, FileHeaderBytes), StreamPiece.Of(header), StreamPiece.Of(FileHeaderBytes + header.Length, Source.LengthBytes - FileHeaderBytes - header.Length));
    }

    /// <summary>LCS_sRGB, the last letter first.</summary>
    private static ReadOnlySpan<byte> SrgbSpace => "BGRs"u8;

    private PixelSize ReadSize()
    {
        long width = _header.Length == CoreBytes ? BinaryPrimitives.ReadUInt16LittleEndian(_header.AsSpan(4)) : BinaryPrimitives.ReadInt32LittleEndian(_header.AsSpan(4));
        long height = _header.Length == CoreBytes ? BinaryPrimitives.ReadUInt16LittleEndian(_header.AsSpan(6)) : BinaryPrimitives.ReadInt32LittleEndian(_header.AsSpan(8));
        return width is > 0 and <= int.MaxValue && height != 0 && Math.Abs(height) <= int.MaxValue
            ? new PixelSize((int)width, (int)Math.Abs(height)) // below 0 when the top row comes first
            : throw new CorruptSourceException(FormattableString.Invariant($"is no BMP: its header says {width}x{height}"));
    }

    /// <summary>The profile that the fifth version may have behind its pixels.</summary>
    private IccProfile? ReadProfile(MetadataReading reading)
    {
        if (_header.Length < V5Bytes || !_header.AsSpan(ColorSpaceAt).StartsWith("DEBM"u8)) // PROFILE_EMBEDDED, the last letter first
        {
            return null;
        }

        long at = BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(ProfileAt)), length = BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(ProfileAt + 4));
        if (FileHeaderBytes + at + length > Source.LengthBytes || !reading.TryTake(length))
        {
            return null;
        }

        var profile = IccProfile.TryRead(Source.ReadBytes(FileHeaderBytes + at, length));
        if (profile is null)
        {
            reading.Warn("the colour profile is none and was left out");
        }

        return profile;
    }
}
