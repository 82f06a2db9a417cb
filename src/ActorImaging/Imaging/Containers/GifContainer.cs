using System.Collections.Immutable;
using System.Text;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>A GIF (GIF89a specification; the loop is Netscape's application extension).</summary>
internal sealed class GifContainer : ImageContainer
{
    private const int HeaderBytes = 13; // signature and logical screen
    private const int DescriptorBytes = 10;
    private const int ControlBytes = 8;
    private const byte ExtensionBlock = 0x21;
    private const byte ImageBlock = 0x2C;
    private const byte Trailer = 0x3B;
    private const byte GraphicControl = 0xF9;
    private const byte CommentExtension = 0xFE;
    private const byte ApplicationExtension = 0xFF;
    private const int HundredthsPerSecond = 100;

    /// <summary>More than any program writes: a file that has more is made to be walked through.</summary>
    private const int MostBlocks = 100_000;

    /// <summary>Blocks of data are as long as may be, but for the last of an image: where they are much shorter than that throughout, they are to be walked through.</summary>
    private const int LeastMeanBytes = 64;

    private readonly List<AnimationFrame> _frames = [];
    private readonly List<(StreamPiece Control, long DescriptorAt, long EndAt)> _places = [];
    private readonly List<(byte Label, long At)> _extensions = [];
    private readonly int _globalColorBytes;
    private readonly long _behindFramesAt;
    private int _blocks;
    private long _pieces;

    private static ReadOnlySpan<byte> Xmp => "XMP DataXMP"u8;

    private static ReadOnlySpan<byte> Profile => "ICCRGBG1012"u8;

    /// <summary>Looks into a GIF.</summary>
    public GifContainer(SourceReader source, int countedFrames)
        : base(source)
    {
        _globalColorBytes = ColorBytes(source.ReadByte(10));
        _behindFramesAt = ReadBlocks(HeaderBytes + _globalColorBytes, countedFrames);
        if (_frames.Count == 0)
        {
            throw new CorruptSourceException("is no whole GIF: there is no image in it");
        }

        // a first frame that reaches over the screen makes it larger, as in browsers; a screen of no size is as large as that frame
        var first = _frames[0];
        var canvas = new PixelSize(
            Math.Max(source.ReadUInt16LittleEndian(6), first.LeftPixels + first.Size.WidthPixels),
            Math.Max(source.ReadUInt16LittleEndian(8), first.TopPixels + first.Size.HeightPixels));
        Header = new ImageHeader(ImageFormat.Gif, canvas, _frames.Count) { Bounds = BoundsOf(canvas, _frames) };
        Animation = new Animation(canvas, _frames, ReadLoops());
    }

    /// <inheritdoc/>
    public override ImageHeader Header { get; }

    /// <inheritdoc/>
    public override Animation Animation { get; }

    /// <inheritdoc/>
    public override ImageMetadata ReadMetadata(MetadataReading reading)
    {
        var texts = ImmutableArray.CreateBuilder<ImageText>();
        var metadata = new ImageMetadata { Loops = Animation.Loops };
        ReadExtensionsBehind(_behindFramesAt);
        foreach (var (label, at) in _extensions)
        {
            if (label == CommentExtension && TryReadBlocks(at, reading) is { } comment)
            {
                texts.Add(new ImageText(ImageText.Comment, ImageText.Decode(comment)));
            }
            else if (label == ApplicationExtension && IsNamed(at, Xmp) && reading.IsFirstXmp(metadata) && TryReadRaw(at + 12, reading) is { } xmp)
            {
                metadata = metadata with { Xmp = xmp };
            }
            else if (label == ApplicationExtension && IsNamed(at, Profile) && TryReadBlocks(at + 12, reading) is { } profile)
            {
                metadata = metadata with { IccProfile = IccProfile.TryRead(profile) };
            }
            else if (!IsUnderstood(label, at))
            {
                reading.Omit("extensions of the GIF that only some programs know were left out");
            }
        }

        return metadata with { Texts = texts.ToImmutable() };
    }

    /// <inheritdoc/>
    /// <remarks>Alone on a screen of its own size: where it lies on the canvas is not its decoder's business.</remarks>
    public override Stream OpenFrame(int index)
    {
        var (control, descriptorAt, endAt) = _places[index];
        var header = Source.ReadBytes(0, HeaderBytes);
        var descriptor = Source.ReadBytes(descriptorAt, DescriptorBytes);
        descriptor.AsSpan(5, 4).CopyTo(header.AsSpan(6));
        descriptor.AsSpan(1, 4).Clear();
        "GIF89a"u8.CopyTo(header);
        return Source.Open(
            StreamPiece.Of(header),
            StreamPiece.Of(HeaderBytes, _globalColorBytes),
            control,
            StreamPiece.Of(descriptor),
            StreamPiece.Of(descriptorAt + DescriptorBytes, endAt - descriptorAt - DescriptorBytes),
            StreamPiece.Of((byte[])[Trailer]));
    }

    private bool IsUnderstood(byte label, long at) => label is GraphicControl or CommentExtension
        || (label == ApplicationExtension && (IsNamed(at, Xmp) || IsNamed(at, Profile) || IsLoop(at)));

    private bool IsLoop(long at) => IsNamed(at, "NETSCAPE2.0"u8) || IsNamed(at, "ANIMEXTS1.0"u8);

    private static int ColorBytes(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static PixelSize BoundsOf(PixelSize canvas, List<AnimationFrame> frames) => new(
        Math.Max(canvas.WidthPixels, frames.Max(frame => frame.Size.WidthPixels)), Math.Max(canvas.HeightPixels, frames.Max(frame => frame.Size.HeightPixels)));

    /// <summary>Reads blocks until there are as many frames as count.</summary>
    /// <returns>Behind the last block that was read.</returns>
    private long ReadBlocks(long at, int countedFrames)
    {
        var control = default(StreamPiece);
        while (_frames.Count < countedFrames && TypeAt(ref at) is { } type)
        {
            if (type == ImageBlock)
            {
                at = ReadImage(at, control);
                control = default;
            }
            else
            {
                control = IsGraphicControl(at) ? StreamPiece.Of(at, ControlBytes) : control;
                at = ReadExtension(at);
            }
        }

        if (_frames.Count < countedFrames && at + DescriptorBytes >= Source.LengthBytes && !IsTrailer(at))
        {
            Damage = "the file ends before the animation does";
        }

        return at;
    }

    private bool IsTrailer(long at)
    {
        Span<byte> trailer = stackalloc byte[1];
        return Source.TryRead(at, trailer) && trailer[0] == Trailer;
    }

    /// <summary>Whether one lies there, as long as it is said to be: it is handed on with the image behind it, and must not reach into it.</summary>
    private bool IsGraphicControl(long at)
    {
        Span<byte> control = stackalloc byte[ControlBytes];
        return Source.TryRead(at, control) && control[1] == GraphicControl && control[2] == ControlBytes - 4 && control[^1] == 0;
    }

    private void ReadExtensionsBehind(long at)
    {
        while (TypeAt(ref at) is { } type)
        {
            at = type == ImageBlock ? SkipBlocks(DataOf(at)) : ReadExtension(at);
        }
    }

    /// <summary>The type of the block at a place, or behind the zeros there, by which some programs fill up; null at the end.</summary>
    private byte? TypeAt(ref long at)
    {
        Span<byte> head = stackalloc byte[2];
        while (Source.TryRead(at, head) && head[0] == 0)
        {
            at++;
            CountPiece();
        }

        if (++_blocks > MostBlocks)
        {
            throw new CorruptSourceException(FormattableString.Invariant($"has more than {MostBlocks:N0} blocks"));
        }

        return Source.TryRead(at, head) && (head[0] == ExtensionBlock || (head[0] == ImageBlock && at + DescriptorBytes < Source.LengthBytes)) ? head[0] : null;
    }

    private long ReadExtension(long at)
    {
        _extensions.Add((Source.ReadByte(at + 1), at + 2));
        return SkipBlocks(at + 2);
    }

    /// <summary>Where the data of an image begin: behind its colours and the length of the first codes.</summary>
    private long DataOf(long imageAt) => imageAt + DescriptorBytes + ColorBytes(Source.ReadByte(imageAt + 9)) + 1;

    private long ReadImage(long at, StreamPiece control)
    {
        var size = new PixelSize(Source.ReadUInt16LittleEndian(at + 5), Source.ReadUInt16LittleEndian(at + 7));
        if (size.Pixels == 0)
        {
            throw new CorruptSourceException($"is no GIF: an image of it is {size}");
        }

        var end = Math.Min(Source.LengthBytes, SkipBlocks(DataOf(at)));
        var isControlled = control.LengthBytes > 0;
        _places.Add((control, at, end));
        _frames.Add(new AnimationFrame(
            Source.ReadUInt16LittleEndian(at + 1),
            Source.ReadUInt16LittleEndian(at + 3),
            size,
            new FrameDelay(isControlled ? Source.ReadUInt16LittleEndian(control.Position + 4) : 0, HundredthsPerSecond),
            ((isControlled ? Source.ReadByte(control.Position + 3) : 0) >> 2 & 7) switch { 2 => FrameDisposal.Clear, 3 => FrameDisposal.Restore, _ => FrameDisposal.Keep },
            Blends: true));
        return end;
    }

    /// <summary>Behind blocks of data, each of which begins with its length; the last one has none.</summary>
    private long SkipBlocks(long at)
    {
        Span<byte> length = stackalloc byte[1];
        while (Source.TryRead(at, length) && length[0] > 0)
        {
            at += 1 + length[0];
            CountPiece();
        }

        return at + 1;
    }

    private void CountPiece()
    {
        var most = MostBlocks + (Source.LengthBytes / LeastMeanBytes);
        if (++_pieces > most)
        {
            throw new CorruptSourceException(FormattableString.Invariant($"is in more than {most:N0} pieces"));
        }
    }

    private byte[]? TryReadBlocks(long at, MetadataReading reading)
    {
        var length = SkipBlocks(at) - at;
        if (at + length > Source.LengthBytes || !reading.TryTake(length))
        {
            return null;
        }

        using var data = new MemoryStream();
        for (byte part; (part = Source.ReadByte(at)) > 0; at += 1 + part)
        {
            data.Write(Source.ReadBytes(at + 1, part));
        }

        return data.ToArray();
    }

    /// <summary>XMP lies there as it is, and behind it are bytes by which programs that read blocks find its end (XMP specification, part 3, 1.1.2).</summary>
    private byte[]? TryReadRaw(long at, MetadataReading reading)
    {
        const int TrailerBytes = 258;
        var length = SkipBlocks(at) - at - TrailerBytes;
        return length > 0 && at + length <= Source.LengthBytes && reading.TryTake(length) ? Source.ReadBytes(at, length) : null;
    }

    private bool IsNamed(long at, ReadOnlySpan<byte> name)
    {
        Span<byte> beginning = stackalloc byte[12];
        return Source.TryRead(at, beginning) && beginning[0] == name.Length && beginning[1..].SequenceEqual(name);
    }

    private int ReadLoops()
    {
        foreach (var (_, at) in _extensions.Where(extension => extension.Label == ApplicationExtension))
        {
            if (IsLoop(at) && at + 16 <= Source.LengthBytes && Source.ReadByte(at + 12) == 3)
            {
                return Source.ReadUInt16LittleEndian(at + 14) is var times and > 0 ? times + 1 : 0; // how often it is shown again
            }
        }

        return 1;
    }
}
