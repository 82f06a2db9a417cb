using System.Globalization;
using System.IO.Compression;

namespace ActorImaging.Imaging.Metadata;

/// <summary>
/// The reading of what is beside the pixels of one source: how much of it there may be, all together and inflated, and what was left out.
/// </summary>
/// <param name="limitBytes">The most bytes that are read.</param>
internal sealed class MetadataReading(long limitBytes)
{
    private const int BufferBytes = 16 * 1024;

    /// <summary>As many as somebody reads.</summary>
    private const int MostWarnings = 20;

    private readonly List<string> _warnings = [];
    private readonly List<string> _omissions = [];
    private readonly long _limitBytes = limitBytes;
    private long _leftBytes = limitBytes;

    /// <summary>What was left out and why, a line each.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>What of the metadata was left out, which is news only to those who want to keep them.</summary>
    public IReadOnlyList<string> Omissions => _omissions;

    /// <summary>Notes something that was left out or changed; the same is noted once.</summary>
    public void Warn(string warning) => Note(warning, _warnings);

    /// <summary>Notes metadata that no output has.</summary>
    public void Omit(string what) => Note(what, _omissions);

    /// <summary>Notes that the file has something behind its image.</summary>
    /// <param name="attachment">One of <see cref="Attachments"/>.</param>
    public void WarnOfAttachment(string attachment) => Warn($"what lies behind the image was left out: {attachment}");

    /// <summary>Whether EXIF data are the first of a file; that there are more is noted.</summary>
    public bool IsFirstExif(ImageMetadata soFar) => IsFirst(soFar.Exif, "block of EXIF data");

    /// <summary>Whether XMP is the first of a file; that there is more is noted.</summary>
    public bool IsFirstXmp(ImageMetadata soFar) => IsFirst(soFar.Xmp, "XMP packet");

    /// <summary>Whether so many bytes more may be read; if not, that is noted.</summary>
    public bool TryTake(long bytes)
    {
        if (bytes <= _leftBytes)
        {
            _leftBytes -= bytes;
            return true;
        }

        Warn(string.Create(CultureInfo.InvariantCulture, $"metadata beyond {_limitBytes:N0} bytes were left out (actor-imaging.limits.metadata-bytes)"));
        return false;
    }

    private bool IsFirst(ReadOnlyMemory<byte> present, string what)
    {
        if (!present.IsEmpty)
        {
            Omit($"a second {what} was left out: the first counts");
        }

        return present.IsEmpty;
    }

    private static void Note(string what, List<string> notes)
    {
        if (notes.Count <= MostWarnings && !notes.Contains(what))
        {
            notes.Add(notes.Count == MostWarnings ? "more was left out" : what);
        }
    }

    /// <summary>Inflates a zlib stream, as far as it may be read.</summary>
    /// <param name="compressed">The stream.</param>
    /// <param name="what">What it is, for a warning.</param>
    /// <returns>All of it; null when it is damaged or too long.</returns>
    public ReadOnlyMemory<byte>? TryInflate(Stream compressed, string what)
    {
        using var inflater = new ZLibStream(compressed, CompressionMode.Decompress, leaveOpen: true);
        return TryDecompress(inflater, what);
    }

    /// <summary>Reads a stream that decompresses, as far as it may be read.</summary>
    /// <inheritdoc cref="TryInflate"/>
    public ReadOnlyMemory<byte>? TryDecompress(Stream decompressor, string what)
    {
        using var result = new MemoryStream();
        var buffer = new byte[BufferBytes];
        try
        {
            for (int read; (read = decompressor.Read(buffer)) > 0;)
            {
                if (!TryTake(read))
                {
                    return null;
                }

                result.Write(buffer, 0, read);
            }

            return result.GetBuffer().AsMemory(0, (int)result.Length);
        }
        catch (Exception fault) when (Decompression.IsDamage(fault))
        {
            Warn($"{what} is damaged and was left out");
            return null;
        }
    }
}
