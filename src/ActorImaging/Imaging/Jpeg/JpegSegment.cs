using ActorImaging.Imaging.Containers;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>A segment of a JPEG.</summary>
/// <param name="Marker">Its marker.</param>
/// <param name="At">Where it begins.</param>
/// <param name="DeclaredBytes">The length that it says, which counts itself.</param>
/// <param name="Source">The file.</param>
internal readonly record struct JpegSegment(byte Marker, long At, int DeclaredBytes, SourceReader Source)
{
    private const int PrefixBytes = 4;
    private const int NameBytes = 48;

    /// <summary>Where its data begin.</summary>
    public long DataAt => At + PrefixBytes;

    /// <summary>Bytes of its data.</summary>
    public int LengthBytes => DeclaredBytes - 2;

    /// <summary>Behind its end.</summary>
    public long EndAt => At + 2 + DeclaredBytes;

    /// <summary>Whether it has EXIF data.</summary>
    public bool IsExif => Marker == JpegMarker.App1 && IsNamed("Exif\0"u8);

    /// <summary>
    /// Whether pixels can't be decoded without it: tables and headers, and of the segments for applications those by which a decoder tells what the
    /// components are.
    /// </summary>
    public bool IsOfPixels => !JpegMarker.IsOfApplication(Marker)
        || (Marker == JpegMarker.App0 && IsNamed("JFIF\0"u8)) || (Marker == JpegMarker.App14 && IsNamed("Adobe"u8));

    /// <summary>Whether its data begin with a name.</summary>
    public bool IsNamed(ReadOnlySpan<byte> name)
    {
        Span<byte> beginning = stackalloc byte[NameBytes];
        return name.Length <= LengthBytes && Source.TryRead(DataAt, beginning[..name.Length]) && beginning[..name.Length].SequenceEqual(name);
    }

    /// <summary>Its data behind a name.</summary>
    public byte[] ReadBehind(int nameBytes) => Source.ReadBytes(DataAt + nameBytes, Math.Max(0, LengthBytes - nameBytes));
}
