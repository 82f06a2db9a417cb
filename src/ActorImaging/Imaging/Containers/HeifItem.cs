using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>An item of a HEIF file: an image, a part of one, or metadata (ISO/IEC 23008-12).</summary>
/// <param name="id">Its number.</param>
/// <param name="type">Its four letters, such as hvc1, av01, grid, Exif.</param>
internal sealed class HeifItem(uint id, string type)
{
    /// <summary>Its number.</summary>
    public uint Id { get; } = id;

    /// <summary>Its four letters.</summary>
    public string Type { get; } = type;

    /// <summary>What kind of text it is, where it is one.</summary>
    public string ContentType { get; init; } = string.Empty;

    /// <summary>Where it is said whether it is shown.</summary>
    public long FlagsAt { get; init; }

    /// <summary>Whether it is not to be shown by itself.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whether it is an image that this program has decoded.</summary>
    public bool IsImage => IsCoded || IsDerived;

    /// <summary>Whether its data are compressed pixels.</summary>
    public bool IsCoded => Type is "hvc1" or "av01";

    /// <summary>Whether it is made of other items.</summary>
    public bool IsDerived => Type is "grid" or "iden" or "iovl";

    /// <summary>Its data.</summary>
    public List<StreamPiece> Data { get; } = [];

    /// <summary>Bytes of its data.</summary>
    public long DataBytes { get; set; }

    /// <summary>Its properties, in the order in which they are applied.</summary>
    public List<IsoBox> Properties { get; } = [];

    /// <summary>The items that it is made of.</summary>
    public List<uint> Parts { get; } = [];

    /// <summary>Whether it is a smaller copy of another image, or its transparency, depth or gain.</summary>
    public bool IsAside { get; set; }

    /// <summary>The items that it describes, or is beside.</summary>
    public List<uint> Describes { get; } = [];

    /// <summary>A property of a type; null where it has none.</summary>
    public IsoBox? Property(string type) => Properties.Exists(box => box.Type == type) ? Properties.Find(box => box.Type == type) : null;
}

/// <summary>What the coded pixels of an item say of themselves.</summary>
/// <param name="Size">Columns and rows.</param>
/// <param name="BitDepth">Bits a channel.</param>
internal readonly record struct CodedSize(PixelSize Size, int BitDepth);
