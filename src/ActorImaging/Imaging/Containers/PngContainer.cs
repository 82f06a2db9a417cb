using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Imaging.Png;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>A PNG, also an animated one (PNG specification, third edition).</summary>
internal sealed class PngContainer : ImageContainer
{
    private const int SignatureBytes = 8;
    private const int PrefixBytes = 8; // length and type
    private const int SuffixBytes = 4; // CRC
    private const int HeaderBytes = 13;
    private const int FrameControlBytes = 26;

    /// <summary>More than any program writes before the pixels: a file that has more is made to be walked through.</summary>
    private const int MostChunksBeforePixels = 10_000;

    /// <summary>Those of the pixels themselves, where they begin behind where reading of them ended, among them.</summary>
    private const int MostChunksBehindPixels = 100_000;

    /// <summary>Where chunks are much shorter than this throughout, they are to be walked through.</summary>
    private const int LeastMeanBytes = 256;

    private readonly int _countedFrames;
    private readonly List<AnimationFrame> _frames = [];
    private readonly List<long> _frameDataAt = [];
    private bool _hasDefaultImage;
    private int _loops;
    private int _declaredFrames;

    /// <summary>Looks into a PNG.</summary>
    public PngContainer(SourceReader source, int countedFrames)
        : base(source)
    {
        _countedFrames = countedFrames;
        if (source.ReadUInt32BigEndian(SignatureBytes) != HeaderBytes || TypeAt(SignatureBytes) != "IHDR")
        {
            throw new CorruptSourceException("is no PNG: it does not begin with IHDR");
        }

        ImageHeader = PngImageHeader.Read(source.ReadBytes(SignatureBytes + PrefixBytes, HeaderBytes));
        ReadToPixels();
        if (countedFrames > 1 && _declaredFrames > 0)
        {
            ReadFrames();
            Damage ??= _frames.Count < Math.Min(_declaredFrames, countedFrames) ? FormattableString.Invariant($"of its {_declaredFrames:N0} frames {_frames.Count:N0} are there") : null;
        }

        Header = new ImageHeader(ImageFormat.Png, ImageHeader.Size, Math.Max(1, _frames.Count))
        {
            BitDepth = ImageHeader.Format.Colour == PngColourType.Indexed ? 8 : ImageHeader.Format.BitDepth,
            Orientation = OrientationOf(),
        };
    }

    /// <inheritdoc/>
    public override ImageHeader Header { get; }

    /// <inheritdoc/>
    public override Animation? Animation => _frames.Count > 0 ? new Animation(ImageHeader.Size, _frames, _loops) : null;

    /// <summary>What IHDR says.</summary>
    public PngImageHeader ImageHeader { get; }

    /// <summary>The palette, three bytes a colour; empty for none.</summary>
    public ReadOnlyMemory<byte> Palette { get; private set; }

    /// <summary>What is transparent, as tRNS has it; empty for nothing.</summary>
    public ReadOnlyMemory<byte> Transparency { get; private set; }

    /// <inheritdoc/>
    public override ImageMetadata ReadMetadata(MetadataReading reading)
    {
        var metadata = new PngMetadataReader(reading);
        if (_hasDefaultImage && _frames.Count > 0)
        {
            reading.Warn("the image for programs that show no animations was left out: it is none of the frames");
        }

        foreach (var chunk in Chunks().TakeWhile(chunk => chunk.Type != "IDAT").Concat(ChunksBehindPixels(reading)).Where(chunk => chunk.IsAncillary && !chunk.IsCutOff))
        {
            if (metadata.IsWanted(chunk.Type) && reading.TryTake(PrefixBytes + chunk.LengthBytes + SuffixBytes))
            {
                metadata.Add(chunk.Type, Source.ReadBytes(chunk.DataAt, chunk.LengthBytes));
            }
        }

        return metadata.ToMetadata() with { Loops = _loops };
    }

    /// <inheritdoc/>
    /// <remarks>Of an animation only the first frame, where it is the image that programs show which know no animation.</remarks>
    public override Stream OpenFrame(int index)
    {
        RequirePlausible();
        var pieces = new List<StreamPiece> { StreamPiece.Of(0, SignatureBytes) };
        foreach (var chunk in Chunks().Where(chunk => chunk.Type is "IHDR" or "PLTE" or "tRNS" or "IDAT" or "IEND"))
        {
            Append(pieces, chunk.DataAt - PrefixBytes, PrefixBytes + chunk.LengthBytes + SuffixBytes);
        }

        return Source.Open(pieces);
    }

    /// <summary>The compressed pixels of a frame, without what frames them.</summary>
    public PngImageData OpenImageData(int index)
    {
        RequirePlausible();
        return new PngImageData(Source, _frameDataAt.Count == 0 ? FirstDataAt : _frameDataAt[index], endAt => BehindPixelsAt = Math.Max(BehindPixelsAt, endAt));
    }

    private long FirstDataAt { get; set; }

    /// <summary>Where chunks behind the pixels begin: known once these are read, and before that where they begin themselves.</summary>
    private long BehindPixelsAt { get; set; }

    private string TypeAt(long chunkAt)
    {
        Span<byte> type = stackalloc byte[4];
        Source.Read(chunkAt + 4, type);
        return Encoding.Latin1.GetString(type);
    }

    private IEnumerable<PngChunkPlace> ChunksBehindPixels(MetadataReading reading)
    {
        var count = 0;
        foreach (var chunk in Chunks(BehindPixelsAt))
        {
            if (++count > MostChunksBehindPixels)
            {
                reading.Warn(FormattableString.Invariant($"chunks beyond {MostChunksBehindPixels:N0} behind the pixels were left out"));
                yield break;
            }

            yield return chunk;
        }
    }

    /// <summary>The chunks from the first to IEND, or to where the file ends.</summary>
    private IEnumerable<PngChunkPlace> Chunks(long from = SignatureBytes)
    {
        long count = 0, most = MostChunksBehindPixels + (Source.LengthBytes / LeastMeanBytes);
        for (var at = from; at <= Source.LengthBytes - PrefixBytes;)
        {
            if (++count > most)
            {
                throw new CorruptSourceException(FormattableString.Invariant($"has more than {most:N0} chunks"));
            }

            var chunk = new PngChunkPlace(TypeAt(at), at + PrefixBytes, Source.ReadUInt32BigEndian(at));
            at = chunk.DataAt + chunk.LengthBytes + SuffixBytes;
            if (at > Source.LengthBytes)
            {
                yield return chunk with { LengthBytes = Math.Max(0, Source.LengthBytes - chunk.DataAt - SuffixBytes), IsCutOff = true };
                yield break;
            }

            yield return chunk;
            if (chunk.Type == "IEND")
            {
                yield break;
            }
        }
    }

    /// <summary>A file that says that there is more in it than its codec could get into so many bytes: memory would be taken for that.</summary>
    private void RequirePlausible()
    {
        const int MostExpansion = 1032; // of deflate: 258 bytes in two bits
        var bytes = (double)ImageHeader.Size.Pixels * ImageHeader.Format.PixelBits / 8;
        if (bytes > (double)MostExpansion * Source.LengthBytes)
        {
            throw new CorruptSourceException(FormattableString.Invariant($"is no PNG: its header says {ImageHeader.Size}, which is more than {Source.LengthBytes:N0} bytes can hold"));
        }
    }

    /// <summary>What stands before the pixels and is needed to decode them.</summary>
    private void ReadToPixels()
    {
        foreach (var chunk in Chunks().Take(MostChunksBeforePixels))
        {
            switch (chunk.Type)
            {
                case "IHDR":
                    RequireChecksum(chunk);
                    break;
                case "IDAT":
                    FirstDataAt = BehindPixelsAt = chunk.DataAt - PrefixBytes;
                    return;
                case "PLTE":
                    Palette = Source.ReadBytes(chunk.DataAt, RequireLength(chunk, most: 3 * 256));
                    RequireChecksum(chunk);
                    break;
                case "tRNS":
                    Transparency = Source.ReadBytes(chunk.DataAt, RequireLength(chunk, most: 256));
                    RequireChecksum(chunk);
                    break;
                case "acTL" when chunk.LengthBytes == 8:
                    _declaredFrames = (int)Math.Min(Source.ReadUInt32BigEndian(chunk.DataAt), int.MaxValue);
                    _loops = (int)Math.Min(Source.ReadUInt32BigEndian(chunk.DataAt + 4), int.MaxValue);
                    break;
            }
        }

        throw new CorruptSourceException("is no whole PNG: there are no pixels where they are expected");
    }

    /// <summary>Of what decides what pixels look like: a wrong colour is not seen otherwise.</summary>
    private void RequireChecksum(PngChunkPlace chunk)
    {
        if (Crc32.HashToUInt32(Source.ReadBytes(chunk.DataAt - 4, 4 + chunk.LengthBytes)) != Source.ReadUInt32BigEndian(chunk.DataAt + chunk.LengthBytes))
        {
            Damage ??= $"the checksum of its {chunk.Type} is wrong";
        }
    }

    private static long RequireLength(PngChunkPlace chunk, int most) => chunk.LengthBytes <= most && !chunk.IsCutOff
        ? chunk.LengthBytes
        : throw new CorruptSourceException(FormattableString.Invariant($"is no PNG: its {chunk.Type} has {chunk.LengthBytes:N0} bytes, but {most} are the most"));

    /// <summary>Frames as their control chunks have them, each with the first chunk of its pixels.</summary>
    private void ReadFrames()
    {
        AnimationFrame? announced = null;
        foreach (var chunk in Chunks())
        {
            if (chunk.Type == "fcTL")
            {
                announced = chunk.LengthBytes == FrameControlBytes && !chunk.IsCutOff
                    ? ReadFrameControl(Source.ReadBytes(chunk.DataAt, FrameControlBytes))
                    : throw new CorruptSourceException("is no PNG: a frame control chunk has another length than 26 bytes");
            }
            else if (chunk.Type == "IDAT" && announced is null && _frames.Count == 0)
            {
                _hasDefaultImage = true;
            }
            else if (chunk.Type is "IDAT" or "fdAT" && announced is not null)
            {
                _frames.Add(announced);
                _frameDataAt.Add(chunk.DataAt - PrefixBytes);
                announced = null;
                if (_frames.Count == _countedFrames)
                {
                    return;
                }
            }
        }
    }

    private AnimationFrame ReadFrameControl(ReadOnlySpan<byte> data)
    {
        long width = BinaryPrimitives.ReadUInt32BigEndian(data[4..]), height = BinaryPrimitives.ReadUInt32BigEndian(data[8..]);
        long left = BinaryPrimitives.ReadUInt32BigEndian(data[12..]), top = BinaryPrimitives.ReadUInt32BigEndian(data[16..]);
        if (width == 0 || height == 0 || left + width > ImageHeader.Size.WidthPixels || top + height > ImageHeader.Size.HeightPixels)
        {
            throw new CorruptSourceException(FormattableString.Invariant($"is no PNG: a frame of {width}x{height} at {left},{top} lies outside the {ImageHeader.Size} of the whole"));
        }

        int numerator = BinaryPrimitives.ReadUInt16BigEndian(data[20..]), denominator = BinaryPrimitives.ReadUInt16BigEndian(data[22..]);
        return new AnimationFrame(
            (int)left,
            (int)top,
            new PixelSize((int)width, (int)height),
            new FrameDelay(numerator, denominator == 0 ? 100 : denominator),
            data[24] switch { 1 => FrameDisposal.Clear, 2 when _frames.Count > 0 => FrameDisposal.Restore, 2 => FrameDisposal.Clear, _ => FrameDisposal.Keep },
            Blends: data[25] == 1);
    }

    /// <summary>The orientation of EXIF data that stand before the pixels.</summary>
    private ImageOrientation OrientationOf()
    {
        foreach (var chunk in Chunks().TakeWhile(chunk => chunk.Type != "IDAT").Where(chunk => chunk.Type == "eXIf"))
        {
            return ExifOrientation.Of(Source, chunk.DataAt, chunk.LengthBytes);
        }

        return ImageOrientation.TopLeft;
    }

    /// <summary>Chunks that follow each other are one piece: a file may have very many.</summary>
    private static void Append(List<StreamPiece> pieces, long position, long lengthBytes)
    {
        if (pieces[^1].Position + pieces[^1].LengthBytes == position)
        {
            pieces[^1] = StreamPiece.Of(pieces[^1].Position, pieces[^1].LengthBytes + lengthBytes);
        }
        else
        {
            pieces.Add(StreamPiece.Of(position, lengthBytes));
        }
    }

    private readonly record struct PngChunkPlace(string Type, long DataAt, long LengthBytes)
    {
        public bool IsCutOff { get; init; }

        public bool IsAncillary => char.IsAsciiLetterLower(Type[0]);
    }
}
