using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace ActorImaging.Imaging.Metadata;

/// <summary>
/// XMP (ISO 16684-1), changed only where it says what is not so any more. It is other people's XML: no document type, no depth without end, and what
/// can't be read is not kept.
/// </summary>
internal static partial class XmpPacket
{
    private const int MostDepth = 64;

    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace Meta = "adobe:ns:meta/";
    private static readonly XNamespace Note = "http://ns.adobe.com/xmp/note/";
    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Rights = "http://ns.adobe.com/xap/1.0/rights/";
    private static readonly XNamespace Photoshop = "http://ns.adobe.com/photoshop/1.0/";

    /// <summary>What announces images and films behind the image, which no output has: gain maps, motion photos, depth maps.</summary>
    private static readonly HashSet<string> OfAttachments = new(StringComparer.Ordinal)
    {
        "http://ns.adobe.com/hdr-gain-map/1.0/",
        "http://ns.google.com/photos/1.0/container/",
        "http://ns.google.com/photos/1.0/container/item/",
        "http://ns.google.com/photos/dd/1.0/device/",
        "http://ns.apple.com/HDRGainMap/1.0/",
        "http://ns.apple.com/HDRToneMap/1.0/",
    };

    private static readonly HashSet<XName> OfMotion =
    [
        XName.Get("MotionPhoto", "http://ns.google.com/photos/1.0/camera/"),
        XName.Get("MotionPhotoVersion", "http://ns.google.com/photos/1.0/camera/"),
        XName.Get("MotionPhotoPresentationTimestampUs", "http://ns.google.com/photos/1.0/camera/"),
        XName.Get("MicroVideo", "http://ns.google.com/photos/1.0/camera/"),
        XName.Get("MicroVideoVersion", "http://ns.google.com/photos/1.0/camera/"),
        XName.Get("MicroVideoOffset", "http://ns.google.com/photos/1.0/camera/"),
    ];

    /// <summary>Pictures within the packet: they show the image as it was, also what was cut off since.</summary>
    private static readonly HashSet<XName> OfPictures =
    [
        XName.Get("Thumbnails", "http://ns.adobe.com/xap/1.0/"),
        XName.Get("image", "http://ns.adobe.com/xap/1.0/g/img/"),
        XName.Get("Data", "http://ns.google.com/photos/1.0/image/"),
        XName.Get("Data", "http://ns.google.com/photos/1.0/depthmap/"),
    ];

    private static readonly XName[] OfRights =
        [Dc + "rights", Dc + "creator", Rights + "Marked", Rights + "WebStatement", Rights + "Owner", Rights + "UsageTerms", Photoshop + "Credit"];

    /// <summary>A packet in UTF-8, which it may not be in a TIFF (ISO 16684-1, 7.1).</summary>
    public static ReadOnlyMemory<byte> InUtf8(ReadOnlyMemory<byte> xmp) => xmp.Span switch
    {
        [0xFE, 0xFF, ..] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(xmp.Span[2..])),
        [0xFF, 0xFE, ..] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(xmp.Span[2..])),
        [0, (byte)'<', ..] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(xmp.Span)),
        [(byte)'<', 0, ..] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(xmp.Span)),
        _ => xmp,
    };

    /// <summary>Names what a packet announces behind the image; null for nothing.</summary>
    public static string? AttachmentOf(ReadOnlyMemory<byte> xmp)
    {
        var text = Encoding.UTF8.GetString(xmp.Span);
        return text.Contains("hdr-gain-map", StringComparison.Ordinal) || text.Contains("HDRGainMap", StringComparison.Ordinal) ? Attachments.GainMap
            : text.Contains("MotionPhoto", StringComparison.Ordinal) || text.Contains("MicroVideo", StringComparison.Ordinal) ? Attachments.Film
            : text.Contains("photos/1.0/container/", StringComparison.Ordinal) || text.Contains("photos/dd/1.0/device/", StringComparison.Ordinal) ? Attachments.FurtherImages
            : null;
    }

    /// <summary>A packet that says that the image is upright, where it says an orientation: nothing but that digit is changed.</summary>
    public static ReadOnlyMemory<byte> Upright(ReadOnlyMemory<byte> xmp)
    {
        var text = Encoding.Latin1.GetString(xmp.Span); // a character a byte, whatever they mean
        HashSet<string> prefixes = ["tiff", .. TiffPrefix().Matches(text).Select(match => match.Groups["prefix"].Value)]; // the usual one and what it is called here
        var isChanged = false;
        var upright = Orientation().Replace(text, match =>
        {
            var isTiff = prefixes.Contains(match.Groups["prefix"].Value);
            isChanged |= isTiff;
            return isTiff ? match.Groups["before"].Value + "1" : match.Value;
        });
        return isChanged ? Encoding.Latin1.GetBytes(upright) : xmp;
    }

    /// <summary>A packet without the pictures in it.</summary>
    /// <param name="xmp">The packet.</param>
    /// <returns>The packet; null where there may be some, and it can't be read.</returns>
    public static ReadOnlyMemory<byte>? WithoutPictures(ReadOnlyMemory<byte> xmp)
    {
        if (xmp.Span.IndexOf("Thumbnails"u8) < 0 && xmp.Span.IndexOf(":image"u8) < 0 && xmp.Span.IndexOf("ns.google.com/photos/1.0/"u8) < 0)
        {
            return xmp; // as it is, which most are
        }

        if (TryParse(xmp) is not { } document)
        {
            return null;
        }

        var elements = document.Descendants().Where(element => OfPictures.Contains(element.Name)).ToList();
        var attributes = document.Descendants().Attributes().Where(attribute => OfPictures.Contains(attribute.Name)).ToList();
        elements.Where(element => element.Parent is not null).Remove();
        attributes.Remove();
        return elements.Count + attributes.Count > 0 ? ToBytes(document) : xmp;
    }

    /// <summary>A packet that announces nothing behind the image.</summary>
    public static ReadOnlyMemory<byte> WithoutAttachments(ReadOnlyMemory<byte> xmp) => Edit(xmp, document =>
    {
        document.Descendants().Where(element => IsOfAttachment(element.Name)).Remove();
        document.Descendants().Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && IsOfAttachment(attribute.Name)).Remove();
        document.Descendants().Attributes().Where(attribute => attribute.IsNamespaceDeclaration && OfAttachments.Contains(attribute.Value)).Remove();
    });

    /// <summary>Only whose the image is; empty where that is not said.</summary>
    public static ReadOnlyMemory<byte> RightsOf(ReadOnlyMemory<byte> xmp)
    {
        if (TryParse(xmp) is not { } document)
        {
            return default;
        }

        var description = new XElement(Rdf + "Description", new XAttribute(Rdf + "about", string.Empty));
        foreach (var source in document.Descendants(Rdf + "RDF").Take(1).Elements(Rdf + "Description")) // those within others are values
        {
            description.Add(source.Elements().Where(element => OfRights.Contains(element.Name)));
            description.Add(source.Attributes().Where(attribute => OfRights.Contains(attribute.Name) && description.Attribute(attribute.Name) is null));
        }

        return description.HasElements || description.Attributes().Count() > 1 ? ToBytes(Wrap(description)) : default;
    }

    /// <summary>Puts what JPEG has in further segments into the first packet (XMP specification, part 3, 1.1.3.1).</summary>
    public static ReadOnlyMemory<byte> Merge(ReadOnlyMemory<byte> standard, ReadOnlyMemory<byte> extended)
    {
        if (TryParse(standard) is not { } document || TryParse(extended) is not { } further)
        {
            return standard;
        }

        var target = document.Descendants(Rdf + "RDF").FirstOrDefault();
        target?.Add(further.Descendants(Rdf + "RDF").Elements());
        document.Descendants().Attributes(Note + "HasExtendedXMP").Remove();
        document.Descendants(Note + "HasExtendedXMP").Remove();
        return ToBytes(document);
    }

    /// <summary>The digest by which the first packet of a JPEG names the rest of it.</summary>
    public static string? ExtensionOf(ReadOnlyMemory<byte> standard) => TryParse(standard) is { } document
        ? document.Descendants().Attributes(Note + "HasExtendedXMP").FirstOrDefault()?.Value ?? document.Descendants(Note + "HasExtendedXMP").FirstOrDefault()?.Value
        : null;

    /// <summary>The packet that a JPEG begins with when all of its XMP is in further segments, and the digest that names those.</summary>
    public static (byte[] Standard, string Digest) Announce(ReadOnlyMemory<byte> extended)
    {
#pragma warning disable CA5351 // the format names the rest by this digest: nothing is kept safe by it
        var digest = Convert.ToHexString(MD5.HashData(extended.Span));
#pragma warning restore CA5351
        var description = new XElement(Rdf + "Description", new XAttribute(Rdf + "about", string.Empty), new XAttribute(Note + "HasExtendedXMP", digest));
        return (ToBytes(Wrap(description)), digest);
    }

    private static bool IsOfAttachment(XName name) => OfAttachments.Contains(name.NamespaceName) || OfMotion.Contains(name);

    /// <summary>A packet, by whose first and last line programs find it in files that they don't know (XMP specification, part 1, 7.3.2).</summary>
    private static XDocument Wrap(XElement description) => new(
        new XProcessingInstruction("xpacket", "begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\""),
        new XElement(
            Meta + "xmpmeta",
            new XAttribute(XNamespace.Xmlns + "x", Meta),
            new XElement(Rdf + "RDF", new XAttribute(XNamespace.Xmlns + "rdf", Rdf), description)),
        new XProcessingInstruction("xpacket", "end=\"w\""));

    private static ReadOnlyMemory<byte> Edit(ReadOnlyMemory<byte> xmp, Action<XDocument> change)
    {
        if (TryParse(xmp) is not { } document)
        {
            return xmp;
        }

        change(document);
        return ToBytes(document);
    }

    private static XDocument? TryParse(ReadOnlyMemory<byte> xmp)
    {
        if (xmp.IsEmpty)
        {
            return null;
        }

        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = xmp.Length };
            var trimmed = xmp.Span.Trim("\0 \r\n\t"u8).ToArray();
            using (var depth = XmlReader.Create(new MemoryStream(trimmed), settings))
            {
                while (depth.Read())
                {
                    if (depth.Depth > MostDepth)
                    {
                        return null;
                    }
                }
            }

            using var reader = XmlReader.Create(new MemoryStream(trimmed), settings);
            return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static byte[] ToBytes(XDocument document)
    {
        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineHandling = NewLineHandling.None };
        using (var writer = XmlWriter.Create(stream, settings))
        {
            document.WriteTo(writer);
        }

        return stream.ToArray();
    }

    [GeneratedRegex(@"(?<before>[\s<](?<prefix>[^\s:<>=""']+):Orientation\s*(=\s*[""']|>\s*))[2-8]")]
    private static partial Regex Orientation();

    [GeneratedRegex(@"\sxmlns:(?<prefix>[^\s:<>=""']+)\s*=\s*[""']http://ns\.adobe\.com/tiff/1\.0/[""']")]
    private static partial Regex TiffPrefix();
}
