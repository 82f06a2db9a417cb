using System.Buffers.Binary;
using ActorImaging.Imaging.Containers;

namespace ActorImaging.Imaging.Metadata;

/// <summary>Values of a tag, in the byte order of the file they came from.</summary>
/// <param name="Type">The type of the values.</param>
/// <param name="Count">How many.</param>
/// <param name="Data">The values.</param>
internal sealed record TiffField(ushort Type, long Count, ReadOnlyMemory<byte> Data);

/// <summary>A directory with those within it, taken out of a file so that it can be put into another.</summary>
/// <param name="isLittleEndian">The byte order of its values.</param>
internal sealed class TiffDirectory(bool isLittleEndian)
{
    private const int MostDepth = 3;
    private const ushort LongType = 4;
    private const int EntryBytes = 12;

    /// <summary>The byte order of its values.</summary>
    public bool IsLittleEndian { get; } = isLittleEndian;

    /// <summary>The values by their tags.</summary>
    public SortedDictionary<ushort, TiffField> Fields { get; } = [];

    /// <summary>The directories within it, by the tags that point to them.</summary>
    public SortedDictionary<ushort, TiffDirectory> Directories { get; } = [];

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => Fields.Count == 0 && Directories.Count == 0;

    /// <summary>How much is read of EXIF data: all of their entries and of their values, some of which stand in the entries, and what several name.</summary>
    public static MetadataReading ReadingOf(ReadOnlyMemory<byte> exif) => new(2L * exif.Length);

    /// <summary>Reads the first directory of EXIF data; empty where they can't be read.</summary>
    public static TiffDirectory ReadFirst(ReadOnlyMemory<byte> exif, MetadataReading reading)
    {
        using var stream = new MemoryStream(exif.ToArray(), writable: false);
        return TiffReader.TryOpen(new SourceReader(stream)) is { } tiff
            ? Read(tiff, tiff.FirstDirectoryAt, _ => true, reading, [])
            : new TiffDirectory(isLittleEndian: true);
    }

    /// <summary>Reads a directory of a file, with those within it, as far as it holds together.</summary>
    public static TiffDirectory Read(TiffReader tiff, long position, Func<ushort, bool> isWanted, MetadataReading reading) => Read(tiff, position, isWanted, reading, []);

    /// <summary>Reads a directory as far as it holds together.</summary>
    /// <param name="tiff">The file.</param>
    /// <param name="position">Where the directory is.</param>
    /// <param name="isWanted">Which of its tags are read; of the directories within it all are.</param>
    /// <param name="reading">How much may be read.</param>
    /// <param name="seen">Where directories were read before: one that is named twice is read once.</param>
    /// <param name="depth">How many directories it is within.</param>
    private static TiffDirectory Read(TiffReader tiff, long position, Func<ushort, bool> isWanted, MetadataReading reading, HashSet<long> seen, int depth = 0)
    {
        var directory = new TiffDirectory(tiff.IsLittleEndian);
        try
        {
            var entries = seen.Add(position) ? tiff.ReadDirectory(position, out _) : [];
            if (!reading.TryTake(entries.Count * (long)EntryBytes)) // or directories that overlap would be read without end
            {
                return directory;
            }

            foreach (var entry in entries.Where(entry => isWanted(entry.Tag)))
            {
                directory.Add(tiff, entry, reading, seen, depth);
            }
        }
        catch (CorruptSourceException)
        {
            reading.Warn("EXIF data are damaged: what can't be read of them was left out");
        }

        return directory;
    }

    /// <summary>This as EXIF data.</summary>
    public byte[] ToExif()
    {
        var header = new byte[8];
        (IsLittleEndian ? "II"u8 : "MM"u8).CopyTo(header);
        WriteWhole(header.AsSpan(2), 42, 2);
        WriteWhole(header.AsSpan(4), header.Length, 4);
        return [.. header, .. ToBytes(header.Length, next: 0)];
    }

    /// <summary>The bytes of it and of those within it.</summary>
    /// <param name="position">Where in a file they will be; even.</param>
    /// <param name="next">Where the next directory of the chain is.</param>
    public byte[] ToBytes(long position, long next)
    {
        var own = 2 + (12 * (Fields.Count + Directories.Count)) + 4;
        var (entries, values) = (new byte[own], new MemoryStream());
        WriteWhole(entries, Fields.Count + Directories.Count, 2);
        WriteWhole(entries.AsSpan(own - 4), next, 4);
        var at = 2;
        foreach (var tag in Fields.Keys.Concat(Directories.Keys).Order())
        {
            values.Write(new byte[values.Length & 1]); // values begin at even places
            var field = Fields.GetValueOrDefault(tag) ?? Within(Directories[tag], position + own + values.Length, values);
            WriteEntry(entries.AsSpan(at, 12), tag, field, position + own, values);
            at += 12;
        }

        return [.. entries, .. values.ToArray()];
    }

    /// <summary>A directory goes among the values, and its entry says where.</summary>
    private TiffField Within(TiffDirectory directory, long position, MemoryStream values)
    {
        values.Write(directory.ToBytes(position, next: 0));
        var place = new byte[4];
        WriteWhole(place, position, 4);
        return new TiffField(LongType, 1, place);
    }

    private void Add(TiffReader tiff, TiffEntry entry, MetadataReading reading, HashSet<long> seen, int depth)
    {
        if (TiffTag.IsDirectory(entry.Tag))
        {
            if (depth < MostDepth && tiff.TryReadNumber(entry) is { } at && Read(tiff, at, _ => true, reading, seen, depth + 1) is { IsEmpty: false } within)
            {
                Directories[entry.Tag] = within;
            }
        }
        else if (entry.Type is <= 12 or TiffEntry.Utf8 && entry.Count <= uint.MaxValue && tiff.TryReadValue(entry, reading) is { } data)
        {
            Fields[entry.Tag] = new TiffField(entry.Type, entry.Count, data);
        }
    }

    private void WriteEntry(Span<byte> entry, ushort tag, TiffField field, long valuesAt, MemoryStream values)
    {
        WriteWhole(entry, tag, 2);
        WriteWhole(entry[2..], field.Type, 2);
        WriteWhole(entry[4..], field.Count, 4);
        if (field.Data.Length <= 4)
        {
            field.Data.Span.CopyTo(entry[8..]);
            return;
        }

        values.Write(new byte[values.Length & 1]);
        WriteWhole(entry[8..], valuesAt + values.Length, 4);
        values.Write(field.Data.Span);
    }

    private void WriteWhole(Span<byte> to, long number, int bytes)
    {
        switch (bytes, IsLittleEndian)
        {
            case (2, true):
                BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)number);
                break;
            case (2, false):
                BinaryPrimitives.WriteUInt16BigEndian(to, (ushort)number);
                break;
            case (_, true):
                BinaryPrimitives.WriteUInt32LittleEndian(to, checked((uint)number));
                break;
            default:
                BinaryPrimitives.WriteUInt32BigEndian(to, checked((uint)number));
                break;
        }
    }
}
