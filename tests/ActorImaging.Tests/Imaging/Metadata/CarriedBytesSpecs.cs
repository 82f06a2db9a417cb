using System.Text;
using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Magick;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Imaging.Png;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging.Containers;
using CsCheck;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Metadata;

/// <summary>What is beside the pixels goes from file to file as the bytes that it was, however long it is.</summary>
public sealed class CarriedBytesSpecs : IDisposable
{
    private static readonly string[] Formats = ["png", "jpg", "webp", "tiff", "avif", "jxl"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Through every format that holds EXIF data as they are and back: not a byte differs, maker notes and all.</summary>
    [Fact]
    public void Should_carry_exif_data_to_the_byte()
    {
        byte[] exif = [.. Crafted.Tiff(0, (274, 3, 1, 1), (315, 2, 8, 60), (34665, 4, 1, 100)), .. new byte[300]];
        "someone\0"u8.CopyTo(exif.AsSpan(60));
        Crafted.TiffDirectory(0, (37500, 7, 60, 200)).CopyTo(exif, 100);
        new Random(1).NextBytes(exif.AsSpan(200, 60));
        var source = WriteJpeg(Crafted.Segment(0xE1, [.. "Exif\0\0"u8, .. exif]));
        foreach (var format in Formats.Where(format => format != "tiff"))
        {
            var there = Process(source, $"there.{format}");
            var back = Process(there, $"back-{format}.jpg");

            Assert.Equal(exif, MetadataOf(there).Exif.ToArray());
            Assert.Equal(exif, MetadataOf(back).Exif.ToArray());
        }
    }

    /// <summary>Phones write one order, cameras and programs the other; a TIFF has one for all that is in it.</summary>
    [Theory]
    [InlineData(true, MetadataPolicy.Keep)]
    [InlineData(false, MetadataPolicy.Keep)]
    [InlineData(true, MetadataPolicy.Copyright)]
    [InlineData(false, MetadataPolicy.Copyright)]
    public void Should_say_whose_it_is_in_either_byte_order(bool isLittle, MetadataPolicy policy)
    {
        byte[] exif =
        [
            .. isLittle ? "II*\0"u8 : "MM\0*"u8, .. Crafted.UInt32(8, isLittle), .. Crafted.UInt16(1, isLittle),
            .. Crafted.UInt16(315, isLittle), .. Crafted.UInt16(2, isLittle), .. Crafted.UInt32(8, isLittle), .. Crafted.UInt32(26, isLittle), 0, 0, 0, 0,
            .. "someone\0"u8,
        ];
        var source = WriteJpeg(Crafted.Segment(0xE1, [.. "Exif\0\0"u8, .. exif]), Crafted.Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"u8]));
        foreach (var format in Formats)
        {
            Outcome(source, $"there.{format}", new OutputSettings { Metadata = policy });
            Outcome(_folder.File($"there.{format}"), $"back-{format}.jpg", new OutputSettings { Metadata = policy });

            Assert.Equal("someone", ArtistOf(_folder.File($"there.{format}")));
            Assert.Equal("someone", ArtistOf(_folder.File($"back-{format}.jpg")));
        }
    }

    [Theory]
    [InlineData("rotate:90", 150, 300)]
    [InlineData("rotate:180", 300, 150)]
    [InlineData("flip", 300, 150)]
    public void Should_turn_the_resolution_with_the_image(string operations, int horizontal, int vertical)
    {
        using var image = new MagickImage(MagickColors.Red, 16, 8) { Density = new Density(300, 150, ImageMagick.DensityUnit.PixelsPerCentimeter) };
        image.Write(_folder.File("source.png"), MagickFormat.Png);

        Outcome(_folder.File("source.png"), "turned.png", new OutputSettings(), operations: operations);

        using var turned = new MagickImage(_folder.File("turned.png"));
        Assert.Equal((horizontal, vertical), ((int)Math.Round(turned.Density.X), (int)Math.Round(turned.Density.Y)));
    }

    /// <summary>It shows what was cut off; where nothing was, it shows the image.</summary>
    [Theory]
    [InlineData("jpg")]
    [InlineData("png")]
    [InlineData("webp")]
    public void Should_leave_out_a_thumbnail_as_soon_as_pixels_change(string format)
    {
        byte[] exif = [.. Crafted.Tiff(26, (274, 3, 1, 1)), .. Crafted.TiffDirectory(0, (513, 4, 1, 56), (514, 4, 1, 9)), .. "thumbnail"u8];
        var source = WriteJpeg(Crafted.Segment(0xE1, [.. "Exif\0\0"u8, .. exif]));

        var whole = Process(source, $"whole.{format}");
        Outcome(source, $"cut.{format}", new OutputSettings(), operations: "crop:4x4");

        Assert.NotEqual(-1, File.ReadAllBytes(whole).AsSpan().IndexOf("thumbnail"u8));
        Assert.Equal(-1, File.ReadAllBytes(_folder.File($"cut.{format}")).AsSpan().IndexOf("thumbnail"u8));
    }

    [Fact]
    public void Should_leave_out_a_picture_in_a_packet_as_soon_as_pixels_change()
    {
        const string Packet = "<x:xmpmeta xmlns:x='adobe:ns:meta/' xmlns:xmp='http://ns.adobe.com/xap/1.0/'><xmp:Thumbnails>thumbnail</xmp:Thumbnails></x:xmpmeta>";
        var source = WriteJpeg(Crafted.Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.ASCII.GetBytes(Packet)]));

        Assert.Equal(Packet, Encoding.ASCII.GetString(MetadataOf(Process(source, "whole.png")).Xmp.Span));
        Outcome(source, "cut.png", new OutputSettings(), operations: "crop:4x4");
        Assert.Equal(-1, MetadataOf(_folder.File("cut.png")).Xmp.Span.IndexOf("thumbnail"u8));
    }

    /// <summary>All that EXIF data have in their first directory, but for what says how a file is made.</summary>
    [Fact]
    public void Should_carry_every_tag_of_a_picture_into_a_TIFF()
    {
        byte[] exif = [.. Crafted.Tiff(0, (11, 2, 3, 0x005350), (258, 3, 1, 77), (269, 2, 3, 0x004E44), (285, 2, 3, 0x004E50), (50708, 2, 3, 0x004155), (50706, 1, 4, 1))];
        var source = WriteJpeg(Crafted.Segment(0xE1, [.. "Exif\0\0"u8, .. exif]));

        using var tiff = File.OpenRead(Process(source, "there.tiff"));
        var reader = TiffReader.TryOpen(new SourceReader(tiff))!;
        var tags = reader.ReadDirectory(reader.FirstDirectoryAt, out _).ConvertAll(entry => (int)entry.Tag);

        Assert.Equal([11, 269, 285, 50708], tags.Where(tag => tag is 11 or 269 or 285 or > 50_000));
    }

    /// <summary>What a TIFF says of how it is stored, is no metadata.</summary>
    [Theory]
    [InlineData("gif")]
    [InlineData("bmp")]
    public void Should_not_speak_of_EXIF_data_that_say_nothing(string format)
    {
        var source = WriteJpeg(Crafted.Segment(0xE1, [.. "Exif\0\0"u8, .. Crafted.Tiff(0, (274, 3, 1, 1), (34665, 4, 1, 38)), .. Crafted.TiffDirectory(0, (36864, 7, 4, 0x30323330), (40961, 3, 1, 1))]));
        var telling = WriteJpeg(Crafted.Segment(0xE1, [.. "Exif\0\0"u8, .. Crafted.Tiff(0, (274, 3, 1, 1), (34665, 4, 1, 38)), .. Crafted.TiffDirectory(0, (36864, 7, 4, 0x30323330), (34855, 3, 1, 100))]), "telling.jpg");

        Assert.Empty(Outcome(source, $"out.{format}", new OutputSettings()).Warnings);
        Assert.Equal([$"EXIF data were left out: {format.ToUpperInvariant()} can't hold them"], Outcome(telling, $"out.{format}", new OutputSettings()).Warnings.AsEnumerable());
    }

    [Fact]
    public void Should_leave_out_and_name_a_second_packet()
    {
        var source = WriteJpeg(
            Crafted.Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'>first</x:xmpmeta>"u8]), Crafted.Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0<x/>"u8]),
            Crafted.Segment(0xE1, [.. "Exif\0\0"u8, .. Crafted.Tiff(0, (274, 3, 1, 1))]), Crafted.Segment(0xE1, [.. "Exif\0\0"u8, .. Crafted.Tiff(0, (274, 3, 1, 6))]));

        Assert.Equal(["a second XMP packet was left out: the first counts", "a second block of EXIF data was left out: the first counts"], Outcome(source, "out.png", new OutputSettings()).Warnings.AsEnumerable());
    }

    [Fact]
    public void Should_name_extensions_of_a_GIF_that_only_some_programs_know()
    {
        byte[] known = [0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0, 0x21, 0xFE, 2, 0x68, 0x69, 0];
        var (plain, secret) = (_folder.File("plain.gif"), _folder.File("secret.gif"));
        File.WriteAllBytes(plain, Crafted.Gif(1, 1, known, Crafted.GifFrame()));
        File.WriteAllBytes(secret, Crafted.Gif(1, 1, known, [0x21, 0xFF, 11, .. "SECRETAP1.0"u8, 1, 7, 0], Crafted.GifFrame()));

        Assert.Empty(Outcome(plain, "out.png", new OutputSettings()).Warnings);
        Assert.Equal(["extensions of the GIF that only some programs know were left out"], Outcome(secret, "out.png", new OutputSettings()).Warnings.AsEnumerable());
    }

    /// <summary>Texts as programs write them, and not always as the specification has it.</summary>
    [Fact]
    public void Should_read_texts_of_a_PNG_whatever_their_encoding()
    {
        var packet = Encoding.UTF8.GetBytes("<x:xmpmeta xmlns:x='adobe:ns:meta/'>Café</x:xmpmeta>");
        File.WriteAllBytes(_folder.File("source.png"), Crafted.Png(
            Crafted.PngHeader(8, 8, 8, 0),
            Crafted.PngChunk("zTXt", [.. "XML:com.adobe.xmp\0\0"u8, .. Crafted.Deflate(packet)]),
            Crafted.PngChunk("iTXt", [.. "Title\0\0\0\0\0Caf"u8, 0xE9]),
            Crafted.PngChunk("IDAT", Crafted.PngRows(8, 8))));

        var written = MetadataOf(Process(_folder.File("source.png"), "out.png"));

        Assert.Equal(packet, written.Xmp.ToArray());
        Assert.Equal(["Café"], written.Texts.Select(text => text.Text));
    }

    /// <summary>No text of a PNG may have a zero in it.</summary>
    [Fact]
    public void Should_write_a_comment_with_a_zero_into_a_PNG()
    {
        var source = WriteJpeg(Crafted.Segment(0xFE, [.. "a\0b"u8]));

        Assert.Equal(["ab"], MetadataOf(Process(source, "out.png")).Texts.Select(text => text.Text));
    }

    [Fact]
    public void Should_leave_out_and_name_what_holds_of_the_file_as_it_was()
    {
        var source = WriteJpeg(Crafted.Segment(0xEB, [.. "JP\0\u0001"u8, 1, 2, 3]), Crafted.Segment(0xEC, [.. "Ducky"u8]), Crafted.Segment(0xEC, [.. "Camera"u8]), Crafted.Segment(0xE1, [.. "FLIR\0"u8]));

        string[] expected =
        [
            Attachments.Credentials,
            "a segment of the JPEG for applications (APP12) was left out: nobody knows whether it still holds",
            "a segment of the JPEG for applications (APP1) was left out: nobody knows whether it still holds",
        ];
        Assert.Equal(expected, Outcome(source, "out.png", new OutputSettings()).Warnings.AsEnumerable());
        Assert.Empty(Outcome(source, "stripped.png", new OutputSettings { Metadata = MetadataPolicy.Strip }).Warnings);
    }

    /// <summary>A zero within would end the block of a GIF, and what follows would be taken for pictures.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("\0\0\0\0", true)]
    [InlineData("\0\0x", false)]
    public void Should_write_no_zeros_of_a_packet_into_a_GIF(string end, bool isKept)
    {
        var packet = "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>" + end;
        var source = WriteJpeg(Crafted.Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.ASCII.GetBytes(packet)]));

        var warnings = Outcome(source, "out.gif", new OutputSettings()).Warnings;

        Assert.Equal(isKept ? string.Empty : "XMP was left out: GIF can't hold it", string.Join("; ", warnings));
        using var image = new MagickImage(_folder.File("out.gif"));
        Assert.Equal(isKept, File.ReadAllBytes(_folder.File("out.gif")).AsSpan().IndexOf("<x:xmpmeta"u8) >= 0);
    }

    /// <summary>Names lead from one resource to another, and programs beside Photoshop have signatures of their own.</summary>
    [Fact]
    public void Should_carry_resources_with_their_names_and_signatures_but_no_picture_of_what_was()
    {
        byte[] named = [.. "8BIM"u8, 0x07, 0xD0, 6, .. "Path 1"u8, 0, 0, 0, 0, 2, 1, 2];
        byte[] foreign = [.. "MeSa"u8, 0x1B, 0x58, 0, 0, 0, 0, 0, 2, 3, 4];
        byte[] thumbnail = [.. "8BIM"u8, 0x04, 0x0C, 0, 0, 0, 0, 0, 2, 0x77, 0x77];
        byte[] resources = [.. foreign, .. thumbnail, .. named];
        var source = WriteJpeg(Crafted.Segment(0xED, [.. "Photoshop 3.0\0"u8, .. resources]));
        var png = PngRawProfile.Write("8bim", resources);
        var raw = _folder.File("raw.png");
        File.WriteAllBytes(raw, Crafted.Png(Crafted.PngHeader(2, 2, 8, 0), Crafted.PngChunk("tEXt", [.. Encoding.ASCII.GetBytes(png.Keyword), 0, .. Encoding.ASCII.GetBytes(png.Text)]), Crafted.PngChunk("IDAT", Crafted.PngRows(2, 2))));

        Assert.Equal([.. foreign, .. named], MetadataOf(Process(source, "out.jpg")).ImageResources.ToArray());
        Assert.Equal([.. foreign, .. named], MetadataOf(Process(raw, "raw.jpg")).ImageResources.ToArray());
    }

    /// <summary>What the output can't say is done to its pixels: a JPEG XL says how it lies outside EXIF data.</summary>
    [Theory]
    [InlineData(false, "jpg")]
    [InlineData(false, "png")]
    [InlineData(true, "jpg")]
    [InlineData(true, "webp")]
    public void Should_turn_what_would_lie_on_its_side(bool hasOtherExif, string format)
    {
        var exif = hasOtherExif ? Crafted.Tiff(0, (282, 5, 1, 8)) : [];
        using var image = new MagickImage(MagickColors.Red, 16, 8);
        var metadata = new ImageMetadata { Orientation = ImageOrientation.RightTop, Exif = exif };
        using var turned = new EngineImage(new EngineCodecs(usesKernels: true, MagickPngEncoding.Default), [new Frame((MagickImage)image.Clone())], new SourceFacts(metadata, 8, null, [], []));
        using var output = new MemoryStream();

        turned.Encode(ImageFormats.TryGetByExtension($"x.{format}", out var known) ? known.Value : default, new OutputSettings(), output);

        Assert.Equal(new PixelSize(8, 16), ImageContainer.Open(output, FramePolicy.First, new ImageLimits()).Header.Size);
    }

    [Theory]
    [InlineData("MM\0*\0\0\uFFFF\uFFFF")]
    [InlineData("MM\0*\0\0\0\u0008\0\u0001")]
    [InlineData("MM")]
    [InlineData("II*\0")]
    public void Should_write_a_whole_TIFF_whatever_the_exif_data_are(string exif)
    {
        var source = WriteJpeg(
            Crafted.Segment(0xE1, [.. "Exif\0\0"u8, .. exif.Select(letter => (byte)letter)]), Crafted.Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"u8]));

        Outcome(source, "out.tiff", new OutputSettings());
        using var image = new MagickImage(_folder.File("out.tiff"));

        Assert.NotNull(image.GetXmpProfile());
    }

    [Theory]
    [InlineData(100)]
    [InlineData(65_503)]
    [InlineData(65_504)]
    [InlineData(65_505)]
    [InlineData(300_000)]
    public void Should_carry_a_packet_of_any_length(int length)
    {
        var padding = new string('x', Math.Max(0, length - 250));
        var packet = Encoding.UTF8.GetBytes(
            $"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" xmlns:a=\"urn:a\"><a:b>{padding}</a:b></rdf:Description></rdf:RDF></x:xmpmeta>");
        Array.Resize(ref packet, Math.Max(packet.Length, length));
        packet.AsSpan().Replace((byte)0, (byte)' ');
        var source = _folder.File("source.webp");
        using (var image = new MagickImage(MagickColors.Red, 16, 16))
        {
            image.Settings.SetDefine("webp:lossless", "true");
            File.WriteAllBytes(source, Crafted.Riff(
                Crafted.RiffChunk("VP8X", Crafted.ExtendedWebP(4, 16, 16)), image.ToByteArray(MagickFormat.WebP)[12..], Crafted.RiffChunk("XMP ", packet)));
        }

        foreach (var format in Formats)
        {
            var there = Process(source, $"there.{format}");
            var back = Process(there, $"back-{format}.webp");

            Assert.True(Encoding.UTF8.GetString(MetadataOf(back).Xmp.Span).Contains(padding, StringComparison.Ordinal), $"{format}: {MetadataOf(there).Xmp.Length}, then {MetadataOf(back).Xmp.Length}");
            Assert.True(length > 65_504 && format == "jpg" || packet.AsSpan().SequenceEqual(MetadataOf(back).Xmp.Span), format); // of the extended form, the two parts are put together
        }
    }

    [Fact]
    public void Should_carry_exif_data_that_a_jpeg_can_not_hold_elsewhere_and_shorten_them_there_with_a_word()
    {
        byte[] exif = [.. Crafted.Tiff(0, (315, 2, 8, 60), (34665, 4, 1, 100)), .. new byte[90_000]];
        "someone\0"u8.CopyTo(exif.AsSpan(60));
        Crafted.TiffDirectory(0, (37500, 7, 80_000, 200)).CopyTo(exif, 100);
        var source = _folder.File("source.png");
        File.WriteAllBytes(source, Crafted.Png(
            Crafted.PngHeader(4, 4, 8, 0), Crafted.PngChunk("eXIf", exif), Crafted.PngChunk("IDAT", Crafted.PngRows(4, 4))));

        Assert.Equal(exif, MetadataOf(Process(source, "out.webp")).Exif.ToArray());
        var outcome = Outcome(source, "out.jpg", new OutputSettings());
        Assert.Equal("thumbnail and maker notes of the EXIF data were left out: JPEG holds 65,527 bytes of them", Assert.Single(outcome.Warnings));
        using var image = new MagickImage(_folder.File("out.jpg"));
        Assert.Equal("someone", image.GetExifProfile()!.GetValue(ExifTag.Artist)!.Value);
    }

    [Fact]
    public void Should_carry_a_profile_of_many_segments()
    {
        var profile = ColorProfiles.CoatedFOGRA39.ToByteArray();
        Assert.True(profile.Length > 3 * 65_000);
        var source = _folder.File("source.jpg");
        using (var image = new MagickImage(MagickColors.Red, 16, 16))
        {
            image.TransformColorSpace(ColorProfiles.SRGB, ColorProfiles.CoatedFOGRA39);
            image.Write(source, MagickFormat.Jpeg);
        }

        Assert.Equal(profile, MetadataOf(Process(source, "out.jpg")).IccProfile!.Bytes.ToArray());
        using var written = new MagickImage(_folder.File("out.jpg"));
        Assert.Equal(profile, written.GetColorProfile()!.ToByteArray());
    }

    /// <summary>Texts of every form and language come out with the same words; those of Latin-1, too.</summary>
    [Fact]
    public void Should_carry_texts_with_language_and_in_every_encoding()
    {
        var source = _folder.File("source.png");
        var longText = new string('y', 5000);
        File.WriteAllBytes(source, Crafted.Png(
            Crafted.PngHeader(4, 4, 8, 0),
            Crafted.PngChunk("tEXt", [.. "Author\0"u8, .. Encoding.Latin1.GetBytes("Jürgen")]),
            Crafted.PngChunk("zTXt", [.. "Description\0\0"u8, .. Crafted.Deflate(Encoding.Latin1.GetBytes($"ça {longText}"))]),
            Crafted.PngChunk("iTXt", [.. "Title\0\0\0de\0"u8, .. Encoding.UTF8.GetBytes("Überschrift"), 0, .. Encoding.UTF8.GetBytes("Fünf €")]),
            Crafted.PngChunk("iTXt", [.. "Comment\0\u0001\0ja\0\0"u8, .. Crafted.Deflate(Encoding.UTF8.GetBytes("日本"))]),
            Crafted.PngChunk("IDAT", Crafted.PngRows(4, 4))));

        foreach (var engine in new[] { "accelerated", "magick" })
        {
            var texts = MetadataOf(Process(source, $"{engine}.png", engine)).Texts;

            Assert.Equal(
                [("Author", "Jürgen", "", ""), ("Description", $"ça {longText}", "", ""), ("Title", "Fünf €", "de", "Überschrift"), ("Comment", "日本", "ja", "")],
                texts.Select(text => (text.Keyword, text.Text, text.Language, text.TranslatedKeyword)));
        }
    }

    [Fact]
    public void Should_carry_chunks_that_may_be_copied_and_name_those_that_may_not()
    {
        var source = _folder.File("source.png");
        File.WriteAllBytes(source, Crafted.Png(
            Crafted.PngHeader(4, 4, 8, 0),
            Crafted.PngChunk("abCd", [1, 2, 3]), Crafted.PngChunk("abCD", [4]), Crafted.PngChunk("sBIT", [5]), Crafted.PngChunk("tIME", [7, 0xE8, 1, 1, 1, 1, 1]),
            Crafted.PngChunk("IDAT", Crafted.PngRows(4, 4)), Crafted.PngChunk("efGh", [6])));

        foreach (var engine in new[] { "accelerated", "magick" })
        {
            var outcome = Outcome(source, $"{engine}.png", new OutputSettings(), engine);

            Assert.Equal("the PNG chunk abCD was left out: it may not be copied when pixels are written anew", Assert.Single(outcome.Warnings));
            Assert.Equal([("abCd", "010203"), ("efGh", "06")], MetadataOf(_folder.File($"{engine}.png")).PngChunks.Select(chunk => (chunk.Type, Convert.ToHexString(chunk.Data.Span))));
        }
    }

    [Fact]
    public void Should_say_the_same_of_colours_by_either_engine()
    {
        var source = _folder.File("source.png");
        File.WriteAllBytes(source, Crafted.Png(
            Crafted.PngHeader(4, 4, 8, 2),
            Crafted.PngChunk("gAMA", [0, 0, 0xB1, 0x8F]),
            Crafted.PngChunk("cHRM", [0, 0, 0x7A, 0x26, 0, 0, 0x80, 0x84, 0, 0, 0xFA, 0, 0, 0, 0x80, 0xE8, 0, 0, 0x52, 0x08, 0, 1, 0x15, 0x58, 0, 0, 0x3A, 0x98, 0, 0, 0x17, 0x70]),
            Crafted.PngChunk("IDAT", Crafted.PngRows(12, 4))));
        var expected = MetadataOf(source);
        Assert.Equal((0.45455, 0.21), (expected.Gamma, expected.Chromaticities?.GreenX));

        foreach (var engine in new[] { "accelerated", "magick" })
        {
            var written = MetadataOf(Process(source, $"{engine}.png", engine));
            Assert.Equal((expected.Gamma, expected.Chromaticities), (written.Gamma, written.Chromaticities));
        }
    }

    [Fact]
    public void Should_carry_comments_longer_than_a_segment_or_a_block() => Gen.Int[1, 200_000].Sample(
        length =>
        {
            var comment = new string('c', length);
            var source = _folder.File("comment.gif");
            using (var image = new MagickImage(MagickColors.Red, 4, 4) { Comment = comment })
            {
                image.Write(source, MagickFormat.Gif);
            }

            var there = Process(source, "there.jpg");
            var back = Process(there, "back.gif");
            Assert.Equal(comment, string.Concat(MetadataOf(there).Texts.Select(text => text.Text)));
            Assert.Equal(comment, string.Concat(MetadataOf(back).Texts.Select(text => text.Text)));
        },
        iter: 15,
        threads: 1);

    private static string? ArtistOf(string path)
    {
        using var image = new MagickImage(path);
        return image.GetExifProfile()?.GetValue(ExifTag.Artist)?.Value ?? image.GetAttribute("tiff:artist");
    }

    private static ImageMetadata MetadataOf(string path)
    {
        using var file = File.OpenRead(path);
        return ImageContainer.Open(file, FramePolicy.First, new ImageLimits()).ReadMetadata(new MetadataReading(1 << 24));
    }

    private string WriteJpeg(params byte[][] segments) => WriteJpeg(Crafted.Join(segments), "source.jpg");

    private string WriteJpeg(byte[] segments, string name)
    {
        var path = _folder.File(name);
        using var image = new MagickImage(MagickColors.Red, 16, 16);
        File.WriteAllBytes(path, Crafted.WithSegments(image.ToByteArray(MagickFormat.Jpeg), segments));
        return path;
    }

    private string Process(string source, string output, string engine = "accelerated")
    {
        Assert.Empty(Outcome(source, output, new OutputSettings(), engine).Warnings);
        return _folder.File(output);
    }

    private TaskOutcome Outcome(string source, string output, OutputSettings settings, string engine = "accelerated", string operations = "") =>
        new ImageTaskPipeline(TestEngine.Named(engine), new SourceLeases(), new ImageLimits())
            .Process(new ImageTask(new TaskId(1), source, operations.Length == 0 ? [] : OperationParser.ParseList(operations), _folder.File(output)) { Output = settings });
}
