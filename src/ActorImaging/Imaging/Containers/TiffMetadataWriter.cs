using System.Buffers.Binary;
using ActorImaging.Imaging.Metadata;

namespace ActorImaging.Imaging.Containers;

/// <summary>
/// Writes what a TIFF says beside its pixels into the file of somebody else's encoder: its first directory is written once more behind its end, with
/// more in it, and the header leads there.
/// </summary>
internal static class TiffMetadataWriter
{
    private const int HeaderBytes = 8;
    private const ushort ByteType = 1;
    private const ushort UndefinedType = 7;

    /// <summary>The byte order in which the pixels must be written, since EXIF data keep theirs.</summary>
    public static bool IsLittleEndian(ImageMetadata metadata) => Collect(metadata).IsLittleEndian;

    /// <summary>Adds what is beside the pixels.</summary>
    /// <param name="file">The file, which can be read and can seek; the byte order is that of the EXIF data.</param>
    /// <param name="metadata">What goes into it.</param>
    public static void AddTo(Stream file, ImageMetadata metadata)
    {
        var added = Collect(metadata);
        if (added.IsEmpty)
        {
            return;
        }

        var source = new SourceReader(file);
        var tiff = TiffReader.TryOpen(source);
        if (tiff is null || tiff.IsLittleEndian != added.IsLittleEndian)
        {
            throw new InvalidOperationException("the encoder wrote no TIFF of the byte order that it was told");
        }

        var pages = CollectPages(tiff, source, added, metadata.IccProfile);
        var directoryAt = (source.LengthBytes + 1) & ~1L;
        file.Position = source.LengthBytes;
        file.Write(new byte[directoryAt - source.LengthBytes]);
        WritePages(pages, directoryAt, file);

        var place = new byte[4];
        if (tiff.IsLittleEndian)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(place, checked((uint)directoryAt));
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(place, checked((uint)directoryAt));
        }

        file.Position = HeaderBytes - place.Length;
        file.Write(place);
        file.Seek(0, SeekOrigin.End);
    }

    private static TiffDirectory Collect(ImageMetadata metadata)
    {
        var directory = TiffDirectory.ReadFirst(metadata.Exif, TiffDirectory.ReadingOf(metadata.Exif));
        foreach (var tag in directory.Fields.Keys.Where(tag => TiffTag.IsOfFile(tag) || IsOfEncoder(tag) || TiffTag.IsOfRawFile(tag)).ToList())
        {
            directory.Fields.Remove(tag);
        }

        Add(directory, TiffTag.Xmp, ByteType, metadata.Xmp);
        Add(directory, TiffTag.IccProfile, UndefinedType, metadata.IccProfile?.Bytes ?? default);
        Add(directory, TiffTag.ImageResources, ByteType, metadata.ImageResources);
        AddIptc(directory, ImageResourceBlock.IptcOf(metadata.ImageResources));
        return directory;
    }

    /// <summary>What the encoder writes by what it was told: resolution and orientation.</summary>
    private static bool IsOfEncoder(ushort tag) =>
        tag is TiffTag.HorizontalResolution or TiffTag.VerticalResolution or TiffTag.ResolutionUnit or TiffTag.Orientation;

    private static void Add(TiffDirectory directory, ushort tag, ushort type, ReadOnlyMemory<byte> data)
    {
        if (!data.IsEmpty)
        {
            directory.Fields[tag] = new TiffField(type, data.Length, data);
        }
    }

    /// <summary>Photoshop writes them as numbers of four bytes, and so everybody does.</summary>
    private static void AddIptc(TiffDirectory directory, ReadOnlyMemory<byte> iptc)
    {
        if (!iptc.IsEmpty)
        {
            var padded = new byte[(iptc.Length + 3) & ~3];
            iptc.CopyTo(padded);
            directory.Fields[TiffTag.Iptc] = new TiffField(UndefinedType, padded.Length, padded);
        }
    }

    /// <summary>The directories of all pages: the first with all that is added, the others with what the colours are.</summary>
    private static List<TiffDirectory> CollectPages(TiffReader tiff, SourceReader source, TiffDirectory added, IccProfile? profile)
    {
        var pages = new List<TiffDirectory>();
        for (var at = tiff.FirstDirectoryAt; at != 0;)
        {
            var page = pages.Count == 0 ? added : new TiffDirectory(tiff.IsLittleEndian);
            Add(page, TiffTag.IccProfile, UndefinedType, profile?.Bytes ?? default);
            Merge(tiff, source, at, page, out at);
            pages.Add(page);
        }

        return pages;
    }

    /// <summary>Writes directories one after the other, each of which leads to the next.</summary>
    private static void WritePages(List<TiffDirectory> pages, long at, Stream file)
    {
        for (var index = 0; index < pages.Count; index++)
        {
            var length = pages[index].ToBytes(at, next: 0).Length;
            var nextAt = (at + length + 1) & ~1L;
            file.Write(pages[index].ToBytes(at, index < pages.Count - 1 ? nextAt : 0));
            file.Write(new byte[nextAt - at - length]);
            at = nextAt;
        }
    }

    /// <summary>The entries of the encoder's directory beside those that are added.</summary>
    private static void Merge(TiffReader tiff, SourceReader source, long directoryAt, TiffDirectory added, out long next)
    {
        foreach (var entry in tiff.ReadDirectory(directoryAt, out next))
        {
            if (!added.Fields.ContainsKey(entry.Tag) && !added.Directories.ContainsKey(entry.Tag))
            {
                added.Fields[entry.Tag] = new TiffField(entry.Type, entry.Count, source.ReadBytes(entry.ValueAt, entry.LengthBytes));
            }
        }
    }
}
