using System.Buffers.Binary;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>A TIFF or BigTIFF (TIFF 6.0 and its supplements).</summary>
internal sealed class TiffContainer : ImageContainer
{
    private const int ReducedImage = 1;
    private const int TransparencyMask = 4;
    private const int MostSamples = 8;
    private const int CieLab = 8;
    private const int FloatingPoint = 3;
    private const int LargeTile = 1024;

    /// <summary>More than any program writes: a file that has more is made to be walked through.</summary>
    private const int MostDirectories = 5_000;

    /// <summary>Not the many young codecs that libtiff may have been built with: what they do with a lying header is their secret.</summary>
    private static readonly Dictionary<long, string> Compressions = new()
    {
        [1] = "none",
        [2] = "CCITT",
        [3] = "CCITT G3",
        [4] = "CCITT G4",
        [5] = "LZW",
        [7] = "JPEG",
        [8] = "deflate",
        [32773] = "PackBits",
        [32946] = "deflate",
        [34925] = "LZMA",
        [50000] = "Zstandard",
    };

    /// <summary>
    /// How many bytes at most a codec gets out of one, where that is little and known (none: one, but a file may be cut off, and chroma be stored in part; LZW: strings of up to 4,096 bytes in codes of 12 bits; deflate: 258
    /// bytes in two bits; PackBits: 128 in two bytes).
    /// </summary>
    private static readonly Dictionary<long, int> MostExpansions = new() { [1] = 64, [5] = 2731, [8] = 1032, [32773] = 64, [32946] = 1032 };

    /// <summary>What the samples may be. Not those of cameras' raw files, nor the younger kinds of Lab.</summary>
    private static readonly Dictionary<long, string> Colors = new()
    {
        [0] = "gray from white",
        [1] = "gray",
        [2] = "RGB",
        [3] = "palette",
        [4] = "mask",
        [5] = "CMYK",
        [6] = "YCbCr",
        [CieLab] = "CIELab",
    };

    /// <summary>What a decoder needs of a directory; everything else is metadata, private, or other people's formats within this one.</summary>
    private static readonly HashSet<ushort> TagsOfPixels =
    [
        TiffTag.ImageWidth, TiffTag.ImageLength, TiffTag.BitsPerSample, TiffTag.Compression, TiffTag.PhotometricInterpretation, 263, 266,
        TiffTag.StripOffsets, TiffTag.SamplesPerPixel, TiffTag.RowsPerStrip, TiffTag.StripByteCounts, 280, 281, 284, 292, 293, 301, 317, 318, 319,
        TiffTag.ColorMap, TiffTag.TileWidth, TiffTag.TileLength, TiffTag.TileOffsets, 325, 332, 333, 334, 336, TiffTag.ExtraSamples, TiffTag.SampleFormat,
        340, 341, 347, 529, 530, 531, 532,
    ];

    private readonly TiffReader _tiff;
    private readonly List<Page> _pages = [];
    private ReadOnlyMemory<byte> _profileBytes;
    private IccProfile? _profile;

    /// <summary>Looks into a TIFF.</summary>
    public TiffContainer(SourceReader source, int countedFrames)
        : base(source)
    {
        _tiff = TiffReader.TryOpen(source) ?? throw new CorruptSourceException("is no TIFF: it does not begin as one");
        FindPages(countedFrames);
        var areTurned = _pages.Exists(page => page.Orientation != _pages[0].Orientation); // each by its own, as soon as they are decoded
        Header = new ImageHeader(ImageFormat.Tiff, areTurned && _pages[0].Orientation >= ImageOrientation.LeftTop ? _pages[0].Size.Turned : _pages[0].Size, _pages.Count)
        {
            Orientation = areTurned ? ImageOrientation.TopLeft : _pages[0].Orientation,
            BitDepth = _pages.Max(page => page.BitDepth),
            Bounds = new PixelSize(_pages.Max(page => page.Size.WidthPixels), _pages.Max(page => page.Size.HeightPixels)),
            Pixels = (long)_pages.Sum(page => (double)page.Size.Pixels), // which says the most of what is more
        };
    }

    /// <inheritdoc/>
    public override ImageHeader Header { get; }

    /// <inheritdoc/>
    public override ImageMetadata ReadMetadata(MetadataReading reading)
    {
        var entries = _tiff.ReadDirectory(_pages[0].At, out _);
        var picture = TiffDirectory.Read(_tiff, _pages[0].At, TiffTag.IsOfPicture, reading);
        var resources = ValueOf(entries, TiffTag.ImageResources, reading);
        if (resources.IsEmpty && ValueOf(entries, TiffTag.Iptc, reading) is { IsEmpty: false } iptc)
        {
            resources = ImageResourceBlock.Of(iptc.Span);
        }

        NoteLeftOut(entries, reading);
        var exif = picture.IsEmpty ? [] : picture.ToExif();
        return new ImageMetadata
        {
            IccProfile = ProfileOf(entries, reading),
            Exif = exif,
            Xmp = XmpPacket.InUtf8(ValueOf(entries, TiffTag.Xmp, reading)),
            ImageResources = ImageResourceBlock.CarriedOf(resources),
            Orientation = Header.Orientation,
            Density = new ExifBlock(exif).Density,
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<PageFacts> ReadPages(MetadataReading reading)
    {
        var facts = new List<PageFacts>();
        foreach (var page in _pages)
        {
            var entries = _tiff.ReadDirectory(page.At, out _);
            facts.Add(new PageFacts(page.Orientation, ProfileOf(entries, reading)));
            if (facts.Count > 1 && entries.Exists(entry => entry.Tag is TiffTag.Xmp or TiffTag.Iptc or TiffTag.ImageResources || TiffTag.IsOfOnePicture(entry.Tag)))
            {
                reading.Omit("metadata of further pages were left out");
            }
        }

        return facts;
    }

    /// <inheritdoc/>
    public override WhitePoint WhiteOf(int index)
    {
        var entry = _tiff.ReadDirectory(_pages[index].At, out _).Find(entry => entry.Tag == TiffTag.WhitePoint);
        return _tiff.TryReadFraction(entry) is { } x && _tiff.TryReadFraction(entry, index: 1) is { } y && new WhitePoint(x, y) is { IsPossible: true } white ? white : WhitePoint.D50;
    }

    /// <inheritdoc/>
    /// <remarks>The file as it is, but for its header, which leads to a directory behind its end that has nothing but what pixels need.</remarks>
    public override Stream OpenFrame(int index)
    {
        var directoryAt = (Source.LengthBytes + 1) & ~1L;
        RequirePlausible(_pages[index].Size, _tiff.ReadDirectory(_pages[index].At, out _));
        return Source.Open(
            StreamPiece.Of(HeaderTo(directoryAt)),
            StreamPiece.Of(_tiff.PrefixBytes, Source.LengthBytes - _tiff.PrefixBytes),
            StreamPiece.Of(new byte[directoryAt - Source.LengthBytes]),
            StreamPiece.Of(DirectoryOf(_tiff.ReadDirectory(_pages[index].At, out _))));
    }

    private IccProfile? ProfileOf(List<TiffEntry> entries, MetadataReading reading)
    {
        if (NumberOf(entries, TiffTag.PhotometricInterpretation) == CieLab)
        {
            return null; // what the samples are is known without, and sRGB is made of them
        }

        // pages mostly say the same as the first: that counts once
        if (!_profileBytes.IsEmpty && ValueOf(entries, TiffTag.IccProfile, new MetadataReading(_profileBytes.Length)).Span.SequenceEqual(_profileBytes.Span))
        {
            return _profile;
        }

        var profile = ValueOf(entries, TiffTag.IccProfile, reading);
        var known = profile.IsEmpty ? null : IccProfile.TryRead(profile);
        if (known is null && !profile.IsEmpty)
        {
            reading.Warn("the colour profile is none and was left out");
        }

        (_profileBytes, _profile) = _profileBytes.IsEmpty ? (profile, known) : (_profileBytes, _profile);
        return known;
    }

    private static void NoteLeftOut(List<TiffEntry> entries, MetadataReading reading)
    {
        if (entries.Exists(entry => !TagsOfPixels.Contains(entry.Tag) && !TiffTag.IsOfPicture(entry.Tag) && !TiffTag.IsOfFile(entry.Tag)))
        {
            reading.Omit("tags of the TIFF that only some programs know were left out");
        }
    }

    private void FindPages(int countedFrames)
    {
        var seen = new HashSet<long>();
        for (var at = _tiff.FirstDirectoryAt; at != 0 && _pages.Count < countedFrames;)
        {
            if (!seen.Add(at) || seen.Count > MostDirectories)
            {
                throw new CorruptSourceException(seen.Count > MostDirectories
                    ? FormattableString.Invariant($"has more than {MostDirectories:N0} directories")
                    : "is no TIFF: its directories lead back to each other");
            }

            var entries = _tiff.ReadDirectory(at, out var next);
            if (!IsAside(entries))
            {
                _pages.Add(PageOf(at, entries));
            }

            at = next;
        }

        if (_pages.Count == 0)
        {
            // nothing but what is beside another image: then that is the image
            _pages.Add(PageOf(_tiff.FirstDirectoryAt, _tiff.ReadDirectory(_tiff.FirstDirectoryAt, out _)));
        }
    }

    /// <summary>Whether a directory is a smaller copy of another image, or a mask for one.</summary>
    private bool IsAside(List<TiffEntry> entries) => ((NumberOf(entries, TiffTag.NewSubfileType) ?? 0) & (ReducedImage | TransparencyMask)) != 0;

    private Page PageOf(long at, List<TiffEntry> entries)
    {
        long width = NumberOf(entries, TiffTag.ImageWidth) ?? 0, height = NumberOf(entries, TiffTag.ImageLength) ?? 0;
        var compression = NumberOf(entries, TiffTag.Compression) ?? 1;
        if (!Compressions.ContainsKey(compression))
        {
            throw new UnsupportedImageException(FormattableString.Invariant($"is a TIFF of compression {compression}, but only {string.Join(", ", Compressions.Values.Distinct())} are read"));
        }

        RequireColors(entries);
        var samples = NumberOf(entries, TiffTag.SamplesPerPixel) ?? 1;
        if (samples > MostSamples)
        {
            throw new UnsupportedImageException(FormattableString.Invariant($"is a TIFF with {samples} samples a pixel, but {MostSamples} are the most that are read"));
        }

        RequireTiles(width, height, entries);
        var bits = NumberOf(entries, TiffTag.BitsPerSample) ?? 1;
        return width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue
            ? new Page(
                at,
                new PixelSize((int)width, (int)height),
                (int)Math.Clamp(bits, 1, 64),
                OrientationOf(entries))
            : throw new CorruptSourceException(FormattableString.Invariant($"is no TIFF: a directory of it says {width}x{height}"));
    }

    private ImageOrientation OrientationOf(List<TiffEntry> entries) =>
        entries.FindIndex(entry => entry.Tag == TiffTag.Orientation) is var index and >= 0 && _tiff.TryReadNumber(entries[index]) is { } number and >= 1 and <= 8
            ? (ImageOrientation)number
            : ImageOrientation.TopLeft;

    /// <summary>A file that says that there is much more in it than its codec could get into so many bytes: memory would be taken for that.</summary>
    private void RequirePlausible(PixelSize size, List<TiffEntry> entries)
    {
        var bits = (NumberOf(entries, TiffTag.SamplesPerPixel) ?? 1) * (NumberOf(entries, TiffTag.BitsPerSample) ?? 1);
        if (MostExpansions.TryGetValue(NumberOf(entries, TiffTag.Compression) ?? 1, out var most) && (double)size.Pixels * bits / 8 > (double)most * Source.LengthBytes)
        {
            throw new CorruptSourceException(FormattableString.Invariant($"is no TIFF: its header says {size} of {bits} bits each, which is more than {Source.LengthBytes:N0} bytes can hold"));
        }
    }

    /// <summary>What a decoder would take for other colours than they are.</summary>
    private void RequireColors(List<TiffEntry> entries)
    {
        var colors = NumberOf(entries, TiffTag.PhotometricInterpretation);
        if (colors is not null && !Colors.ContainsKey(colors.Value))
        {
            throw new UnsupportedImageException(FormattableString.Invariant($"is a TIFF of photometric interpretation {colors}, but only {string.Join(", ", Colors.Values)} are read"));
        }

        if (colors == CieLab && NumberOf(entries, TiffTag.SampleFormat) == FloatingPoint)
        {
            throw new UnsupportedImageException("is a TIFF of CIELab in floating-point numbers, but only whole ones are read");
        }
    }

    /// <summary>A decoder takes memory for a whole tile, whatever is in it.</summary>
    private void RequireTiles(long width, long height, List<TiffEntry> entries)
    {
        long tileWidth = NumberOf(entries, TiffTag.TileWidth) ?? 0, tileHeight = NumberOf(entries, TiffTag.TileLength) ?? 0;
        if (tileWidth > Math.Max(LargeTile, 2 * width) || tileHeight > Math.Max(LargeTile, 2 * height))
        {
            throw new CorruptSourceException(FormattableString.Invariant($"is no TIFF: its tiles of {tileWidth}x{tileHeight} are much larger than the {width}x{height} of the image"));
        }
    }

    /// <summary>A number that says how pixels are stored; null where it is not said.</summary>
    /// <exception cref="CorruptSourceException">It is said in a way that others may read and this does not.</exception>
    private long? NumberOf(List<TiffEntry> entries, ushort tag) => entries.FindIndex(entry => entry.Tag == tag) is var index and >= 0
        ? _tiff.TryReadNumber(entries[index]) is { } number and >= 0 ? number : throw new CorruptSourceException(FormattableString.Invariant($"is no TIFF that can be read: its tag {tag} is no number"))
        : null;

    private ReadOnlyMemory<byte> ValueOf(List<TiffEntry> entries, ushort tag, MetadataReading reading) =>
        entries.FindIndex(entry => entry.Tag == tag) is var index and >= 0 ? _tiff.TryReadValue(entries[index], reading) : default(ReadOnlyMemory<byte>);

    private byte[] HeaderTo(long directoryAt)
    {
        var header = Source.ReadBytes(0, _tiff.PrefixBytes);
        WriteWhole(header.AsSpan(_tiff.IsBig ? 8 : 4), directoryAt, _tiff.IsBig ? 8 : 4);
        return header;
    }

    private byte[] DirectoryOf(List<TiffEntry> entries)
    {
        var kept = entries.FindAll(entry => TagsOfPixels.Contains(entry.Tag));
        var (countBytes, entryBytes, nextBytes) = _tiff.IsBig ? (8, 20, 8) : (2, 12, 4);
        var directory = new byte[countBytes + (entryBytes * kept.Count) + nextBytes];
        WriteWhole(directory, kept.Count, countBytes);
        for (var index = 0; index < kept.Count; index++)
        {
            Source.Read(kept[index].At, directory.AsSpan(countBytes + (entryBytes * index), entryBytes));
        }

        return directory;
    }

    private void WriteWhole(Span<byte> to, long number, int bytes)
    {
        switch (bytes, _tiff.IsLittleEndian)
        {
            case (2, true):
                BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)number);
                break;
            case (2, false):
                BinaryPrimitives.WriteUInt16BigEndian(to, (ushort)number);
                break;
            case (4, true):
                BinaryPrimitives.WriteUInt32LittleEndian(to, checked((uint)number));
                break;
            case (4, false):
                BinaryPrimitives.WriteUInt32BigEndian(to, checked((uint)number));
                break;
            case (_, true):
                BinaryPrimitives.WriteInt64LittleEndian(to, number);
                break;
            default:
                BinaryPrimitives.WriteInt64BigEndian(to, number);
                break;
        }
    }

    private readonly record struct Page(long At, PixelSize Size, int BitDepth, ImageOrientation Orientation);
}
