using System.Text;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Containers;

/// <summary>A file that is made to cost more than it is worth, and what becomes of it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Make">Makes it.</param>
/// <param name="Refusal">What a refusal says of it; null where the image is done.</param>
/// <param name="Frames">The frames that are asked for.</param>
internal sealed record HostileFile(string Name, Func<byte[]> Make, string? Refusal, FramePolicy Frames = FramePolicy.First)
{
    public override string ToString() => Name;
}

/// <summary>Files that lie about their size, their frames, or how much there is to walk through.</summary>
internal static class HostileFiles
{
    private const int Mebibyte = 1 << 20;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HostileFile> All { get; } =
    [
        new("png-500-million-wide", () => Crafted.Png(Crafted.PngHeader(500_000_000, 1, 16, 6), Crafted.PngChunk("IDAT", [1])), "(actor-imaging.limits.width)"),
        new("png-2-billion-wide", () => Crafted.Png(Crafted.PngHeader(int.MaxValue, 1, 16, 6), Crafted.PngChunk("IDAT", [1])), "(actor-imaging.limits.width)"),
        new("png-4-billion-high", () => Crafted.Png(Crafted.PngHeader(1, uint.MaxValue, 8, 0), Crafted.PngChunk("IDAT", [1])), "is no PNG: its header says 1x4294967295"),
        new("png-texts-before", () => Png(before: Texts()), null),
        new("png-texts-behind", () => Png(behind: Texts()), null),
        new("png-profile-that-inflates", () => Png(before: Crafted.PngChunk("iCCP", [.. "x\0\0"u8, .. Crafted.Deflate(new byte[64 * Mebibyte])])), null),
        new("png-long-exif", () => Png(before: Crafted.PngChunk("eXIf", new byte[16 * Mebibyte])), null),
        new("png-many-chunks-before", () => Png(before: Crafted.Repeat(Crafted.PngChunk("abCd", []), 200_000)), "is no whole PNG"),
        new("png-many-chunks-behind", () => Png(behind: Crafted.Repeat(Crafted.PngChunk("abCd", []), 100_000)), null),
        new("png-long-palette", () => Png(before: Crafted.PngChunk("PLTE", new byte[30 * Mebibyte])), "is no PNG: its PLTE has 31,457,280 bytes"),
        new("png-many-frames", () => Png(before: Crafted.PngChunk("acTL", [0, 0x0F, 0, 0, 0, 0, 0, 0]), behind: ManyFrames()), "(actor-imaging.limits.frames)", FramePolicy.All),
        new("jpeg-many-scans", ManyScans, "(actor-imaging.limits.scans)"),
        new("jpeg-comments-before", () => Crafted.WithSegments(Jpeg(), Crafted.Repeat(Crafted.Segment(0xFE, new byte[65_000]), 1000)), null),
        new("jpeg-comments-between", () => CommentsBetweenScans(65_000, 1000), null),
        new("jpeg-many-segments", () => Crafted.WithSegments(Jpeg(), Crafted.Repeat(Crafted.Segment(0xFE, []), 1_000_000)), "has more than 10,000 segments"),
        new("jpeg-many-segments-between", () => CommentsBetweenScans(0, 1_000_000), "has more than 10,000 segments between its scans"),
        new("jpeg-extended-xmp", () => Crafted.WithSegments(Jpeg(), Crafted.Repeat(Crafted.Segment(0xE1, [.. "http://ns.adobe.com/xmp/extension/\0"u8, .. new byte[60_000]]), 1000)), null),
        new("gif-huge-screen", () => Crafted.Gif(65_535, 65_535, Crafted.GifFrame()), "(actor-imaging.limits.pixels)"),
        new("gif-short-control", () => Crafted.Gif(9, 9, [0x21, 0xF9, 1, 0, 0, 0, 0], Crafted.GifFrame()), null),
        new("gif-many-frames", () => Crafted.Gif(9, 9, Crafted.Repeat(Crafted.GifFrame(), 300_000)), "(actor-imaging.limits.frames)", FramePolicy.All),
        new("gif-many-blocks", () => Crafted.Gif(9, 9, Crafted.Repeat([0x21, 0xFE, 0], 1_000_000), Crafted.GifFrame()), "has more than 100,000 blocks"),
        new("gif-long-comment", () => Crafted.Gif(9, 9, [0x21, 0xFE, .. Crafted.Repeat([255, .. new byte[255]], 100_000), 0], Crafted.GifFrame()), null),
        new("gif-frames-of-a-large-screen", () => Crafted.Gif(4000, 4000, Crafted.Repeat(Crafted.GifFrame(), 900)), "(actor-imaging.limits.output-pixels)", FramePolicy.All),
        new("webp-larger-than-it-says", () => Crafted.Riff(Crafted.RiffChunk("VP8X", Crafted.ExtendedWebP(0, 10, 10)), Crafted.RiffChunk("VP8L", Crafted.LosslessStart(16384, 16384))), "(actor-imaging.limits.pixels)"),
        new("webp-frames-of-a-large-canvas", () => AnimatedWebP(3000, 400), "(actor-imaging.limits.output-pixels)", FramePolicy.All),
        new("webp-many-chunks", () => Crafted.Riff(Crafted.Repeat(Crafted.RiffChunk("abcd", []), 500_000)), "is no whole WebP"),
        new("webp-frame-outside", () => Crafted.Riff(Crafted.RiffChunk("VP8X", Crafted.ExtendedWebP(2, 10, 10)), AnimatedFrame(200)), "lies outside the 10x10"),
        new("bmp-with-png", () => Crafted.Bmp(10, 10, 5, Crafted.Png(Crafted.PngHeader(20_000, 20_000, 1, 0), Crafted.PngChunk("IDAT", Crafted.PngRows(2500, 20_000)))), "has a PNG within it"),
        new("bmp-with-jpeg", () => Crafted.Bmp(10, 10, 4, Jpeg()), "has a JPEG within it"),
        new("bmp-endless", () => Crafted.Bmp(int.MaxValue, int.MinValue, 0, [1, 2, 3]), "is no BMP: its header says 2147483647x-2147483648"),
        new("bmp-wide", () => Crafted.Bmp(1_000_000_000, 1, 1, [1, 2, 3]), "(actor-imaging.limits.width)"),
        new("tiff-many-pages", () => TiffPages(20_000), "(actor-imaging.limits.frames)", FramePolicy.All),
        new("tiff-many-pages-first", () => TiffPages(20_000), null),
        new("tiff-circle", () => Crafted.Tiff(8, Gray(8, 8)), "lead back to each other", FramePolicy.All),
        new("tiff-huge", () => Crafted.Tiff(0, Gray(1_000_000, 1_000_000)), "(actor-imaging.limits.width)"),
        new("tiff-many-entries", () => [.. "II*\0"u8, .. Crafted.UInt32(8, true), 0xFF, 0xFF, .. new byte[12 * 65_535]], "has a TIFF directory of 65,535 entries"),
        new("tiff-large-tiles", () => Crafted.Tiff(0, [.. Gray(10, 10), (322, 4, 1, 46_000), (323, 4, 1, 46_000)]), "its tiles of 46000x46000 are much larger than the 10x10"),
        new("tiff-huge-pages", () => HugePages(), "(actor-imaging.limits.width)", FramePolicy.All),
        new("tiff-many-samples", () => Crafted.Tiff(0, [.. Gray(5000, 5000).Where(entry => entry.Tag != 277), (277, 3, 1, 28)]), "is a TIFF with 28 samples a pixel"),
        new("png-many-names", () => Png(behind: Crafted.Join(Enumerable.Range(0, 60_000).Select(number => Crafted.PngChunk(NameOf(number), [])))), null),
        new("png-many-safe-chunks-behind", () => Png(behind: Crafted.Repeat(Crafted.PngChunk("abCd", []), 2_000_000)), null),
        new("xmp-within-xmp", () => Png(before: Crafted.PngChunk("iTXt", [.. "XML:com.adobe.xmp\0\u0001\0\0\0"u8, .. Crafted.Deflate(Encoding.UTF8.GetBytes(Nested()))])), null),
        new("heif-references-beyond-their-box", () => Heif(HeifFile.Box("iref", [0, 0, 0, 0, .. Crafted.Repeat(HeifFile.Box("dimg", [0, 1, 0xFF, 0xFF]), 2000)])), "is no HEIF that can be read: an image of it has no size"),
        new("heif-properties-beyond-their-box", () => Heif(HeifFile.Box("iprp", [.. HeifFile.Box("ipco", []), .. Crafted.Repeat(HeifFile.Box("ipma", [0, 0, 0, 0, 0, 0, 0x4E, 0x20]), 2000)])), "is no HEIF that can be read: an image of it has no size"),
        new("heif-pieces-over-each-other", () => Heif(HeifFile.Box("iloc", [0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xFF])), "pieces of an item lie over each other"),
        new("tiff-large-tiles-below-zero", () => Crafted.Tiff(0, [.. Gray(10, 10), (322, 9, 1, 46_000), (323, 9, 1, 46_000)]), "its tiles of 46000x46000 are much larger than the 10x10"),
        new("tiff-samples-below-zero", () => Crafted.Tiff(0, [.. Gray(10, 10).Where(entry => entry.Tag != 277), (277, 8, 1, 28)]), "is a TIFF with 28 samples a pixel"),
        new("tiff-closed-codec-below-zero", () => Crafted.Tiff(0, [.. Gray(10, 10).Where(entry => entry.Tag != 259), (259, 9, 1, 6)]), "is a TIFF of compression 6"),
        new("tiff-codec-by-a-fraction", () => Crafted.Tiff(0, [.. Gray(10, 10).Where(entry => entry.Tag != 259), (259, 11, 1, 6)]), "its tag 259 is no number"),
        new("tiff-raw", () => Crafted.Tiff(0, [.. Gray(10, 10).Where(entry => entry.Tag != 262), (262, 3, 1, 32_803)]), "is a TIFF of photometric interpretation 32803"),
        new("tiff-lab-of-fractions", () => Crafted.Tiff(0, [.. Gray(10, 10).Where(entry => entry.Tag != 262), (262, 3, 1, 8), (339, 3, 1, 3)]), "CIELab in floating-point numbers"),
        new("heif-two-lists", () => [.. Coded(HeifFile.Box("meta", [0, 0, 0, 0]))], "has two boxes 'meta'"),
        new("heif-two-films", () => [.. Coded(HeifFile.Box("moov", []), HeifFile.Box("moov", []))], "has two boxes 'moov'"),
        new("heif-huge-transparency", () => Coded(20_000, []), "is no HEIF: the parts of its 64x48 have 400,003,072 pixels together"),
        new("heif-huge-frames", () => Coded(Film(20_000)), "(actor-imaging.limits.pixels)", FramePolicy.All),
        new("heif-empty-chunks", () => Coded(Film(64, samplesPerChunk: 0)), "is no HEIF: it has places for frames without any", FramePolicy.All),
        new("jpeg-fill-bytes", () => [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, .. Crafted.Repeat([0xFF], 4 * Mebibyte), 0xD9], "has more than 100,000 bytes that fill up"),
        new("gif-zeros", () => Crafted.Gif(9, 9, new byte[4 * Mebibyte], Crafted.GifFrame()), "is in more than"),
        new("gif-short-pieces", () => Crafted.Gif(9, 9, [0x21, 0xFE, .. Crafted.Repeat([1, 0x61], 2 * Mebibyte), 0], Crafted.GifFrame()), "is in more than"),
        new("png-many-chunks-within", () => Png(before: Crafted.PngChunk("acTL", [0, 0, 0, 3, 0, 0, 0, 0]), behind: Crafted.Repeat(Crafted.PngChunk("abCd", []), 500_000)), "chunks", FramePolicy.All),
        new("jpeg-12-bit", () => Changed(Jpeg(), jpeg => jpeg[jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 4] = 12), "is a JPEG of 12 bits a channel"),
        new("jpeg-lossless", () => Changed(Jpeg(), jpeg => jpeg[jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 1] = 0xC3), "lossless or in a hierarchy"),
        new("heif-many-items", ManyItems, "is a HEIF whose image is 'missing'"),
        new("heif-huge", HugeImage, "is no HEIF that can be read: its pixels do not"),
        new("jxl-huge", () => JpegXl(0xFFFF_FFFF_FFFF_FFFE), "is no JPEG XL: its header says"),
        new("jxl-huge-animation", () => Convert.FromHexString("ff0a4eb36834a7d9120808a0020000ac004b386998ca83f72b2808803ae3c4189417900120ea7650d3ff90a0dfff90cebf5fd1cb9f9b02d801f03201"), "(actor-imaging.limits.width)", FramePolicy.All),
        new("xmp-of-entities", () => Crafted.WithSegments(Jpeg(), Crafted.Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(Entities())])), null),
        new("xmp-deep", () => Crafted.WithSegments(Jpeg(), Crafted.Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(Deep())])), null),
        new("exif-circle", () => Crafted.WithSegments(Jpeg(), Crafted.Segment(0xE1, [.. "Exif\0\0"u8, .. Crafted.Tiff(8, (0x8769, 4, 1, 8), (0x8825, 4, 1, 8), (0xA005, 4, 1, 8))])), null),
    ];

    private static byte[] Png(byte[]? before = null, byte[]? behind = null) =>
        Crafted.Png(Crafted.PngHeader(64, 64, 8, 0), before ?? [], Crafted.PngChunk("IDAT", Crafted.PngRows(64, 64)), behind ?? []);

    /// <summary>Pages whose pixels together are more than a number can say.</summary>
    private static byte[] HugePages()
    {
        var page = Gray(int.MaxValue, int.MaxValue);
        var (first, length) = ((uint)Crafted.Tiff(0, page).Length, (uint)Crafted.TiffDirectory(0, page).Length);
        return [.. Crafted.Tiff(first, page), .. Crafted.TiffDirectory(first + length, page), .. Crafted.TiffDirectory(first + (2 * length), page), .. Crafted.TiffDirectory(0, page), .. new byte[300]];
    }

    private static byte[] Changed(byte[] file, Action<byte[]> change)
    {
        change(file);
        return file;
    }

    /// <summary>A name of a chunk that may not be copied.</summary>
    private static string NameOf(int number) => string.Create(4, number, (name, left) =>
    {
        (name[0], name[3]) = ('a', 'A');
        (name[1], name[2]) = (Letter(left % 52), (char)('A' + (left / 52 % 26)));
        name[3] = (char)('A' + (left / 52 / 26 % 26));
    });

    private static char Letter(int number) => (char)(number < 26 ? 'a' + number : 'A' + number - 26);

    private static string Nested()
    {
        const string Open = "<rdf:Description><dc:rights>", Close = "</dc:rights></rdf:Description>";
        return "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
            + string.Concat(Enumerable.Repeat(Open, 28)) + string.Concat(Enumerable.Repeat("<a/>", 900_000)) + string.Concat(Enumerable.Repeat(Close, 28)) + "</rdf:RDF></x:xmpmeta>";
    }

    /// <summary>A file with one item, of no size, and a box more that speaks of it.</summary>
    private static byte[] Heif(byte[] box) =>
    [
        .. HeifFile.Box("ftyp", [.. "heic\0\0\0\0mif1heic"u8]),
        .. HeifFile.Box("meta",
        [
            0, 0, 0, 0, .. HeifFile.Box("pitm", [0, 0, 0, 0, 0, 1]), .. HeifFile.Box("iinf", [0, 0, 0, 0, 0, 1, .. HeifFile.Box("infe", [2, 0, 0, 0, 0, 1, 0, 0, .. "hvc1\0"u8])]), .. box,
        ]),
    ];

    /// <summary>An AV1 image of 64x48 that says so, and what follows the list of its images.</summary>
    private static byte[] Coded(params byte[][] boxes) => Coded(64, boxes);

    private static byte[] Coded(int alphaSide, byte[][] boxes)
    {
        byte[] Item(byte id) => HeifFile.Box("infe", [2, 0, 0, (byte)(id - 1), 0, id, 0, 0, .. "av01\0"u8]);
        byte[] Extents(int width, int height) => HeifFile.Box("ispe", [0, 0, 0, 0, .. Crafted.UInt32((uint)width, false), .. Crafted.UInt32((uint)height, false)]);
        byte[] properties =
        [
            .. Extents(64, 48), .. Av1(64, 48), .. Extents(alphaSide, alphaSide), .. Av1(alphaSide, alphaSide),
            .. HeifFile.Box("auxC", [0, 0, 0, 0, .. "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0"u8]),
        ];
        return
        [
            .. HeifFile.Box("ftyp", [.. "avif\0\0\0\0mif1avif"u8]),
            .. HeifFile.Box(
                "meta",
                [
                    0, 0, 0, 0,
                    .. HeifFile.Box("pitm", [0, 0, 0, 0, 0, 1]),
                    .. HeifFile.Box("iinf", [0, 0, 0, 0, 0, 2, .. Item(1), .. Item(2)]),
                    .. HeifFile.Box("iref", [0, 0, 0, 0, .. HeifFile.Box("auxl", [0, 2, 0, 1, 0, 1])]),
                    .. HeifFile.Box("iprp", [.. HeifFile.Box("ipco", properties), .. HeifFile.Box("ipma", [0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 2, 1, 2, 0, 2, 3, 3, 4, 5])]),
                ]),
            .. Crafted.Join(boxes),
        ];
    }

    /// <summary>What a decoder of AV1 takes the size from (AV1 bitstream specification, 5.5.1, the short header of a still picture).</summary>
    private static byte[] Av1(int width, int height)
    {
        var bits = "000" + "1" + "1" + "00000" + "1111" + "1111" + Convert.ToString(width - 1, 2).PadLeft(16, '0') + Convert.ToString(height - 1, 2).PadLeft(16, '0') + new string('0', 14);
        byte[] header = [.. bits.Chunk(8).Select(eight => Convert.ToByte(new string(eight), 2))];
        return HeifFile.Box("av1C", [0x81, 0, 0, 0, 0x0A, (byte)header.Length, .. header]);
    }

    /// <summary>Three frames that say of themselves that they are 64x64, and whose coded pixels say otherwise.</summary>
    private static byte[] Film(int side, byte samplesPerChunk = 1)
    {
        byte[] entry = HeifFile.Box("av01", [.. new byte[24], 0, 64, 0, 64, .. new byte[50], .. Av1(side, side)]);
        byte[] tables =
        [
            .. HeifFile.Box("stsd", [0, 0, 0, 0, 0, 0, 0, 1, .. entry]),
            .. HeifFile.Box("stsz", [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 3]),
            .. HeifFile.Box("stsc", [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, samplesPerChunk, 0, 0, 0, 1]),
            .. HeifFile.Box("stco", [0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0, 9]),
        ];
        byte[] media = [.. HeifFile.Box("hdlr", [0, 0, 0, 0, 0, 0, 0, 0, .. "pict"u8]), .. HeifFile.Box("minf", HeifFile.Box("stbl", tables))];
        return HeifFile.Box("moov", HeifFile.Box("trak", HeifFile.Box("mdia", media)));
    }

    private static byte[] Texts()
    {
        var text = Crafted.Deflate([.. Enumerable.Repeat((byte)'a', 7_000_000)]);
        return Crafted.Join(Enumerable.Range(0, 200).Select(number => Crafted.PngChunk("zTXt", [.. Encoding.ASCII.GetBytes($"k{number}"), 0, 0, .. text])));
    }

    private static byte[] ManyFrames()
    {
        byte[] control = Crafted.PngChunk("fcTL", [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, .. new byte[14]]);
        return Crafted.Repeat([.. control, .. Crafted.PngChunk("fdAT", [0, 0, 0, 0, 1])], 200_000);
    }

    private static byte[] Jpeg(Action<MagickImage>? change = null)
    {
        using var image = new MagickImage(MagickColors.Red, 64, 64);
        change?.Invoke(image);
        return image.ToByteArray(MagickFormat.Jpeg);
    }

    /// <summary>A progressive JPEG whose last scan comes again and again.</summary>
    private static byte[] ManyScans()
    {
        var jpeg = Jpeg(image => image.Settings.Interlace = Interlace.Plane);
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC2]);
        (jpeg[frame + 5], jpeg[frame + 6], jpeg[frame + 7], jpeg[frame + 8]) = (0x1F, 0x40, 0x1F, 0x40); // 8000 x 8000
        var last = jpeg.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        return [.. jpeg[..last], .. Crafted.Repeat(jpeg[last..^2], 1000), 0xFF, 0xD9];
    }

    private static byte[] CommentsBetweenScans(int bytes, int count)
    {
        var jpeg = Jpeg(image => image.Settings.Interlace = Interlace.Plane);
        var last = jpeg.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        return [.. jpeg[..last], .. Crafted.Repeat(Crafted.Segment(0xFE, new byte[bytes]), count), .. jpeg[last..]];
    }

    private static byte[] AnimatedFrame(int side) => Crafted.RiffChunk(
        "ANMF", [0, 0, 0, 0, 0, 0, .. Side(side), .. Side(side), 100, 0, 0, 0, .. Crafted.RiffChunk("VP8L", Crafted.LosslessStart(side, side))]);

    private static byte[] Side(int side) => [(byte)(side - 1), (byte)((side - 1) >> 8), 0];

    private static byte[] AnimatedWebP(int side, int frames) => Crafted.Riff(
        Crafted.RiffChunk("VP8X", Crafted.ExtendedWebP(2, side, side)), Crafted.RiffChunk("ANIM", new byte[6]), Crafted.Repeat(AnimatedFrame(side), frames));

    private static (ushort Tag, ushort Type, uint Count, uint Value)[] Gray(uint width, uint height, uint strip = 200) =>
    [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, strip), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, width * height),
    ];

    private static byte[] TiffPages(int pages)
    {
        const int PageBytes = 2 + (9 * 12) + 4 + 64;
        return
        [
            .. "II*\0"u8, .. Crafted.UInt32(8, true),
            .. Enumerable.Range(0, pages).SelectMany(page =>
            {
                var start = 8 + (page * PageBytes);
                return (byte[])[.. Crafted.TiffDirectory(page + 1 < pages ? (uint)(start + PageBytes) : 0, Gray(8, 8, (uint)(start + PageBytes - 64))), .. new byte[64]];
            }),
        ];
    }

    private static byte[] Brand() => HeifFile.Box("ftyp", [.. "heic"u8, 0, 0, 0, 0, .. "mif1heic"u8]);

    private static byte[] ManyItems() =>
        [.. Brand(), .. HeifFile.Box("meta", [0, 0, 0, 0, .. HeifFile.Box("iinf", [2, 0, 0, 0, 0, 0x10, 0, 0, .. Crafted.Repeat(HeifFile.Box("infe", [2, 0, 0, 0, 0, 1, 0, 0, .. "hvc1\0"u8]), 1_000_000)])])];

    /// <summary>An image that says it is 100,000 pixels wide, of eight bytes that are none.</summary>
    private static byte[] HugeImage()
    {
        byte[] Item(byte id, string type) => HeifFile.Box("infe", [2, 0, 0, 0, 0, id, 0, 0, .. Encoding.ASCII.GetBytes(type), 0]);
        byte[] extents = HeifFile.Box("ispe", [0, 0, 0, 0, .. Crafted.UInt32(100_000, false), .. Crafted.UInt32(100_000, false)]);
        return
        [
            .. Brand(),
            .. HeifFile.Box(
                "meta",
                [
                    0, 0, 0, 0,
                    .. HeifFile.Box("pitm", [0, 0, 0, 0, 0, 1]),
                    .. HeifFile.Box("iinf", [0, 0, 0, 0, 0, 1, .. Item(1, "av01")]),
                    .. HeifFile.Box("iprp", [.. HeifFile.Box("ipco", extents), .. HeifFile.Box("ipma", [0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0x81])]),
                    .. HeifFile.Box("iloc", [0, 0, 0, 0, 0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 8]),
                ]),
        ];
    }

    private static byte[] JpegXl(ulong bits) => [0xFF, 0x0A, .. BitConverter.GetBytes(bits), .. BitConverter.GetBytes(ulong.MaxValue), .. new byte[64]];

    private static string Entities() =>
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaaaaaaaaaaaa\">" +
        string.Concat(Enumerable.Range(1, 20).Select(level => $"<!ENTITY {(char)('a' + level)} \"{string.Concat(Enumerable.Repeat($"&{(char)('a' + level - 1)};", 20))}\">")) +
        "]><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">&u;</x:xmpmeta>";

    private static string Deep() => string.Concat(Enumerable.Repeat("<a>", 8_000)) + "hdr-gain-map" + string.Concat(Enumerable.Repeat("</a>", 8_000));
}
