using System.Buffers;
using ActorImaging.Imaging.Jpeg;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>A JPEG (ITU-T T.81; JFIF 1.02; EXIF 3.0; XMP specification, part 3; ICC.1:2022, annex B.4).</summary>
internal sealed class JpegContainer : ImageContainer
{
    private const int ScanBufferBytes = 64 * 1024;

    /// <summary>More than any program writes: a file that has more is made to be walked through.</summary>
    private const int MostSegments = 10_000;

    /// <summary>Of those that may stand before a marker, all together.</summary>
    private const int MostFillBytes = 100_000;

    private readonly List<JpegSegment> _segments = [];
    private readonly List<StreamPiece> _scans = [];
    private readonly int _mostScans;
    private readonly int _components;
    private JpegSegment? _frame;
    private JpegSegment? _onlyScan;
    private int _scanCount;
    private int _fillBytes;

    private const int BitDepth = 8;

    /// <summary>Looks into a JPEG.</summary>
    public JpegContainer(SourceReader source, int mostScans)
        : base(source)
    {
        _mostScans = mostScans;
        var scanAt = ReadSegments(2);
        if (_frame is not { } frame || scanAt < 0)
        {
            throw new CorruptSourceException("is no whole JPEG: there are no pixels where they are expected");
        }

        var (size, components) = ReadFrame(frame);
        _components = components;
        FrameHeader = JpegFrameHeader.TryRead(frame.Marker, source.ReadBytes(frame.DataAt, frame.LengthBytes));
        ReadScans(scanAt, frame, components);
        Header = new ImageHeader(ImageFormat.Jpeg, size, 1)
        {
            Scans = _scanCount,
            Orientation = _segments.Where(segment => segment.IsExif).Select(segment => ExifOrientation.Of(source, segment.DataAt, segment.LengthBytes)).FirstOrDefault(ImageOrientation.TopLeft),
        };
    }

    /// <inheritdoc/>
    public override ImageHeader Header { get; }

    /// <summary>The header of the frame, where our own reader decodes it; null where it does not.</summary>
    public JpegFrameHeader? FrameHeader { get; }

    /// <summary>Whether our own reader decodes luma and chroma, and not colours themselves.</summary>
    public bool HasLumaAndChroma
    {
        get
        {
            var marks = new ColourMarks();
            foreach (var segment in _segments.Where(segment => JpegMarker.IsOfApplication(segment.Marker) && segment.IsOfPixels))
            {
                marks.Take(segment.Marker, segment.ReadBehind(0));
            }

            return FrameHeader is { IsFinestFirst: true } frame && !marks.AreRgb(frame);
        }
    }

    /// <inheritdoc/>
    public override bool HasGrayOrRgb => _components is 1 or 3;

    /// <inheritdoc/>
    public override ImageMetadata ReadMetadata(MetadataReading reading) => new JpegMetadataReader(Source, reading).Read(_segments);

    /// <inheritdoc/>
    public override Stream OpenFrame(int index) => Source.Open(
    [
        StreamPiece.Of(0, 2),
        .. _segments.Where(segment => segment.IsOfPixels).Select(segment => StreamPiece.Of(segment.At, segment.EndAt - segment.At)),
        .. ScansToDecode(),
    ]);

    /// <summary>The segments up to the first scan.</summary>
    /// <returns>Where the first scan is; below 0 when the file ends before.</returns>
    private long ReadSegments(long at)
    {
        while (TryReadSegment(ref at) is { } segment)
        {
            if (segment.Marker == JpegMarker.StartOfScan)
            {
                return segment.At;
            }

            if (_segments.Count == MostSegments)
            {
                throw new CorruptSourceException(FormattableString.Invariant($"has more than {MostSegments:N0} segments before its pixels"));
            }

            _segments.Add(segment);
            if (JpegMarker.IsStartOfFrame(segment.Marker))
            {
                _frame ??= segment;
            }
        }

        return -1;
    }

    /// <summary>The segment at a place, or behind the fill bytes there; null at the end of the image or of the file.</summary>
    private JpegSegment? TryReadSegment(ref long at)
    {
        Span<byte> prefix = stackalloc byte[4];
        while (Source.TryRead(at, prefix) && prefix[0] == 0xFF)
        {
            var marker = prefix[1];
            if (marker == 0xFF)
            {
                at++; // a fill byte
                if (++_fillBytes > MostFillBytes)
                {
                    throw new CorruptSourceException(FormattableString.Invariant($"has more than {MostFillBytes:N0} bytes that fill up"));
                }
            }
            else if (JpegMarker.IsAlone(marker))
            {
                at += 2;
            }
            else if (marker is 0 or JpegMarker.EndOfImage or JpegMarker.StartOfImage)
            {
                return null;
            }
            else
            {
                var segment = new JpegSegment(marker, at, Math.Max(2, (prefix[2] << 8) | prefix[3]), Source);
                at = segment.EndAt;
                return segment.EndAt <= Source.LengthBytes ? segment : null;
            }
        }

        return null;
    }

    private (PixelSize Size, int Components) ReadFrame(JpegSegment frame)
    {
        if (frame.LengthBytes < 6)
        {
            throw new CorruptSourceException("is no JPEG: its frame header is cut off");
        }

        if (!JpegMarker.IsRead(frame.Marker) || Source.ReadByte(frame.DataAt) != BitDepth)
        {
            throw new UnsupportedImageException(FormattableString.Invariant(
                $"is a JPEG of {Source.ReadByte(frame.DataAt)} bits a channel{(JpegMarker.IsRead(frame.Marker) ? string.Empty : ", lossless or in a hierarchy")}, but only lossy ones of {BitDepth} are read"));
        }

        int height = Source.ReadUInt16BigEndian(frame.DataAt + 1), width = Source.ReadUInt16BigEndian(frame.DataAt + 3), components = Source.ReadByte(frame.DataAt + 5);
        return width > 0 && height > 0 && components is >= 1 and <= 4
            ? (new PixelSize(width, height), components)
            : throw new CorruptSourceException(FormattableString.Invariant($"is no JPEG that can be read: its header says {width}x{height}, {components} components"));
    }

    /// <summary>
    /// The scans with the tables between them, up to the end of the image: what stands between them and is neither is left out, and what comes after them,
    /// too. One scan that has all components of a frame that is not progressive is the only one: where it ends nobody asks who wants the header.
    /// </summary>
    private void ReadScans(long at, JpegSegment frame, int components)
    {
        var (segments, isScanLast, position) = (0, false, at);
        while (TryReadSegment(ref position) is { } segment)
        {
            if (++segments > MostSegments)
            {
                throw new CorruptSourceException(FormattableString.Invariant($"has more than {MostSegments:N0} segments between its scans"));
            }

            isScanLast = segment.Marker == JpegMarker.StartOfScan;
            if (!isScanLast)
            {
                if (segment.IsOfPixels)
                {
                    _scans.Add(StreamPiece.Of(segment.At, segment.EndAt - segment.At));
                }

                continue;
            }

            _scanCount++;
            if (!JpegMarker.IsProgressive(frame.Marker) && segment.LengthBytes > 0 && Source.ReadByte(segment.DataAt) == components)
            {
                _onlyScan = segment;
                return;
            }

            position = FindMarker(segment.EndAt);
            _scans.Add(StreamPiece.Of(segment.At, position - segment.At));
            if (_scanCount > _mostScans)
            {
                return;
            }
        }

        if (!(isScanLast && position == Source.LengthBytes) && !IsEndOfImage(position)) // who decodes a scan that is cut off sees that
        {
            Damage = "it ends between the scans that its pixels come in";
        }
    }

    private bool IsEndOfImage(long position)
    {
        Span<byte> marker = stackalloc byte[2];
        return Source.TryRead(position, marker) && marker[0] == 0xFF && marker[1] == JpegMarker.EndOfImage;
    }

    private List<StreamPiece> ScansToDecode()
    {
        List<StreamPiece> scans = [.. _scans];
        if (_onlyScan is { } only)
        {
            scans.Add(StreamPiece.Of(only.At, FindMarker(only.EndAt) - only.At));
        }

        if (scans[^1].Position + scans[^1].LengthBytes < Source.LengthBytes)
        {
            scans.Add(StreamPiece.Of(new byte[] { 0xFF, JpegMarker.EndOfImage }));
        }

        return scans;
    }

    /// <summary>Where the compressed data that begin at a place end: at a marker that is neither a restart nor a stuffed byte.</summary>
    private long FindMarker(long at)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ScanBufferBytes);
        try
        {
            for (; at < Source.LengthBytes - 1; at += ScanBufferBytes - 1) // a marker is two bytes, which may lie on both sides of a border
            {
                var part = buffer.AsSpan(0, (int)Math.Min(ScanBufferBytes, Source.LengthBytes - at));
                Source.Read(at, part);
                if (JpegMarker.IndexIn(part) is var found and >= 0)
                {
                    return at + found;
                }
            }

            return Source.LengthBytes;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
