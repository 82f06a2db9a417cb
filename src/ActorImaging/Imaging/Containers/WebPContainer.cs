using System.Buffers.Binary;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>A WebP, also an animated one (RFC 9649).</summary>
internal sealed class WebPContainer : ImageContainer
{
    private const int RiffHeaderBytes = 12;
    private const int ExtendedBytes = 10;
    private const int FrameHeaderBytes = 16;
    private const int MillisecondsPerSecond = 1000;
    private const byte AlphaFlag = 0x10;

    /// <summary>More than any program writes: a file that has more is made to be walked through.</summary>
    private const int MostChunks = 100_000;

    private static readonly uint Lossy = RiffChunk.TypeOf("VP8 "u8);
    private static readonly uint Lossless = RiffChunk.TypeOf("VP8L"u8);
    private static readonly uint Extended = RiffChunk.TypeOf("VP8X"u8);
    private static readonly uint Alpha = RiffChunk.TypeOf("ALPH"u8);
    private static readonly uint AnimationHeader = RiffChunk.TypeOf("ANIM"u8);
    private static readonly uint AnimationFrameChunk = RiffChunk.TypeOf("ANMF"u8);
    private static readonly uint Profile = RiffChunk.TypeOf("ICCP"u8);
    private static readonly uint Exif = RiffChunk.TypeOf("EXIF"u8);
    private static readonly uint Xmp = RiffChunk.TypeOf("XMP "u8);

    private static readonly uint Credentials = RiffChunk.TypeOf("C2PA"u8);
    private static readonly HashSet<uint> Known = [Extended, AnimationHeader, AnimationFrameChunk, Alpha, Lossy, Lossless, Profile, Exif, Xmp];

    private readonly List<AnimationFrame> _frames = [];
    private readonly List<(RiffChunk? Alpha, RiffChunk Pixels)> _pixels = [];
    private readonly int _loops;

    /// <summary>Looks into a WebP.</summary>
    public WebPContainer(SourceReader source, int countedFrames)
        : base(source)
    {
        PixelSize? canvas = null;
        RiffChunk? alpha = null;
        foreach (var chunk in Chunks())
        {
            if (chunk.Type == Extended && chunk.LengthBytes >= ExtendedBytes)
            {
                canvas = new PixelSize(1 + UInt24(chunk.DataAt + 4), 1 + UInt24(chunk.DataAt + 7));
            }
            else if (chunk.Type == AnimationHeader && chunk.LengthBytes >= 6)
            {
                _loops = source.ReadUInt16LittleEndian(chunk.DataAt + 4);
            }
            else if (chunk.Type == Alpha)
            {
                alpha = chunk;
            }
            else if ((chunk.Type == Lossy || chunk.Type == Lossless) && _frames.Count == 0) // none of the frames of an animation
            {
                _pixels.Add((chunk.Type == Lossy ? alpha : null, chunk));
            }
            else if (chunk.Type == AnimationFrameChunk && chunk.LengthBytes > FrameHeaderBytes)
            {
                AddFrame(chunk);
            }

            if (_pixels.Count > 0 && (_frames.Count == 0 || _frames.Count == countedFrames))
            {
                break;
            }
        }

        Damage = 8L + source.ReadUInt32LittleEndian(4) > source.LengthBytes ? "the file is shorter than it says" : null;
        if (_pixels.Count == 0)
        {
            throw new CorruptSourceException("is no whole WebP: there are no pixels where they are expected");
        }

        var size = canvas is { } known && _frames.Count > 0 ? known : SizeOf(_pixels[0].Pixels);
        RequireWithin(size);
        Header = new ImageHeader(ImageFormat.WebP, size, _pixels.Count)
        {
            Orientation = Chunks().Where(chunk => chunk.Type == Exif).Select(chunk => ExifOrientation.Of(source, chunk.DataAt, chunk.LengthBytes)).FirstOrDefault(ImageOrientation.TopLeft),
        };
    }

    /// <inheritdoc/>
    public override ImageHeader Header { get; }

    /// <inheritdoc/>
    public override Animation? Animation => _frames.Count > 0 ? new Animation(Header.Size, _frames, _loops) : null;

    /// <inheritdoc/>
    public override ImageMetadata ReadMetadata(MetadataReading reading)
    {
        var metadata = new ImageMetadata { Loops = _loops, Orientation = Header.Orientation };
        foreach (var chunk in Chunks().Where(chunk => (chunk.Type == Profile || chunk.Type == Exif || chunk.Type == Xmp) && reading.TryTake(chunk.LengthBytes)))
        {
            var data = Source.ReadBytes(chunk.DataAt, chunk.LengthBytes);
            metadata = chunk.Type == Profile ? metadata with { IccProfile = IccProfile.TryRead(data) }
                : chunk.Type == Exif && reading.IsFirstExif(metadata) ? metadata with { Exif = ExifBlock.WithoutPrefix(data) }
                : chunk.Type == Xmp && reading.IsFirstXmp(metadata) ? metadata with { Xmp = data }
                : metadata;
            if (chunk.Type == Profile && metadata.IccProfile is null)
            {
                reading.Warn("the colour profile is none and was left out");
            }
        }

        foreach (var unknown in Chunks().Where(chunk => !Known.Contains(chunk.Type)))
        {
            reading.Omit(unknown.Type == Credentials ? Attachments.Credentials : "a chunk of the WebP that no program need know was left out");
        }

        return metadata with { Density = new ExifBlock(metadata.Exif).Density };
    }

    /// <inheritdoc/>
    public override Stream OpenFrame(int index)
    {
        var (alpha, pixels) = _pixels[index];
        var size = SizeOf(pixels);
        var extended = new byte[RiffChunk.PrefixBytes + ExtendedBytes + 1];
        if (alpha is not null)
        {
            "VP8X"u8.CopyTo(extended);
            BinaryPrimitives.WriteInt32LittleEndian(extended.AsSpan(4), ExtendedBytes);
            extended[8] = AlphaFlag;
            BinaryPrimitives.WriteInt32LittleEndian(extended.AsSpan(12), size.WidthPixels - 1);
            BinaryPrimitives.WriteInt32LittleEndian(extended.AsSpan(15), size.HeightPixels - 1); // over the last byte of the width, which is 0
        }

        StreamPiece[] pieces = alpha is { } transparency ? [StreamPiece.Of(extended.AsMemory(0, extended.Length - 1)), .. PiecesOf(transparency), .. PiecesOf(pixels)] : PiecesOf(pixels);
        byte[] header = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8];
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), (uint)(4 + pieces.Sum(piece => piece.LengthBytes)));
        return Source.Open([StreamPiece.Of(header), .. pieces]);
    }

    private static StreamPiece[] PiecesOf(RiffChunk chunk)
    {
        var prefix = new byte[RiffChunk.PrefixBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(prefix, chunk.Type);
        BinaryPrimitives.WriteUInt32LittleEndian(prefix.AsSpan(4), (uint)chunk.LengthBytes);
        return [StreamPiece.Of(prefix), StreamPiece.Of(chunk.DataAt, chunk.LengthBytes), StreamPiece.Of(new byte[chunk.LengthBytes & 1])];
    }

    private IEnumerable<RiffChunk> Chunks() =>
        RiffChunk.In(Source, RiffHeaderBytes, Math.Min(Source.LengthBytes, 8L + Source.ReadUInt32LittleEndian(4))).Take(MostChunks);

    private void AddFrame(RiffChunk chunk)
    {
        RiffChunk? alpha = null, pixels = null;
        foreach (var part in RiffChunk.In(Source, chunk.DataAt + FrameHeaderBytes, chunk.DataAt + chunk.LengthBytes).Take(MostChunks))
        {
            alpha = part.Type == Alpha ? part : alpha;
            if (part.Type == Lossy || part.Type == Lossless)
            {
                pixels = part;
                break;
            }
        }

        var size = new PixelSize(1 + UInt24(chunk.DataAt + 6), 1 + UInt24(chunk.DataAt + 9));
        if (pixels is not { } found || SizeOf(found) != size)
        {
            throw new CorruptSourceException(FormattableString.Invariant($"is no WebP: frame {_frames.Count + 1} has no pixels of the size {size} that it says"));
        }

        var flags = Source.ReadByte(chunk.DataAt + 15);
        _pixels.Add((found.Type == Lossy ? alpha : null, found));
        _frames.Add(new AnimationFrame(
            2 * UInt24(chunk.DataAt),
            2 * UInt24(chunk.DataAt + 3),
            size,
            new FrameDelay(UInt24(chunk.DataAt + 12), MillisecondsPerSecond),
            (flags & 1) != 0 ? FrameDisposal.Clear : FrameDisposal.Keep,
            Blends: (flags & 2) == 0));
    }

    /// <summary>The size that the pixels have, whatever is said outside them (RFC 9649, 3.4 of its lossless format; RFC 6386, 9.1).</summary>
    private PixelSize SizeOf(RiffChunk pixels)
    {
        if (pixels.Type == Lossless)
        {
            var packed = pixels.LengthBytes >= 5 && Source.ReadByte(pixels.DataAt) == 0x2F ? Source.ReadUInt32LittleEndian(pixels.DataAt + 1) : throw NoPixels();
            return new PixelSize(1 + (int)(packed & 0x3FFF), 1 + (int)((packed >> 14) & 0x3FFF));
        }

        Span<byte> start = stackalloc byte[10];
        if (pixels.LengthBytes < start.Length)
        {
            throw NoPixels();
        }

        Source.Read(pixels.DataAt, start);
        var size = new PixelSize(BinaryPrimitives.ReadUInt16LittleEndian(start[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) & 0x3FFF);
        return (start[0] & 1) == 0 && start[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]) && size.Pixels > 0 ? size : throw NoPixels();
    }

    private void RequireWithin(PixelSize canvas)
    {
        if (_frames.Find(frame => frame.LeftPixels + (long)frame.Size.WidthPixels > canvas.WidthPixels || frame.TopPixels + (long)frame.Size.HeightPixels > canvas.HeightPixels) is { } outside)
        {
            throw new CorruptSourceException($"is no WebP: a frame of {outside.Size} lies outside the {canvas} of the whole");
        }
    }

    private static CorruptSourceException NoPixels() => new("is no WebP: its pixels do not begin as such");

    private int UInt24(long at)
    {
        Span<byte> number = stackalloc byte[3];
        Source.Read(at, number);
        return number[0] | (number[1] << 8) | (number[2] << 16);
    }
}
