using System.Text;

namespace ActorImaging.Imaging.Containers;

/// <summary>Reads the box of a HEIF file that lists its items: what each is, where its data and which its properties are (ISO/IEC 14496-12, 8.11; 23008-12, 9.3).</summary>
internal sealed class HeifMeta
{
    private const int FullBoxBytes = 4; // version and flags
    private const int MostItems = 20_000;

    /// <summary>Pieces of items, references and properties of items, all together.</summary>
    private const int MostEntries = 200_000;

    private const int MostTextBytes = 256;

    private readonly SourceReader _source;
    private readonly Dictionary<uint, HeifItem> _items = [];
    private readonly IsoBox? _itemData;
    private int _entries;

    /// <summary>Reads it.</summary>
    /// <param name="source">The file.</param>
    /// <param name="meta">The box.</param>
    public HeifMeta(SourceReader source, IsoBox meta)
    {
        _source = source;
        var boxes = IsoBox.In(source, meta.DataAt + FullBoxBytes, meta.EndAt).Take(MostItems).ToList();
        _itemData = IsoBox.Only(boxes, "idat");
        foreach (var type in (ReadOnlySpan<string>)["pitm", "iinf", "iloc", "iprp", "iref"])
        {
            _ = IsoBox.Only(boxes, type);
        }

        foreach (var box in boxes.OrderBy(box => box.Type != "iinf")) // items first: the others speak of them
        {
            switch (box.Type)
            {
                case "pitm":
                    Primary = Id(box, box.DataAt + FullBoxBytes, out var idBytes);
                    PrimaryAt = (box.DataAt + FullBoxBytes, idBytes);
                    break;
                case "iinf":
                    ReadItems(box);
                    break;
                case "iloc":
                    ReadPlaces(box);
                    break;
                case "iprp":
                    ReadProperties(box);
                    break;
                case "iref":
                    ReadReferences(box);
                    break;
            }
        }
    }

    /// <summary>The item that is the image.</summary>
    public uint Primary { get; private set; }

    /// <summary>Where that is said, and in how many bytes.</summary>
    public (long At, int Bytes)? PrimaryAt { get; private set; }

    /// <summary>The items by their numbers.</summary>
    public IReadOnlyDictionary<uint, HeifItem> Items => _items;

    private byte Version(IsoBox box) => _source.ReadByte(box.DataAt);

    /// <summary>The number of an item: of 16 bits in the first version of a box, of 32 in later ones.</summary>
    private uint Id(IsoBox box, long at, out int bytes)
    {
        bytes = Version(box) == 0 ? 2 : 4;
        return bytes == 2 ? _source.ReadUInt16BigEndian(at) : _source.ReadUInt32BigEndian(at);
    }

    private void ReadItems(IsoBox box)
    {
        var first = box.DataAt + FullBoxBytes + (Version(box) == 0 ? 2 : 4);
        foreach (var entry in IsoBox.In(_source, first, box.EndAt).Where(entry => entry.Type == "infe").Take(MostItems))
        {
            var version = Version(entry);
            if (version < 2)
            {
                continue; // from before there were types
            }

            var isLong = version > 2;
            var at = entry.DataAt + FullBoxBytes;
            var id = isLong ? _source.ReadUInt32BigEndian(at) : _source.ReadUInt16BigEndian(at);
            var typeAt = at + (isLong ? 6 : 4);
            var type = Encoding.Latin1.GetString(_source.ReadBytes(typeAt, 4));
            var name = ReadText(typeAt + 4, entry.EndAt);
            _items[id] = new HeifItem(id, type)
            {
                ContentType = type == "mime" ? ReadText(typeAt + 4 + name.Length + 1, entry.EndAt) : string.Empty,
                FlagsAt = entry.DataAt + 3,
                IsHidden = (_source.ReadByte(entry.DataAt + 3) & 1) != 0,
            };
        }
    }

    private string ReadText(long at, long end)
    {
        var bytes = _source.ReadBytes(at, Math.Clamp(end - at, 0, MostTextBytes));
        var length = bytes.AsSpan().IndexOf((byte)0);
        return Encoding.Latin1.GetString(bytes, 0, length < 0 ? bytes.Length : length);
    }

    private void ReadPlaces(IsoBox box)
    {
        var version = Version(box);
        var at = box.DataAt + FullBoxBytes;
        int sizes = _source.ReadByte(at), moreSizes = _source.ReadByte(at + 1);
        var (offsetBytes, lengthBytes, baseBytes, indexBytes) = (sizes >> 4, sizes & 15, moreSizes >> 4, version > 0 ? moreSizes & 15 : 0);
        at += 2;
        var count = Whole(ref at, version < 2 ? 2 : 4);
        for (var item = 0L; item < Math.Min(count, MostItems) && at < box.EndAt; item++)
        {
            var id = (uint)Whole(ref at, version < 2 ? 2 : 4);
            var construction = version > 0 ? Whole(ref at, 2) & 15 : 0;
            var reference = Whole(ref at, 2);
            var start = Whole(ref at, baseBytes);
            var extents = Whole(ref at, 2);
            for (var extent = 0L; extent < extents; extent++)
            {
                CountEntry();
                _ = Whole(ref at, indexBytes);
                var (offset, length) = (start + Whole(ref at, offsetBytes), Whole(ref at, lengthBytes));
                if (reference == 0 && _items.TryGetValue(id, out var found) && PieceOf(construction, offset, length) is { } piece)
                {
                    AddPiece(found, piece);
                }
            }
        }
    }

    /// <summary>An item is no longer than the file: its pieces lie beside each other.</summary>
    private void AddPiece(HeifItem item, StreamPiece piece)
    {
        item.Data.Add(piece);
        item.DataBytes += piece.LengthBytes;
        if (item.DataBytes > _source.LengthBytes)
        {
            throw new CorruptSourceException("is no HEIF: pieces of an item lie over each other");
        }
    }

    private void CountEntry()
    {
        if (++_entries > MostEntries)
        {
            throw new CorruptSourceException(FormattableString.Invariant($"is no HEIF: its items have more than {MostEntries:N0} pieces, references and properties"));
        }
    }

    /// <summary>A piece of an item's data: in the file, or in the box that holds small ones.</summary>
    private StreamPiece? PieceOf(long construction, long offset, long length)
    {
        var (from, to) = construction switch
        {
            0 => (0, _source.LengthBytes),
            1 when _itemData is { } data => (data.DataAt, data.EndAt),
            _ => (0, -1),
        };
        var at = from + offset;
        return to < 0 ? null
            : at >= from && at <= to && length >= 0 && length <= to - at ? StreamPiece.Of(at, length == 0 ? to - at : length)
            : throw CorruptSourceException.EndsEarly(at + length, to);
    }

    private void ReadProperties(IsoBox box)
    {
        var within = IsoBox.In(_source, box.DataAt, box.EndAt).Take(MostItems).ToList();
        var properties = within.Where(part => part.Type == "ipco").SelectMany(part => IsoBox.In(_source, part.DataAt, part.EndAt)).Take(MostItems).ToList();
        foreach (var part in within.Where(part => part.Type == "ipma"))
        {
            var isWide = (_source.ReadByte(part.DataAt + 3) & 1) != 0;
            var at = part.DataAt + FullBoxBytes;
            var count = Whole(ref at, 4);
            for (var entry = 0L; entry < Math.Min(count, MostItems) && at < part.EndAt; entry++)
            {
                CountEntry();
                var id = Id(part, at, out var idBytes);
                at += idBytes;
                var item = _items.GetValueOrDefault(id);
                for (var left = Whole(ref at, 1); left > 0; left--)
                {
                    CountEntry();
                    var index = Whole(ref at, isWide ? 2 : 1) & (isWide ? 0x7FFF : 0x7F);
                    if (index > 0 && index <= properties.Count)
                    {
                        item?.Properties.Add(properties[(int)index - 1]);
                    }
                }
            }
        }
    }

    private void ReadReferences(IsoBox box)
    {
        foreach (var reference in IsoBox.In(_source, box.DataAt + FullBoxBytes, box.EndAt).Take(MostItems))
        {
            var from = Id(box, reference.DataAt, out var idBytes);
            var at = reference.DataAt + idBytes;
            for (var left = Whole(ref at, 2); left > 0 && at < reference.EndAt; left--)
            {
                CountEntry();
                var to = (uint)Whole(ref at, idBytes);
                if (_items.TryGetValue(from, out var item))
                {
                    Refer(item, reference.Type, to);
                }
            }
        }
    }

    private static void Refer(HeifItem item, string type, uint to)
    {
        switch (type)
        {
            case "dimg":
                item.Parts.Add(to);
                break;
            case "thmb" or "auxl":
                item.IsAside = true;
                item.Describes.Add(to);
                break;
            case "cdsc":
                item.Describes.Add(to);
                break;
        }
    }

    private long Whole(ref long at, int bytes)
    {
        Span<byte> number = stackalloc byte[8];
        number.Clear();
        if (bytes > 8)
        {
            throw new CorruptSourceException(FormattableString.Invariant($"is no HEIF: it has numbers of {bytes} bytes"));
        }

        _source.Read(at, number[(8 - bytes)..]);
        at += bytes;
        return System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(number);
    }
}
