using System.Text;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>The track of a sequence of images (ISO/IEC 14496-12, 8.3 to 8.7).</summary>
/// <param name="Size">The size of what is shown, or of what is coded, whichever is larger.</param>
/// <param name="Frames">How many frames there are, as far as they count.</param>
internal sealed record HeifTrack(PixelSize Size, int Frames)
{
    private const int MostBoxes = 10_000;

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
                var coded = new PixelSize(source.ReadUInt16BigEndian(descriptions.DataAt + 40), source.ReadUInt16BigEndian(descriptions.DataAt + 42));
                return frames > 1 ? new HeifTrack(coded, frames) : null;
            }
        }

        return null;
    }

    private static string HandlerOf(SourceReader source, IsoBox track) => Find(source, track, "mdia", "hdlr") is { LengthBytes: >= 12 } handler
        ? Encoding.Latin1.GetString(source.ReadBytes(handler.DataAt + 8, 4))
        : string.Empty;

    private static IEnumerable<IsoBox> Within(SourceReader source, IsoBox box) => IsoBox.In(source, box.DataAt, box.EndAt).Take(MostBoxes);

    private static IsoBox? Find(SourceReader source, IsoBox box, params ReadOnlySpan<string> path)
    {
        foreach (var type in path)
        {
            var found = Within(source, box).Where(part => part.Type == type).Take(1).ToList();
            if (found.Count == 0)
            {
                return null;
            }

            box = found[0];
        }

        return box;
    }
}
