using System.Buffers.Binary;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Metadata;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>The list of the images that lie behind the first in a JPEG (CIPA DC-007, Multi-Picture Format).</summary>
internal static class MultiPictureIndex
{
    private const ushort EntriesTag = 0xB002;
    private const int EntryBytes = 16;
    private const uint TypeMask = 0xFFFFFF;
    private const uint ThumbnailClass = 0x010000;
    private const uint ClassMask = 0xFF0000;

    /// <summary>Whether there are images that are more than smaller copies of the first.</summary>
    /// <param name="index">The list, from its byte order mark on.</param>
    public static bool HasFurtherImages(ReadOnlyMemory<byte> index)
    {
        try
        {
            using var stream = new MemoryStream(index.ToArray(), writable: false);
            if (TiffReader.TryOpen(new SourceReader(stream)) is not { } tiff
                || tiff.ReadDirectory(tiff.FirstDirectoryAt, out _).FirstOrDefault(entry => entry.Tag == EntriesTag) is not { LengthBytes: > EntryBytes } list
                || tiff.TryReadValue(list, new MetadataReading(index.Length)) is not { } entries)
            {
                return false;
            }

            return Enumerable.Range(1, (entries.Length / EntryBytes) - 1).Any(image => !IsThumbnail(entries.AsSpan(image * EntryBytes), tiff.IsLittleEndian));
        }
        catch (CorruptSourceException)
        {
            return false; // what can't be found is not there
        }
    }

    private static bool IsThumbnail(ReadOnlySpan<byte> entry, bool isLittleEndian)
    {
        var type = TypeMask & (isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(entry) : BinaryPrimitives.ReadUInt32BigEndian(entry));
        return (type & ClassMask) == ThumbnailClass;
    }
}
