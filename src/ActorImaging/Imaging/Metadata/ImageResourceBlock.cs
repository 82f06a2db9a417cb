using System.Buffers.Binary;

namespace ActorImaging.Imaging.Metadata;

/// <summary>Photoshop's image resources (Adobe Photoshop file formats specification): a list of numbered pieces, one of which are IPTC's records.</summary>
internal static class ImageResourceBlock
{
    private const ushort Iptc = 0x0404;
    private const ushort IccProfile = 0x040F;
    private const ushort Exif = 0x0422;
    private const ushort ExifMore = 0x0423;
    private const ushort Xmp = 0x0424;
    private const ushort OldThumbnail = 0x0409;
    private const ushort Thumbnail = 0x040C;
    private const ushort ResolutionInfo = 0x03ED;
    private const ushort CopyrightFlag = 0x040A;
    private const ushort CopyrightAddress = 0x040B;

    // IPTC-NAA Information Interchange Model 4.2: byline, its title, credit, source, copyright notice
    private static readonly byte[] DatasetsOfRights = [80, 85, 110, 115, 116];

    /// <summary>IPTC's records as image resources.</summary>
    public static byte[] Of(ReadOnlySpan<byte> iptc) => Write([new Resource(Iptc, Nameless(Iptc), iptc.ToArray())]);

    /// <summary>IPTC's records; empty for none.</summary>
    public static ReadOnlyMemory<byte> IptcOf(ReadOnlyMemory<byte> resources) =>
        Read(resources).Where(resource => resource.Id == Iptc).Select(resource => resource.Data).FirstOrDefault();

    /// <summary>
    /// What is carried: not what stands elsewhere, too (profile, EXIF, XMP, resolution), and no thumbnail, which shows the image as it was.
    /// </summary>
    public static ReadOnlyMemory<byte> CarriedOf(ReadOnlyMemory<byte> resources) =>
        Write([.. Read(resources).Where(resource => resource.Id is not (IccProfile or Exif or ExifMore or Xmp or OldThumbnail or Thumbnail or ResolutionInfo))]);

    /// <summary>Only whose the image is.</summary>
    public static ReadOnlyMemory<byte> RightsOf(ReadOnlyMemory<byte> resources)
    {
        var kept = new List<Resource>();
        foreach (var resource in Read(resources))
        {
            if (resource.Id == Iptc && RightsOfIptc(resource.Data.Span) is { Length: > 0 } rights)
            {
                kept.Add(new Resource(Iptc, Nameless(Iptc), rights));
            }
            else if (resource.Id is CopyrightFlag or CopyrightAddress)
            {
                kept.Add(resource with { Head = Nameless(resource.Id) });
            }
        }

        return Write(kept);
    }

    private static IEnumerable<Resource> Read(ReadOnlyMemory<byte> resources)
    {
        while (resources.Length >= 12 && IsSignature(resources.Span))
        {
            var id = BinaryPrimitives.ReadUInt16BigEndian(resources.Span[4..]);
            var name = (resources.Span[6] + 2) & ~1; // a length and so many letters, filled up to an even number
            if (6 + name + 4 > resources.Length)
            {
                yield break;
            }

            long length = BinaryPrimitives.ReadUInt32BigEndian(resources.Span[(6 + name)..]);
            var start = 6 + name + 4;
            if (length > resources.Length - start)
            {
                yield break;
            }

            yield return new Resource(id, resources[..(6 + name)], resources.Slice(start, (int)length));
            resources = resources[(int)Math.Min(resources.Length, start + ((length + 1) & ~1L))..];
        }
    }

    /// <summary>Adobe's own, and those of programs beside Photoshop (ExifTool's Photoshop tags).</summary>
    public static bool IsSignature(ReadOnlySpan<byte> beginning) =>
        beginning.StartsWith("8BIM"u8) || beginning.StartsWith("MeSa"u8) || beginning.StartsWith("PHUT"u8) || beginning.StartsWith("AgHg"u8) || beginning.StartsWith("DCSR"u8);

    private static byte[] Write(IReadOnlyCollection<Resource> resources)
    {
        using var bytes = new MemoryStream();
        Span<byte> number = stackalloc byte[4];
        foreach (var (_, head, data) in resources)
        {
            bytes.Write(head.Span);
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            bytes.Write(number);
            bytes.Write(data.Span);
            bytes.Write(new byte[data.Length & 1]);
        }

        return bytes.ToArray();
    }

    private static byte[] Nameless(ushort id) => [.. "8BIM"u8, (byte)(id >> 8), (byte)id, 0, 0];

    /// <summary>Records of datasets: a mark, a record, a dataset, a length, the data.</summary>
    private static byte[] RightsOfIptc(ReadOnlySpan<byte> iptc)
    {
        const byte Mark = 0x1C;
        using var kept = new MemoryStream();
        while (iptc.Length >= 5 && iptc[0] == Mark)
        {
            var (record, dataset, length) = (iptc[1], iptc[2], BinaryPrimitives.ReadUInt16BigEndian(iptc[3..]));
            if (length > short.MaxValue || length > iptc.Length - 5)
            {
                break; // an extended length, of what is no text
            }

            var isCharacterSet = record == 1 && dataset == 90;
            if (isCharacterSet || (record == 2 && DatasetsOfRights.Contains(dataset)))
            {
                kept.Write(iptc[..(5 + length)]);
            }

            iptc = iptc[(5 + length)..];
        }

        var rights = kept.ToArray();
        return rights.Length > 8 || (rights.Length > 0 && rights[1] == 2) ? rights : []; // a character set alone says nothing
    }

    /// <summary>A piece.</summary>
    /// <param name="Id">What it is.</param>
    /// <param name="Head">Signature, number and name, as they stand.</param>
    /// <param name="Data">What it says.</param>
    private readonly record struct Resource(ushort Id, ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Data);
}
