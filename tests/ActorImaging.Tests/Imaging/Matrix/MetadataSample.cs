using System.Globalization;
using System.Text;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Containers;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Matrix;

/// <summary>Pictures that have in everything beside their pixels a word of whose they are, and one that is nobody's business.</summary>
internal static class MetadataSample
{
    private const string Description = """
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <dc:title><rdf:Alt><rdf:li xml:lang="x-default">secret-of-xmp</rdf:li></rdf:Alt></dc:title>
        <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">rights-of-xmp</rdf:li></rdf:Alt></dc:rights>
        </rdf:Description></rdf:RDF></x:xmpmeta>
        """;

    /// <summary>What each format that is read holds, by the rows of the table.</summary>
    public static IReadOnlyDictionary<ImageFormat, string[]> Held { get; } = new Dictionary<ImageFormat, string[]>
    {
        [ImageFormat.Png] = ["EXIF", "XMP", "IPTC", "comment", "other texts", "density"],
        [ImageFormat.Jpeg] = ["EXIF", "XMP", "IPTC", "comment", "density"],
        [ImageFormat.WebP] = ["EXIF", "XMP"],
        [ImageFormat.Gif] = ["XMP", "comment"],
        [ImageFormat.Tiff] = ["EXIF", "XMP", "IPTC", "density"],
        [ImageFormat.Bmp] = ["density"],
        [ImageFormat.Avif] = ["EXIF", "XMP"],
        [ImageFormat.JpegXl] = ["EXIF", "XMP"],
    };

    /// <summary>The part of a word that names its row.</summary>
    public static string WordOf(string row) => row switch { "other texts" => "text", _ => row.ToLowerInvariant() };

    /// <summary>Writes a picture.</summary>
    public static string Write(ImageFormat format, string folder, Action<MagickImage>? change = null)
    {
        using var image = new MagickImage(MagickColors.SteelBlue, 24, 16);
        change?.Invoke(image);
        image.Density = new Density(300, 300, DensityUnit.PixelsPerInch);
        var held = Held[format];
        foreach (var row in held)
        {
            Add(image, row);
        }

        if (format == ImageFormat.Tiff)
        {
            image.Comment = "secret-of-exif"; // the one text of EXIF's first directory that ImageMagick writes there
        }

        var path = Path.Combine(folder, $"{format}{ImageFormats.ExtensionOf(format)}");
        image.Write(path, MagickFormatOf(format));
        if (format == ImageFormat.Gif)
        {
            AddXmp(path); // which ImageMagick does not write there
        }
        else if (format == ImageFormat.Tiff)
        {
            File.WriteAllBytes(path, Crafted.WithTag(File.ReadAllBytes(path), 315, 2, "rights-of-exif\0"u8.ToArray()));
        }

        return path;
    }

    /// <summary>Everything that a file says in words, as readers find it that are not ours.</summary>
    public static string WordsOf(string path)
    {
        var words = new StringBuilder(Encoding.Latin1.GetString(File.ReadAllBytes(path)));
        using var images = new MagickImageCollection(path);
        foreach (var image in images)
        {
            foreach (var profile in image.ProfileNames)
            {
                words.Append(' ').Append(Encoding.Latin1.GetString(image.GetProfile(profile)!.ToReadOnlySpan()));
            }

            foreach (var attribute in image.AttributeNames)
            {
                words.Append(CultureInfo.InvariantCulture, $" {attribute}={image.GetAttribute(attribute)}");
            }
        }

        return words.ToString();
    }

    /// <summary>ImageMagick's name of a format.</summary>
    public static MagickFormat MagickFormatOf(ImageFormat format) => format switch
    {
        ImageFormat.Png => MagickFormat.Png,
        ImageFormat.Jpeg => MagickFormat.Jpeg,
        ImageFormat.WebP => MagickFormat.WebP,
        ImageFormat.Gif => MagickFormat.Gif,
        ImageFormat.Tiff => MagickFormat.Tiff,
        ImageFormat.Bmp => MagickFormat.Bmp,
        ImageFormat.Avif => MagickFormat.Avif,
        _ => MagickFormat.Jxl,
    };

    private static void Add(MagickImage image, string row)
    {
        switch (row)
        {
            case "EXIF":
                var exif = new ExifProfile();
                exif.SetValue(ExifTag.Artist, "rights-of-exif");
                exif.SetValue(ExifTag.ImageDescription, "secret-of-exif");
                exif.SetValue(ExifTag.SerialNumber, "secret-serial-of-exif");
                exif.SetValue(ExifTag.GPSAreaInformation, Encoding.ASCII.GetBytes("ASCII\0\0\0secret-place-of-exif"));
                exif.SetValue(ExifTag.XResolution, new Rational(300));
                exif.SetValue(ExifTag.YResolution, new Rational(300));
                exif.SetValue(ExifTag.ResolutionUnit, (ushort)2);
                image.SetProfile(exif);
                break;
            case "XMP":
                image.SetProfile(new ImageProfile("xmp", Encoding.UTF8.GetBytes(Description)));
                break;
            case "IPTC":
                var iptc = new IptcProfile();
                iptc.SetValue(IptcTag.Caption, "secret-of-iptc");
                iptc.SetValue(IptcTag.CopyrightNotice, "rights-of-iptc");
                image.SetProfile(iptc);
                break;
            case "comment":
                image.Comment = "secret-of-comment";
                break;
            case "other texts":
                image.SetAttribute("Title", "secret-of-text");
                image.SetAttribute("Copyright", "rights-of-text");
                break;
        }
    }

    private static void AddXmp(string path)
    {
        var bare = File.ReadAllBytes(path);
        var colors = (bare[10] & 0x80) == 0 ? 0 : 3 << ((bare[10] & 7) + 1);
        byte[] trailer = [1, .. Enumerable.Range(0, 256).Select(value => (byte)(255 - value)), 0];
        File.WriteAllBytes(path, [.. bare[..(13 + colors)], 0x21, 0xFF, 11, .. "XMP DataXMP"u8, .. Encoding.UTF8.GetBytes(Description), .. trailer, .. bare[(13 + colors)..]]);
    }
}
