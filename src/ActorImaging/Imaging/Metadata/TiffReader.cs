using System.Buffers.Binary;
using ActorImaging.Imaging.Containers;

namespace ActorImaging.Imaging.Metadata;

/// <summary>An entry of a directory as it stands in a file (TIFF 6.0, section 2; BigTIFF).</summary>
/// <param name="At">Where it is.</param>
/// <param name="Tag">What it is.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Count">How many values.</param>
/// <param name="ValueAt">Where the values are.</param>
internal readonly record struct TiffEntry(long At, ushort Tag, ushort Type, long Count, long ValueAt)
{
    /// <summary>Text in UTF-8 (EXIF 3.0, 4.6.2).</summary>
    public const ushort Utf8 = 129;

    private static ReadOnlySpan<byte> TypeBytes => [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

    /// <summary>Bytes of a value of this type; 0 where the type is not known.</summary>
    public int UnitBytes => Type < TypeBytes.Length ? TypeBytes[Type] : Type == Utf8 ? 1 : 0;

    /// <summary>Bytes of all values.</summary>
    public long LengthBytes => Count <= long.MaxValue / 8 ? Count * UnitBytes : long.MaxValue;
}

/// <summary>Reads the directories of a TIFF, classic or large, which EXIF data are one of. What it says of places is checked.</summary>
internal sealed class TiffReader
{
    private const int HeaderBytes = 8;
    private const int BigHeaderBytes = 16;
    private const int EntryBytes = 12;
    private const int BigEntryBytes = 20;

    /// <summary>More than any program writes: of a directory that says more, nothing is believed.</summary>
    private const int MostEntries = 512;

    private readonly SourceReader _source;

    private TiffReader(SourceReader source, bool isLittleEndian, bool isBig)
    {
        (_source, IsLittleEndian, IsBig) = (source, isLittleEndian, isBig);
        FirstDirectoryAt = isBig ? Whole(8, 8) : Whole(4, 4);
    }

    /// <summary>Whether the least significant byte comes first.</summary>
    public bool IsLittleEndian { get; }

    /// <summary>Whether places are of 64 bits.</summary>
    public bool IsBig { get; }

    /// <summary>Where the first directory is.</summary>
    public long FirstDirectoryAt { get; }

    /// <summary>Bytes before which no directory can be.</summary>
    public int PrefixBytes => IsBig ? BigHeaderBytes : HeaderBytes;

    /// <summary>Opens a TIFF; null where it does not begin as one.</summary>
    public static TiffReader? TryOpen(SourceReader source)
    {
        Span<byte> beginning = stackalloc byte[BigHeaderBytes];
        var length = (int)Math.Min(BigHeaderBytes, source.LengthBytes);
        if (length < HeaderBytes || !source.TryRead(0, beginning[..length]))
        {
            return null;
        }

        var isLittle = beginning.StartsWith("II"u8);
        if (!isLittle && !beginning.StartsWith("MM"u8))
        {
            return null;
        }

        var version = isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(beginning[2..]) : BinaryPrimitives.ReadUInt16BigEndian(beginning[2..]);
        return version switch
        {
            42 => new TiffReader(source, isLittle, isBig: false),
            43 when length == BigHeaderBytes => new TiffReader(source, isLittle, isBig: true),
            _ => null,
        };
    }

    /// <summary>Reads the entries of a directory.</summary>
    /// <param name="position">Where it is.</param>
    /// <param name="next">Where the next one of the chain is; 0 for none.</param>
    /// <exception cref="CorruptSourceException">There is no directory.</exception>
    public List<TiffEntry> ReadDirectory(long position, out long next)
    {
        if (position < PrefixBytes)
        {
            throw new CorruptSourceException(FormattableString.Invariant($"has a TIFF directory at {position}, where none can be"));
        }

        var count = Whole(position, IsBig ? 8 : 2);
        if (count > MostEntries)
        {
            throw new CorruptSourceException(FormattableString.Invariant($"has a TIFF directory of {count:N0} entries, and {MostEntries:N0} are the most that are believed"));
        }

        var first = position + (IsBig ? 8 : 2);
        var entries = new List<TiffEntry>((int)count);
        for (var index = 0; index < count; index++)
        {
            entries.Add(ReadEntry(first + (index * (IsBig ? BigEntryBytes : EntryBytes))));
        }

        var end = first + (count * (IsBig ? BigEntryBytes : EntryBytes));
        next = end + (IsBig ? 8 : 4) <= _source.LengthBytes ? Whole(end, IsBig ? 8 : 4) : 0; // some programs leave it away
        return entries;
    }

    /// <summary>The values of an entry, as bytes; null where they lie outside the file.</summary>
    public byte[]? TryReadValue(TiffEntry entry, MetadataReading reading) =>
        IsWithin(entry) && reading.TryTake(entry.LengthBytes) ? _source.ReadBytes(entry.ValueAt, entry.LengthBytes) : null;

    /// <summary>A whole number of an entry; null where it has no such value.</summary>
    public long? TryReadNumber(TiffEntry entry, int index = 0) => index < entry.Count && IsWithin(entry)
        ? entry.Type switch
        {
            1 or 7 => Whole(entry.ValueAt + index, 1),
            6 => (sbyte)Whole(entry.ValueAt + index, 1),
            3 => Whole(entry.ValueAt + (2L * index), 2),
            8 => (short)Whole(entry.ValueAt + (2L * index), 2),
            4 or 13 => Whole(entry.ValueAt + (4L * index), 4),
            9 => (int)Whole(entry.ValueAt + (4L * index), 4),
            16 or 18 when Whole(entry.ValueAt + (8L * index), 8) is var large && large >= 0 => large,
            17 => Whole(entry.ValueAt + (8L * index), 8),
            _ => null,
        }
        : null;

    /// <summary>A fraction of an entry; null where it has no such value.</summary>
    public double? TryReadFraction(TiffEntry entry, int index = 0) => entry.Type == 5 && index < entry.Count && IsWithin(entry)
        ? Whole(entry.ValueAt + (8L * index), 4) / (double)Whole(entry.ValueAt + (8L * index) + 4, 4)
        : null;

    private bool IsWithin(TiffEntry entry) =>
        entry.UnitBytes > 0 && entry.Count >= 0 && entry.ValueAt >= 0 && entry.LengthBytes <= _source.LengthBytes - entry.ValueAt;

    private TiffEntry ReadEntry(long position)
    {
        var entry = new TiffEntry(position, (ushort)Whole(position, 2), (ushort)Whole(position + 2, 2), Whole(position + 4, IsBig ? 8 : 4), position + (IsBig ? 12 : 8));
        var room = IsBig ? 8 : 4;
        return entry.LengthBytes <= room ? entry : entry with { ValueAt = Whole(entry.ValueAt, room) };
    }

    private long Whole(long position, int bytes)
    {
        Span<byte> number = stackalloc byte[8];
        _source.Read(position, number[..bytes]);
        return (bytes, IsLittleEndian) switch
        {
            (1, _) => number[0],
            (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(number),
            (2, false) => BinaryPrimitives.ReadUInt16BigEndian(number),
            (4, true) => BinaryPrimitives.ReadUInt32LittleEndian(number),
            (4, false) => BinaryPrimitives.ReadUInt32BigEndian(number),
            (_, true) => BinaryPrimitives.ReadInt64LittleEndian(number),
            (_, false) => BinaryPrimitives.ReadInt64BigEndian(number),
        };
    }
}
