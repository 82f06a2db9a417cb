using System.Text;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>The track of a sequence of images (ISO/IEC 14496-12, 8.3 to 8.7).</summary>
/// <param name="Size">The size that the track says it has; what its frames are coded in, they say themselves.</param>
/// <param name="Frames">How many frames there are, as far as they count.</param>
/// <param name="Samples">The coded frames, as an item would have them.</param>
internal sealed record HeifTrack(PixelSize Size, int Frames, HeifItem Samples)
{
    private const int MostBoxes = 10_000;
    private const int FullBoxBytes = 4;

    /// <summary>Of the description of pictures, before the boxes in it.</summary>
    private const int EntryBytes = 78;

    /// <summary>Reads the first track of pictures; null where there is none.</summary>
    public static HeifTrack? TryRead(SourceReader source, IsoBox movie, int countedFrames)
    {
        foreach (var track in Within(source, movie).Where(box => box.Type == "trak"))
        {
            var tables = Find(source, track, "mdia", "minf", "stbl");
            if (HandlerOf(source, track) == "pict" && tables is { } found
                && Find(source, found, "stsz") is { LengthBytes: >= 12 } sizes && Find(source, found, "stsd") is { LengthBytes: >= 50 } descriptions)
            {
                var frames = (int)Math.Min(source.ReadUInt32BigEndian(sizes.DataAt + 8), countedFrames);
                var shown = new PixelSize(source.ReadUInt16BigEndian(descriptions.DataAt + 40), source.ReadUInt16BigEndian(descriptions.DataAt + 42));
                return frames > 1 ? new HeifTrack(shown, frames, ReadSamples(source, found, descriptions, sizes, frames)) : null;
            }
        }

        return null;
    }

    /// <summary>What describes the frames, and where they are.</summary>
    private static HeifItem ReadSamples(SourceReader source, IsoBox tables, IsoBox descriptions, IsoBox sizes, int frames)
    {
        var entries = IsoBox.In(source, descriptions.DataAt + FullBoxBytes + 4, descriptions.EndAt).Take(MostBoxes).ToList();
        var samples = new HeifItem(0, entries.Exists(entry => entry.Type == "av01") ? "av01" : "hvc1");
        foreach (var entry in entries)
        {
            samples.Properties.AddRange(IsoBox.In(source, entry.DataAt + EntryBytes, entry.EndAt).Take(MostBoxes));
        }

        var each = source.ReadUInt32BigEndian(sizes.DataAt + 4);
        var sample = 0;
        foreach (var (chunkAt, count) in Chunks(source, tables))
        {
            var at = chunkAt;
            for (var left = count; left > 0 && sample < frames; left--, sample++)
            {
                long length = each > 0 ? each : source.ReadUInt32BigEndian(sizes.DataAt + 12 + (4L * sample));
                source.RequireWithin(at, length);
                samples.Data.Add(StreamPiece.Of(at, length));
                at += length;
            }

            if (sample == frames)
            {
                break;
            }
        }

        return samples;
    }

    /// <summary>Where samples lie together, and how many: the number counts until another is said for a later chunk.</summary>
    private static IEnumerable<(long At, long Count)> Chunks(SourceReader source, IsoBox tables)
    {
        var places = Find(source, tables, "stco") ?? Find(source, tables, "co64");
        if (places is not { LengthBytes: >= 8 } found || Find(source, tables, "stsc") is not { LengthBytes: >= 20 } counts)
        {
            yield break;
        }

        long runs = source.ReadUInt32BigEndian(counts.DataAt + FullBoxBytes), run = 0;
        for (long chunk = 1, chunks = source.ReadUInt32BigEndian(found.DataAt + FullBoxBytes); chunk <= chunks; chunk++)
        {
            if (run + 1 < runs && source.ReadUInt32BigEndian(RunAt(counts, run + 1)) <= chunk)
            {
                run++;
            }

            var isWide = found.Type == "co64";
            var placeAt = found.DataAt + 8 + ((chunk - 1) * (isWide ? 8 : 4));
            var count = source.ReadUInt32BigEndian(RunAt(counts, run) + 4);
            yield return count > 0
                ? (isWide ? (long)Math.Min(source.ReadUInt64BigEndian(placeAt), long.MaxValue / 2) : source.ReadUInt32BigEndian(placeAt), count)
                : throw new CorruptSourceException("is no HEIF: it has places for frames without any");
        }
    }

    private static long RunAt(IsoBox counts, long run) => counts.DataAt + 8 + (12 * run);

    private static string HandlerOf(SourceReader source, IsoBox track) => Find(source, track, "mdia", "hdlr") is { LengthBytes: >= 12 } handler
        ? Encoding.Latin1.GetString(source.ReadBytes(handler.DataAt + 8, 4))
        : string.Empty;

    private static IEnumerable<IsoBox> Within(SourceReader source, IsoBox box) => IsoBox.In(source, box.DataAt, box.EndAt).Take(MostBoxes);

    private static IsoBox? Find(SourceReader source, IsoBox box, params ReadOnlySpan<string> path)
    {
        foreach (var type in path)
        {
            if (IsoBox.Only(Within(source, box), type) is not { } found)
            {
                return null;
            }

            box = found;
        }

        return box;
    }
}
