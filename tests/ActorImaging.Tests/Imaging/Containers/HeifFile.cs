using System.Buffers.Binary;
using System.Text;

namespace ActorImaging.Tests.Imaging.Containers;

/// <summary>HEIC and AVIF files with other properties than their encoders gave them.</summary>
internal static class HeifFile
{
    /// <summary>Turns by so many quarters against the clock (ISO/IEC 23008-12, 6.5.10).</summary>
    public static byte[] Turned(int quarters) => Box("irot", [(byte)quarters]);

    /// <summary>Mirrors: 0 exchanges top and bottom, 1 left and right (ISO/IEC 23008-12, 6.5.12, as libheif and libavif read it).</summary>
    public static byte[] Mirrored(int axis) => Box("imir", [(byte)axis]);

    /// <summary>A property that says what colours the samples are.</summary>
    public static byte[] Profile(byte[] profile) => Box("colr", [.. "prof"u8, .. profile]);

    /// <summary>A box.</summary>
    public static byte[] Box(string type, byte[] data)
    {
        var box = new byte[8 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        Encoding.ASCII.GetBytes(type, box.AsSpan(4));
        data.CopyTo(box, 8);
        return box;
    }

    /// <summary>The same file with more properties of an item, which come after those that it has.</summary>
    public static byte[] With(byte[] file, int item, params byte[][] properties)
    {
        var result = file;
        foreach (var property in properties)
        {
            result = With(result, item, property);
        }

        return result;
    }

    private static byte[] With(byte[] file, int item, byte[] property)
    {
        var container = Find(file, "ipco", "meta", "iprp");
        var index = Count(file, container) + 1;
        var (changed, association) = (file.ToList(), EntryOf(file, Find(file, "ipma", "meta", "iprp"), item));
        changed[association]++;
        changed.Insert(association + 1 + file[association], (byte)(0x80 | index)); // behind those that it has; it must not be passed over
        changed.InsertRange(container.At + container.Length, property);
        var bytes = changed.ToArray();
        var more = property.Length + 1;
        Grow(bytes, Find(file, "meta").At, more);
        Grow(bytes, Find(file, "iprp", "meta").At, more);
        Grow(bytes, container.At, property.Length);
        Grow(bytes, Find(bytes, "ipma", "meta", "iprp").At, 1);
        MovePlaces(bytes, more);
        return bytes;
    }

    /// <summary>Where the count of an item's properties is; the box is of the first version, with numbers of 16 and 8 bits.</summary>
    private static int EntryOf(byte[] file, (int At, int Length) associations, int item)
    {
        var at = associations.At + 16;
        while (BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at)) != item)
        {
            at += 3 + file[at + 2];
        }

        return at + 2;
    }

    private static int Count(byte[] file, (int At, int Length) container)
    {
        var count = 0;
        for (var at = container.At + 8; at < container.At + container.Length; at += BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at)))
        {
            count++;
        }

        return count;
    }

    private static void Grow(byte[] file, int at, int by) =>
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(at), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at)) + by);

    /// <summary>What lies behind the list of items lies further behind now.</summary>
    private static void MovePlaces(byte[] file, int by)
    {
        var place = Find(file, "iloc", "meta");
        var (version, baseBytes) = (file[place.At + 8], file[place.At + 13] >> 4);
        var count = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(place.At + 14));
        for (var (left, at) = (count, place.At + 16); left > 0; left--)
        {
            var isInFile = version == 0 || (file[at + 3] & 15) == 0;
            at += version == 0 ? 4 : 6; // item, how it is stored, where it is
            if (isInFile && baseBytes > 0)
            {
                Grow(file, at, by);
            }

            at += baseBytes;
            var extents = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));
            at += 2;
            for (var extent = 0; extent < extents; extent++, at += 8)
            {
                if (isInFile && baseBytes == 0)
                {
                    Grow(file, at, by);
                }
            }
        }
    }

    private static (int At, int Length) Find(byte[] file, string type, params string[] within)
    {
        var (from, to) = (0, file.Length);
        foreach (var outer in within)
        {
            var box = FindIn(file, outer, from, to);
            (from, to) = (box.At + (outer == "meta" ? 12 : 8), box.At + box.Length);
        }

        return FindIn(file, type, from, to);
    }

    private static (int At, int Length) FindIn(byte[] file, string type, int from, int to)
    {
        for (var at = from; at < to; at += BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at)))
        {
            if (Encoding.ASCII.GetString(file, at + 4, 4) == type)
            {
                return (at, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at)));
            }
        }

        throw new InvalidOperationException($"there is no box '{type}'");
    }
}
