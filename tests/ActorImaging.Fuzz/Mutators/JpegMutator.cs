using System.Buffers.Binary;

namespace ActorImaging.Fuzz.Mutators;

/// <summary>Changes what segments of a JPEG say, their order and their number, scans among them.</summary>
internal sealed class JpegMutator : IMutator
{
    private static readonly byte[] Markers = [0xC0, 0xC1, 0xC2, 0xC4, 0xC9, 0xDA, 0xDB, 0xDD, 0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xFE];

    private readonly ByteMutator _bytes = new();

    /// <inheritdoc/>
    public byte[] Mutate(byte[] file, byte[] other, Random random)
    {
        var segments = SegmentsOf(file);
        if (segments.Count == 0)
        {
            return _bytes.Mutate(file, other, random);
        }

        var at = random.Next(segments.Count);
        switch (random.Next(20))
        {
            case 0:
                segments[at] = WithData(segments[at], _bytes.Mutate(segments[at][4..], [], random));
                break;
            case 1:
                segments[at] = _bytes.Mutate(segments[at], [], random);
                break;
            case 2:
                segments.RemoveAt(at);
                break;
            case 3:
                segments.InsertRange(random.Next(segments.Count), Enumerable.Repeat(segments[at], random.Next(1, 90)));
                break;
            case 4:
                (segments[0], segments[at]) = (segments[at], segments[0]);
                break;
            case 5:
                segments[at] = [0xFF, Markers[random.Next(Markers.Length)], .. segments[at][2..]];
                break;
            case 6:
                var others = SegmentsOf(other);
                segments.InsertRange(at, others.Take(random.Next(others.Count + 1)));
                break;
            case 7:
                SwapKind(segments, SegmentsOf(other), random);
                break;
            case 8:
                var to = random.Next(segments.Count);
                (segments[to], segments[at]) = (segments[at], segments[to]);
                break;
            default:
                JpegCodingMutator.Mutate(segments, random);
                break;
        }

        return [0xFF, 0xD8, .. segments.SelectMany(segment => segment), 0xFF, 0xD9];
    }

    /// <summary>Replaces a segment by one of the same kind of another file, or puts that one before it: tables, headers of frames and scans, restart intervals.</summary>
    private static void SwapKind(List<byte[]> segments, List<byte[]> others, Random random)
    {
        var at = random.Next(segments.Count);
        var alike = others.Where(other => other[1] == segments[at][1]).ToList();
        if (alike.Count > 0)
        {
            segments.InsertRange(at, [alike[random.Next(alike.Count)]]);
            segments.RemoveRange(at + 1, random.Next(3) == 0 ? 0 : 1);
        }
    }

    private static byte[] WithData(byte[] segment, byte[] data)
    {
        byte[] result = [.. segment[..4], .. data];
        BinaryPrimitives.WriteUInt16BigEndian(result.AsSpan(2), (ushort)Math.Min(ushort.MaxValue, 2 + data.Length));
        return result;
    }

    /// <summary>The segments, each scan with the compressed data behind it.</summary>
    private static List<byte[]> SegmentsOf(byte[] file)
    {
        var segments = new List<byte[]>();
        for (var at = 2; at + 4 <= file.Length && file[at] == 0xFF && file[at + 1] is not (0xD9 or 0);)
        {
            var end = Math.Min(file.Length, at + 2 + Math.Max((ushort)2, BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2))));
            while (file[at + 1] == 0xDA && end + 1 < file.Length && !(file[end] == 0xFF && file[end + 1] is not (0 or (>= 0xD0 and <= 0xD7))))
            {
                end++;
            }

            segments.Add(file[at..end]);
            at = end;
        }

        return segments;
    }
}
