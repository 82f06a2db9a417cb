using System.Text;
using ActorImaging.Imaging.Metadata;

namespace ActorImaging.Tests.Imaging.Metadata;

public sealed class XmpPacketSpecs
{
    [Theory]
    [InlineData("<rdf:Description tiff:Orientation=\"6\" dc:x='6'/>", "<rdf:Description tiff:Orientation=\"1\" dc:x='6'/>")]
    [InlineData("<tiff:Orientation>8</tiff:Orientation>", "<tiff:Orientation>1</tiff:Orientation>")]
    [InlineData("<a tiff:Orientation = '3'>ä</a>", "<a tiff:Orientation = '1'>ä</a>")]
    [InlineData("<a tiff:Orientation='1'/>", "<a tiff:Orientation='1'/>")]
    [InlineData("<a xmlns:t='http://ns.adobe.com/tiff/1.0/' t:Orientation='6'/>", "<a xmlns:t='http://ns.adobe.com/tiff/1.0/' t:Orientation='1'/>")]
    [InlineData("<a xmlns:t = \"http://ns.adobe.com/tiff/1.0/\"><t:Orientation>6</t:Orientation></a>", "<a xmlns:t = \"http://ns.adobe.com/tiff/1.0/\"><t:Orientation>1</t:Orientation></a>")]
    [InlineData("<a xmlns:t='http://example.com/' t:Orientation='6'/>", "<a xmlns:t='http://example.com/' t:Orientation='6'/>")]
    [InlineData("not even XML", "not even XML")]
    public void Should_change_nothing_but_the_digit_that_says_how_it_is_turned(string packet, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(XmpPacket.Upright(Encoding.UTF8.GetBytes(packet)).Span));

    [Theory]
    [InlineData("xmlns:hdrgm='http://ns.adobe.com/hdr-gain-map/1.0/' hdrgm:Version='1.0' hdrgm:GainMapMax='3'", "gain map (HDR)")]
    [InlineData("xmlns:HDRGainMap='http://ns.apple.com/HDRGainMap/1.0/' HDRGainMap:HDRGainMapVersion='65536'", "gain map (HDR)")]
    [InlineData("xmlns:GCamera='http://ns.google.com/photos/1.0/camera/' GCamera:MotionPhoto='1' GCamera:MotionPhotoVersion='1'", "film (motion photo)")]
    [InlineData("xmlns:GCamera='http://ns.google.com/photos/1.0/camera/' GCamera:MicroVideo='1' GCamera:MicroVideoOffset='77'", "film (motion photo)")]
    [InlineData("xmlns:Device='http://ns.google.com/photos/dd/1.0/device/' Device:Container='x'", "further images")]
    public void Should_announce_no_more_what_is_not_there(string attributes, string attachment)
    {
        var packet = Packet($"<rdf:Description rdf:about='' {attributes} xmlns:dc='http://purl.org/dc/elements/1.1/' dc:format='image/jpeg'/>");

        var without = XmpPacket.WithoutAttachments(packet);

        Assert.Equal(attachment, XmpPacket.AttachmentOf(packet));
        Assert.Null(XmpPacket.AttachmentOf(without));
        Assert.Contains("image/jpeg", Encoding.UTF8.GetString(without.Span), StringComparison.Ordinal);
    }

    /// <summary>They show what was cut off.</summary>
    [Theory]
    [InlineData("xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmlns:g='http://ns.adobe.com/xap/1.0/g/img/'", "<xmp:Thumbnails><rdf:Alt><rdf:li rdf:parseType='Resource'><g:image>PICTURE</g:image></rdf:li></rdf:Alt></xmp:Thumbnails>")]
    [InlineData("xmlns:other='http://example.com/' xmlns:g='http://ns.adobe.com/xap/1.0/g/img/'", "<other:pages><rdf:Bag><rdf:li g:image='PICTURE' g:width='3'/></rdf:Bag></other:pages>")]
    [InlineData("xmlns:GImage='http://ns.google.com/photos/1.0/image/' GImage:Data='PICTURE'", "")]
    public void Should_have_no_pictures_in_it(string attributes, string elements)
    {
        var packet = Packet($"<rdf:Description rdf:about='' {attributes} xmlns:dc='http://purl.org/dc/elements/1.1/' dc:format='image/jpeg'>{elements}</rdf:Description>");

        var without = Encoding.UTF8.GetString(XmpPacket.WithoutPictures(packet)!.Value.Span);

        Assert.DoesNotContain("PICTURE", without, StringComparison.Ordinal);
        Assert.Contains("image/jpeg", without, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_be_left_alone_where_there_are_no_pictures_and_given_up_where_that_is_not_known()
    {
        var packet = Packet("<rdf:Description rdf:about=''  />");

        Assert.Equal(packet, XmpPacket.WithoutPictures(packet)!.Value.ToArray());
        Assert.Null(XmpPacket.WithoutPictures("<x:xmpmeta><xmp:Thumbnails>"u8.ToArray()));
    }

    [Fact]
    public void Should_keep_whose_it_is_and_nothing_else()
    {
        var packet = Packet("""
            <rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xmpRights='http://ns.adobe.com/xap/1.0/rights/' xmlns:exif='http://ns.adobe.com/exif/1.0/'
              xmpRights:Marked='True' exif:GPSLatitude='48,8N'>
              <dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>mine</rdf:li></rdf:Alt></dc:rights>
              <dc:description><rdf:Alt><rdf:li xml:lang='x-default'>my kitchen</rdf:li></rdf:Alt></dc:description>
            </rdf:Description>
            """);

        var rights = Encoding.UTF8.GetString(XmpPacket.RightsOf(packet).Span);

        Assert.Contains("mine", rights, StringComparison.Ordinal);
        Assert.Contains("Marked", rights, StringComparison.Ordinal);
        Assert.DoesNotContain("kitchen", rights, StringComparison.Ordinal);
        Assert.DoesNotContain("GPS", rights, StringComparison.Ordinal);
        Assert.StartsWith("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta", rights, StringComparison.Ordinal);
        Assert.EndsWith("</x:xmpmeta><?xpacket end=\"w\"?>", rights, StringComparison.Ordinal);
        Assert.True(XmpPacket.RightsOf(Packet("<rdf:Description rdf:about='' xmlns:exif='http://ns.adobe.com/exif/1.0/' exif:GPSLatitude='48,8N'/>")).IsEmpty);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'mine'>]><x:xmpmeta xmlns:x='adobe:ns:meta/'>&a;</x:xmpmeta>")]
    [InlineData("<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>")]
    [InlineData("<unclosed")]
    [InlineData("")]
    public void Should_keep_no_rights_of_what_is_no_packet(string packet) => Assert.True(XmpPacket.RightsOf(Encoding.UTF8.GetBytes(packet)).IsEmpty);

    [Fact]
    public void Should_read_packets_of_sixteen_bits()
    {
        const string Text = "<x:xmpmeta xmlns:x='adobe:ns:meta/'>Gänse</x:xmpmeta>";
        byte[][] packets =
        [
            Encoding.Unicode.GetBytes(Text), Encoding.BigEndianUnicode.GetBytes(Text),
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)], [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)],
        ];

        Assert.All(packets, packet => Assert.Equal(Text, Encoding.UTF8.GetString(XmpPacket.InUtf8(packet).Span)));
    }

    private static byte[] Packet(string description) => Encoding.UTF8.GetBytes(
        $"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>{description}</rdf:RDF></x:xmpmeta>");
}
