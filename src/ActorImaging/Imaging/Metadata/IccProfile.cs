using System.Buffers.Binary;
using System.Text;

namespace ActorImaging.Imaging.Metadata;

/// <summary>
/// A colour profile whose header and table of tags hold together (ICC.1:2022): what is none, or cut off, never comes this far. What its tags say is
/// only looked at to tell whether it is sRGB.
/// </summary>
internal sealed class IccProfile
{
    private const int HeaderBytes = 128;
    private const int TagBytes = 12;
    private const int MostTags = 200;
    private const int ColorSpaceAt = 16;
    private const int SignatureAt = 36;

    private static readonly string[] InputOrDisplay = ["mntr", "scnr", "prtr", "spac"];

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _tags;

    private IccProfile(ReadOnlyMemory<byte> bytes, Dictionary<string, ReadOnlyMemory<byte>> tags)
    {
        (Bytes, _tags) = (bytes, tags);
        ColorSpace = SpaceOf(TextAt(bytes.Span, ColorSpaceAt));
        IsSrgb = MatrixCurves.Read(this)?.IsSrgb ?? false;
    }

    /// <summary>The profile.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>What channels it describes.</summary>
    public IccColorSpace ColorSpace { get; }

    /// <summary>Whether it gives each colour as sRGB does, so that leaving it away changes nothing.</summary>
    public bool IsSrgb { get; }

    /// <summary>Reads a profile.</summary>
    /// <param name="bytes">What is said to be one.</param>
    /// <returns>The profile, or null where it is none.</returns>
    public static IccProfile? TryRead(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < HeaderBytes + 4 || !span[SignatureAt..].StartsWith("acsp"u8) || !InputOrDisplay.Contains(TextAt(span, 12)))
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(span);
        var count = BinaryPrimitives.ReadUInt32BigEndian(span[HeaderBytes..]);
        if (length < HeaderBytes + 4 || length > span.Length || count is 0 or > MostTags || HeaderBytes + 4 + (count * TagBytes) > length)
        {
            return null;
        }

        return TryReadTags(bytes[..(int)length], (int)count) is { } tags ? new IccProfile(bytes[..(int)length], tags) : null;
    }

    /// <summary>The data of a tag; empty where there is none.</summary>
    public ReadOnlySpan<byte> Tag(string signature) => _tags.TryGetValue(signature, out var data) ? data.Span : default;

    private static Dictionary<string, ReadOnlyMemory<byte>>? TryReadTags(ReadOnlyMemory<byte> profile, int count)
    {
        var tags = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        for (var index = 0; index < count; index++)
        {
            var entry = profile.Span.Slice(HeaderBytes + 4 + (index * TagBytes), TagBytes);
            long offset = BinaryPrimitives.ReadUInt32BigEndian(entry[4..]), size = BinaryPrimitives.ReadUInt32BigEndian(entry[8..]);
            if (offset + size > profile.Length)
            {
                return null;
            }

            tags[TextAt(entry, 0)] = profile.Slice((int)offset, (int)size);
        }

        return tags;
    }

    private static string TextAt(ReadOnlySpan<byte> bytes, int at) => Encoding.Latin1.GetString(bytes.Slice(at, 4));

    private static IccColorSpace SpaceOf(string signature) => signature switch
    {
        "GRAY" => IccColorSpace.Gray,
        "RGB " => IccColorSpace.Rgb,
        "CMYK" => IccColorSpace.Cmyk,
        _ => IccColorSpace.Other,
    };
}

/// <summary>The channels that a profile describes.</summary>
internal enum IccColorSpace
{
    /// <summary>Gray.</summary>
    Gray,

    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Cyan, magenta, yellow, black.</summary>
    Cmyk,

    /// <summary>Lab and all others.</summary>
    Other,
}
