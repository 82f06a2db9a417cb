using System.Buffers.Binary;
using System.Text;
using ActorImaging.Imaging.Metadata;

namespace ActorImaging.Imaging.Containers;

/// <summary>
/// Writes what an AVIF says beside its pixels into the file of somebody else's encoder: as items that describe the image, whose data are behind the file
/// (ISO/IEC 23008-12, annex A).
/// </summary>
internal sealed class HeifMetadataWriter
{
    private const int FullBoxBytes = 4; // version and flags
    private const int PrefixBytes = 8;

    private readonly SourceReader _bare;
    private readonly IsoBox _meta;
    private readonly List<IsoBox> _boxes;
    private readonly uint _primary;
    private readonly List<Item> _items = [];

    private HeifMetadataWriter(SourceReader bare, ImageMetadata metadata)
    {
        _bare = bare;
        _meta = IsoBox.In(bare, 0, bare.LengthBytes).First(box => box.Type == "meta");
        _boxes = [.. IsoBox.In(bare, _meta.DataAt + FullBoxBytes, _meta.EndAt)];
        var known = new HeifMeta(bare, _meta);
        _primary = known.Primary;
        var next = (ushort)(known.Items.Keys.Max() + 1);
        if (!metadata.Exif.IsEmpty)
        {
            _items.Add(new Item(next++, [.. "Exif\0"u8], new byte[4], metadata.Exif)); // it begins at once
        }

        if (!metadata.Xmp.IsEmpty)
        {
            _items.Add(new Item(next, [.. "mime\0application/rdf+xml\0"u8], [], metadata.Xmp));
        }
    }

    /// <summary>Writes the file with what is beside its pixels.</summary>
    /// <param name="bare">The file as it was encoded, with numbers of 16 bits for its items, as encoders give them.</param>
    /// <param name="metadata">What goes into it.</param>
    /// <param name="output">Receives the file.</param>
    public static void Write(ReadOnlyMemory<byte> bare, ImageMetadata metadata, Stream output)
    {
        if (metadata.Exif.IsEmpty && metadata.Xmp.IsEmpty)
        {
            output.Write(bare.Span);
            return;
        }

        using var stream = new MemoryStream(bare.ToArray(), writable: false);
        new HeifMetadataWriter(new SourceReader(stream), metadata).Write(output);
    }

    private void Write(Stream output)
    {
        var growth = MetaWith(growth: 0).Length - (_meta.EndAt - _meta.At); // how long it is does not depend on what it says
        output.Write(_bare.ReadBytes(0, _meta.At));
        output.Write(MetaWith(growth));
        output.Write(_bare.ReadBytes(_meta.EndAt, _bare.LengthBytes - _meta.EndAt));
        output.Write(Box("mdat", [.. _items.SelectMany(item => (byte[])[.. item.Prefix, .. item.Data.Span])]));
    }

    /// <summary>The list of items with more in it.</summary>
    /// <param name="growth">How much further behind everything lies that comes after it.</param>
    private byte[] MetaWith(long growth)
    {
        var parts = new List<byte[]> { _bare.ReadBytes(_meta.DataAt, FullBoxBytes) };
        foreach (var box in _boxes)
        {
            parts.Add(box.Type switch
            {
                "iinf" => ItemsWith(box),
                "iloc" => PlacesWith(box, growth),
                "iref" => Box("iref", [.. _bare.ReadBytes(box.DataAt, box.LengthBytes), .. References()]),
                _ => _bare.ReadBytes(box.At, box.EndAt - box.At),
            });
        }

        if (!_boxes.Exists(box => box.Type == "iref"))
        {
            parts.Add(Box("iref", [0, 0, 0, 0, .. References()]));
        }

        return Box("meta", [.. parts.SelectMany(part => part)]);
    }

    private byte[] ItemsWith(IsoBox box)
    {
        var data = _bare.ReadBytes(box.DataAt, box.LengthBytes);
        var isShort = data[0] == 0;
        var count = isShort ? BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(FullBoxBytes)) : BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(FullBoxBytes));
        if (isShort)
        {
            BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(FullBoxBytes), (ushort)(count + _items.Count));
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(FullBoxBytes), (uint)(count + _items.Count));
        }

        return Box("iinf", [.. data, .. _items.SelectMany(item => Box("infe", [2, 0, 0, 1, .. UInt16(item.Id), 0, 0, .. item.Type]))]); // hidden: it is no image
    }

    private byte[] References() => [.. _items.SelectMany(item => Box("cdsc", [.. UInt16(item.Id), 0, 1, .. UInt16((ushort)_primary)]))];

    /// <summary>The places of the encoder's items, as far behind as they are now, and those of ours; each with one number for where it is.</summary>
    private byte[] PlacesWith(IsoBox box, long growth)
    {
        var entries = new List<byte[]>();
        var version = _bare.ReadByte(box.DataAt);
        int sizes = _bare.ReadByte(box.DataAt + FullBoxBytes), more = _bare.ReadByte(box.DataAt + FullBoxBytes + 1);
        var (offsetBytes, lengthBytes, baseBytes, indexBytes) = (sizes >> 4, sizes & 15, more >> 4, version > 0 ? more & 15 : 0);
        var at = box.DataAt + FullBoxBytes + 2;
        var count = Whole(ref at, version < 2 ? 2 : 4);
        for (var left = count; left > 0; left--)
        {
            var id = (ushort)Whole(ref at, version < 2 ? 2 : 4);
            var construction = (ushort)(version > 0 ? Whole(ref at, 2) : 0);
            _ = Whole(ref at, 2);
            var start = Whole(ref at, baseBytes) + (construction == 0 ? growth : 0);
            var extents = (ushort)Whole(ref at, 2);
            var places = new List<byte>();
            for (var extent = 0; extent < extents; extent++)
            {
                _ = Whole(ref at, indexBytes);
                places.AddRange(UInt32(start + Whole(ref at, offsetBytes)));
                places.AddRange(UInt32(Whole(ref at, lengthBytes)));
            }

            entries.Add([.. UInt16(id), .. UInt16(construction), 0, 0, .. UInt16(extents), .. places]);
        }

        var position = _bare.LengthBytes + growth + PrefixBytes;
        foreach (var item in _items)
        {
            entries.Add([.. UInt16(item.Id), 0, 0, 0, 0, 0, 1, .. UInt32(position), .. UInt32(item.LengthBytes)]);
            position += item.LengthBytes;
        }

        return Box("iloc", [1, 0, 0, 0, 0x44, 0, .. UInt16((ushort)entries.Count), .. entries.SelectMany(entry => entry)]);
    }

    private long Whole(ref long at, int bytes)
    {
        Span<byte> number = stackalloc byte[8];
        number.Clear();
        _bare.Read(at, number[(8 - bytes)..]);
        at += bytes;
        return BinaryPrimitives.ReadInt64BigEndian(number);
    }

    private static byte[] Box(string type, byte[] data)
    {
        var box = new byte[PrefixBytes + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        Encoding.Latin1.GetBytes(type, box.AsSpan(4));
        data.CopyTo(box, PrefixBytes);
        return box;
    }

    private static byte[] UInt16(ushort number) => [(byte)(number >> 8), (byte)number];

    private static byte[] UInt32(long number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, checked((uint)number));
        return bytes;
    }

    private sealed record Item(ushort Id, byte[] Type, byte[] Prefix, ReadOnlyMemory<byte> Data)
    {
        public int LengthBytes => Prefix.Length + Data.Length;
    }
}
