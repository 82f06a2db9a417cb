using System.Buffers.Binary;
using System.Text;
using ActorImaging.Imaging.Metadata;

namespace ActorImaging.Imaging.Containers;

/// <summary>A box of the ISO base media file format (ISO/IEC 14496-12).</summary>
/// <param name="Type">Its four letters.</param>
/// <param name="At">Where it begins.</param>
/// <param name="DataAt">Where its data begin.</param>
/// <param name="LengthBytes">Bytes of its data.</param>
internal readonly record struct IsoBox(string Type, long At, long DataAt, long LengthBytes)
{
    private const int PrefixBytes = 8;
    private const int LargePrefixBytes = 16;

    /// <summary>Behind its end.</summary>
    public long EndAt => DataAt + LengthBytes;

    /// <summary>The boxes of a range; one that reaches over its end is cut off there, and is the last.</summary>
    public static IEnumerable<IsoBox> In(SourceReader source, long from, long to)
    {
        for (var at = from; at <= to - PrefixBytes;)
        {
            long length = source.ReadUInt32BigEndian(at);
            var prefix = PrefixBytes;
            if (length == 1 && at <= to - LargePrefixBytes)
            {
                (length, prefix) = ((long)Math.Min(source.ReadUInt64BigEndian(at + PrefixBytes), long.MaxValue / 2), LargePrefixBytes);
            }

            var end = length == 0 ? to : Math.Min(to, at + length);
            if (end < at + prefix)
            {
                yield break; // a length that is none
            }

            yield return new IsoBox(TypeAt(source, at + 4), at, at + prefix, end - at - prefix);
            at = end;
        }
    }

    /// <summary>The one box of a type; null where there is none.</summary>
    /// <exception cref="CorruptSourceException">There are several: what a decoder takes may be another one.</exception>
    public static IsoBox? Only(IEnumerable<IsoBox> boxes, string type)
    {
        var found = boxes.Where(box => box.Type == type).Take(2).ToList();
        return found.Count > 1 ? throw new CorruptSourceException($"is no HEIF: it has two boxes '{type}' where one may be") : found.Count == 1 ? found[0] : null;
    }

    /// <summary>EXIF data of an item or a box: behind the number that says where they begin, and what may stand before them.</summary>
    public static ReadOnlyMemory<byte> ExifOf(ReadOnlyMemory<byte> item)
    {
        var skipped = item.Length >= 4 ? 4 + (long)BinaryPrimitives.ReadUInt32BigEndian(item.Span) : long.MaxValue;
        return skipped < item.Length ? ExifBlock.WithoutPrefix(item[(int)skipped..]) : default;
    }

    private static string TypeAt(SourceReader source, long at)
    {
        Span<byte> type = stackalloc byte[4];
        source.Read(at, type);
        return Encoding.Latin1.GetString(type);
    }
}
