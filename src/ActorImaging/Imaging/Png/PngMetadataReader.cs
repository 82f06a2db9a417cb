using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using ActorImaging.Imaging.Metadata;

namespace ActorImaging.Imaging.Png;

/// <summary>Understands what the chunks of a PNG say beside its pixels (PNG specification, third edition, 11.3).</summary>
/// <param name="reading">How much may be read; is told what was left out.</param>
internal sealed class PngMetadataReader(MetadataReading reading)
{
    private const double ChunkUnit = 100_000;
    private const string XmpKeyword = "XML:com.adobe.xmp";

    private static readonly string[] RawProfiles = ["exif", "APP1", "xmp", "iptc", "8bim", "icc", "icm"];

    private static readonly string[] Understood = ["iCCP", "eXIf", "gAMA", "cHRM", "sRGB", "cICP", "pHYs", "tEXt", "zTXt", "iTXt"];

    /// <summary>
    /// What describes how the pixels were stored in this file, and is made anew for another one or means nothing there: significant bits, how often
    /// palette entries occur, when the file was written; what an animation's parts are, which are read as such; and the background that a viewer
    /// without one of its own may show.
    /// </summary>
    private static readonly string[] OfThisFile = ["tRNS", "sBIT", "hIST", "sPLT", "tIME", "bKGD", "acTL", "fcTL", "fdAT"];

    private readonly ImmutableArray<ImageText>.Builder _texts = ImmutableArray.CreateBuilder<ImageText>();
    private readonly ImmutableArray<AncillaryChunk>.Builder _others = ImmutableArray.CreateBuilder<AncillaryChunk>();
    private ImageMetadata _metadata = ImageMetadata.None;

    private static ReadOnlySpan<byte> JpegXmpName => "http://ns.adobe.com/xap/1.0/\0"u8;

    /// <summary>Whether a chunk is to be read. One that can't be carried, since nobody knows whether it still holds, is noted.</summary>
    public bool IsWanted(string type)
    {
        if (Understood.Contains(type) || AncillaryChunk.IsOfHighDynamicRange(type))
        {
            return true;
        }

        if (OfThisFile.Contains(type))
        {
            return false;
        }

        var isSafeToCopy = type.All(char.IsAsciiLetter) && char.IsAsciiLetterLower(type[3]);
        if (!isSafeToCopy)
        {
            reading.Omit(type == "caBX" ? Attachments.Credentials : $"the PNG chunk {(type.All(char.IsAsciiLetter) ? type : "of no name")} was left out: it may not be copied when pixels are written anew");
        }

        return isSafeToCopy;
    }

    /// <summary>Takes note of a chunk.</summary>
    /// <param name="type">Its type, which is wanted.</param>
    /// <param name="data">Its data.</param>
    public void Add(string type, byte[] data)
    {
        switch (type)
        {
            case "iCCP":
                AddProfile(data);
                break;
            case "eXIf" when !reading.IsFirstExif(_metadata):
                break;
            case "eXIf":
                _metadata = _metadata with { Exif = ExifBlock.WithoutPrefix(data) };
                break;
            case "gAMA" when data.Length == 4:
                _metadata = _metadata with { Gamma = Number(data, 0) is > 0 and var gamma ? gamma : null };
                break;
            case "cHRM" when data.Length == 32:
                _metadata = _metadata with
                {
                    Chromaticities = new Chromaticities(
                        Number(data, 0), Number(data, 4), Number(data, 8), Number(data, 12), Number(data, 16), Number(data, 20), Number(data, 24), Number(data, 28)),
                };
                break;
            case "sRGB" when data.Length == 1 && data[0] <= (byte)RenderingIntent.AbsoluteColorimetric:
                _metadata = _metadata with { SrgbIntent = (RenderingIntent)data[0] };
                break;
            case "cICP" when data.Length == 4:
                _metadata = _metadata with { CodePoints = new CodingIndependentCodePoints(data[0], data[1], data[2], data[3] == 1) };
                break;
            case "pHYs" when data.Length == 9:
                _metadata = _metadata with
                {
                    Density = ImageDensity.Of(BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(4)), data[8] == 1 ? DensityUnit.Metre : DensityUnit.None),
                };
                break;
            case "tEXt" or "zTXt" or "iTXt":
                AddText(type, data);
                break;
            case var other when !Understood.Contains(other):
                _others.Add(new AncillaryChunk(other, data));
                break;
            default:
                reading.Omit($"the PNG chunk {type} is damaged and was left out");
                break;
        }
    }

    /// <summary>All of it.</summary>
    public ImageMetadata ToMetadata()
    {
        var orientation = _metadata.Exif.IsEmpty ? null : new ExifBlock(_metadata.Exif).Orientation;
        var whole = _metadata with { Texts = _texts.ToImmutable(), PngChunks = _others.ToImmutable(), Orientation = orientation ?? _metadata.Orientation };
        // what says sRGB says it for the others (PNG specification, third edition, 4.3)
        return whole.IccProfile is null && whole.SrgbIntent is not null ? whole with { Gamma = null, Chromaticities = null } : whole;
    }

    private static double Number(byte[] data, int at) => BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(at)) / ChunkUnit;

    private void AddProfile(byte[] data)
    {
        var name = data.AsSpan().IndexOf((byte)0);
        if (name < 0 || name + 2 > data.Length || reading.TryInflate(new MemoryStream(data, name + 2, data.Length - name - 2), "the colour profile") is not { } profile)
        {
            return;
        }

        _metadata = _metadata with { IccProfile = IccProfile.TryRead(profile) };
        if (_metadata.IccProfile is null)
        {
            reading.Warn("the colour profile is none and was left out");
        }
    }

    private void AddText(string type, byte[] data)
    {
        var end = data.AsSpan().IndexOf((byte)0);
        if (end <= 0 || !ImageText.IsKeyword(Encoding.Latin1.GetString(data, 0, end)))
        {
            reading.Warn("a text is damaged and was left out");
            return;
        }

        var keyword = Encoding.Latin1.GetString(data, 0, end);
        var named = new ImageText(keyword, string.Empty);
        var (text, content) = type switch
        {
            "tEXt" => (named, data.AsMemory(end + 1)),
            "zTXt" => (named, end + 2 <= data.Length ? reading.TryInflate(new MemoryStream(data, end + 2, data.Length - end - 2), "a text") : null),
            _ => ReadInternational(named, data, end),
        };
        if (content is not { } bytes)
        {
            return;
        }

        if (keyword == XmpKeyword)
        {
            _metadata = reading.IsFirstXmp(_metadata) ? _metadata with { Xmp = bytes } : _metadata; // in UTF-8, whatever a text says of itself
        }
        else if (text with { Text = type == "iTXt" ? ImageText.Decode(bytes.Span) : Encoding.Latin1.GetString(bytes.Span) } is var whole && !TryAddRawProfile(whole))
        {
            _texts.Add(whole);
        }
    }

    /// <summary>Keyword, compression flag and method, language, translated keyword, text in UTF-8.</summary>
    private (ImageText Text, ReadOnlyMemory<byte>? Content) ReadInternational(ImageText named, byte[] data, int end)
    {
        var rest = data.AsSpan(Math.Min(data.Length, end + 3));
        var language = rest.IndexOf((byte)0);
        var translated = language < 0 ? -1 : rest[(language + 1)..].IndexOf((byte)0);
        if (translated < 0)
        {
            reading.Warn("a text is damaged and was left out");
            return (named, null);
        }

        var start = end + 3 + language + 1 + translated + 1;
        var text = named with { Language = Encoding.ASCII.GetString(rest[..language]), TranslatedKeyword = Encoding.UTF8.GetString(rest.Slice(language + 1, translated)) };
        return (text, data[end + 1] == 0 ? data.AsMemory(start) : reading.TryInflate(new MemoryStream(data, start, data.Length - start), "a text"));
    }

    private bool TryAddRawProfile(ImageText text)
    {
        if (PngRawProfile.TryRead(text) is not { } profile || !RawProfiles.Contains(profile.Kind))
        {
            return false;
        }

        _metadata = profile.Kind switch
        {
            "exif" or "APP1" when _metadata.Exif.IsEmpty && profile.Data.AsSpan().StartsWith("Exif\0\0"u8) => _metadata with { Exif = ExifBlock.WithoutPrefix(profile.Data) },
            "exif" when _metadata.Exif.IsEmpty => _metadata with { Exif = profile.Data },
            "xmp" when _metadata.Xmp.IsEmpty => _metadata with { Xmp = profile.Data },
            "APP1" when _metadata.Xmp.IsEmpty && profile.Data.AsSpan().StartsWith(JpegXmpName) => _metadata with { Xmp = profile.Data.AsMemory(JpegXmpName.Length) },
            "iptc" or "8bim" when ImageResourceBlock.IsSignature(profile.Data) => _metadata with { ImageResources = ImageResourceBlock.CarriedOf(profile.Data) },
            "iptc" => _metadata with { ImageResources = ImageResourceBlock.Of(profile.Data) },
            "icc" or "icm" when _metadata.IccProfile is null => _metadata with { IccProfile = IccProfile.TryRead(profile.Data) },
            _ => _metadata,
        };
        return true;
    }
}
