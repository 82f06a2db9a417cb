using System.Buffers.Binary;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>A HEIC or AVIF: images as items, or a sequence of them as a track (ISO/IEC 23008-12; AV1 Image File Format).</summary>
internal sealed class HeifContainer : ImageContainer
{
    private const int MostBoxes = 10_000;
    private const int MostParts = 4096;
    private const int MostBrandBytes = 1024;
    private const double MostOverlap = 4;
    private const long FewPixels = 1 << 20;

    private static readonly string[] Brands =
        ["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "mif2", "msf1", "miaf", "avif", "avis"];

    /// <summary>The brands of single images by those of sequences.</summary>
    private static readonly Dictionary<string, string> StillBrands = new() { ["avis"] = "avif", ["msf1"] = "mif1", ["hevc"] = "heic", ["hevx"] = "heix" };

    /// <summary>The box that content credentials are in (C2PA technical specification, A.5).</summary>
    private static readonly byte[] CredentialsId = [0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81];

    private readonly bool _hasCredentials;
    private readonly HeifMeta _meta;
    private readonly HeifCodedPixels _pixels;
    private readonly List<HeifItem> _images = [];
    private readonly IsoBox? _movie;
    private readonly HeifTrack? _track;

    /// <summary>Looks into a HEIF file.</summary>
    public HeifContainer(SourceReader source, int countedFrames)
        : base(source)
    {
        var boxes = IsoBox.In(source, 0, source.LengthBytes).Take(MostBoxes).ToList();
        var meta = IsoBox.Only(boxes, "meta") ?? throw new CorruptSourceException("is no HEIF that can be read: there is no list of its images");
        _hasCredentials = boxes.Exists(box => box.Type == "uuid" && box.LengthBytes >= 16 && source.ReadBytes(box.DataAt, 16).AsSpan().SequenceEqual(CredentialsId));
        _pixels = new HeifCodedPixels(source);
        _meta = new HeifMeta(source, meta);
        _movie = IsoBox.Only(boxes, "moov");
        _track = countedFrames > 1 && _movie is { } movie ? HeifTrack.TryRead(source, movie, countedFrames) : null;
        FindImages(countedFrames);
        var sizes = _images.ConvertAll(SizeOf);
        var coded = _images.ConvertAll(CodedOf);
        var frames = _track?.Frames ?? _images.Count;
        var first = sizes[0];
        Header = new ImageHeader(CodecOf(_images[0]), first, frames)
        {
            BitDepth = coded.Max(size => size.BitDepth),
            Bounds = coded.Select(size => size.Size).Concat(sizes).Append(SizeOf(_track) ?? first).Aggregate(first, Larger),
            Pixels = _track is null ? (long)sizes.Sum(size => (double)size.Pixels) : (long)((double)first.Pixels * frames), // which say the most of what is more
        };
    }

    /// <inheritdoc/>
    public override ImageHeader Header { get; }

    /// <summary>Whether a file begins as one, and which of the two its brand says; what it is, its images say.</summary>
    public static ImageFormat? FormatOf(ReadOnlySpan<byte> beginning)
    {
        if (beginning.Length < 16 || !beginning[4..].StartsWith("ftyp"u8))
        {
            return null;
        }

        var length = (int)Math.Min(beginning.Length, BinaryPrimitives.ReadUInt32BigEndian(beginning));
        for (var at = 8; at <= length - 4; at += at == 8 ? 8 : 4) // the brand, a version, and those that it is compatible to
        {
            var brand = System.Text.Encoding.Latin1.GetString(beginning.Slice(at, 4));
            if (Brands.Contains(brand))
            {
                return brand.StartsWith("avi", StringComparison.Ordinal) ? ImageFormat.Avif : ImageFormat.Heic;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override ImageMetadata ReadMetadata(MetadataReading reading)
    {
        if (_hasCredentials)
        {
            reading.Omit(Attachments.Credentials);
        }

        return new HeifMetadataReader(Source, _meta, reading).Read(_images[0]);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The whole file, since its parts name each other by where they are; but with all images hidden save the one that is wanted, and without the track
    /// where that is none of them.
    /// </remarks>
    public override Stream OpenFrame(int index)
    {
        var patches = new SortedDictionary<long, byte[]>();
        if (_track is null)
        {
            foreach (var other in _meta.Items.Values.Where(item => item != _images[index] && !item.IsHidden))
            {
                patches[other.FlagsAt] = [(byte)(Source.ReadByte(other.FlagsAt) | 1)];
            }

            if (_movie is { } movie)
            {
                patches[movie.At + 4] = [.. "free"u8];
                PatchBrands(patches);
            }

            PatchPrimary(patches, _images[index]);
        }

        return Source.Open(Patched(patches));
    }

    /// <inheritdoc/>
    public override bool IsOneStream => _track is not null;

    private static PixelSize Larger(PixelSize one, PixelSize other) =>
        new(Math.Max(one.WidthPixels, other.WidthPixels), Math.Max(one.HeightPixels, other.HeightPixels));

    private void FindImages(int countedFrames)
    {
        if (!_meta.Items.TryGetValue(_meta.Primary, out var primary) || !primary.IsImage)
        {
            throw new UnsupportedImageException($"is a HEIF whose image is '{primary?.Type ?? "missing"}', but only HEVC and AV1 are read");
        }

        _images.Add(primary);
        var parts = _meta.Items.Values.SelectMany(item => item.Parts).ToHashSet();
        _images.AddRange(_meta.Items.Values
            .Where(item => item != primary && item.IsImage && !item.IsHidden && !item.IsAside && !parts.Contains(item.Id) && item.Property("ispe") is not null)
            .OrderBy(item => item.Id)
            .Take(countedFrames - 1));
    }

    /// <summary>The size that an image has once its properties are applied: cut, turned, mirrored.</summary>
    private PixelSize SizeOf(HeifItem item)
    {
        if (item.Property("ispe") is not { LengthBytes: >= 12 } extents)
        {
            throw new CorruptSourceException("is no HEIF that can be read: an image of it has no size");
        }

        long width = Source.ReadUInt32BigEndian(extents.DataAt + 4), height = Source.ReadUInt32BigEndian(extents.DataAt + 8);
        foreach (var property in item.Properties)
        {
            if (property is { Type: "clap", LengthBytes: >= 16 })
            {
                (width, height) = (Fraction(property.DataAt) ?? width, Fraction(property.DataAt + 8) ?? height);
            }
            else if (property is { Type: "irot", LengthBytes: >= 1 } && (Source.ReadByte(property.DataAt) & 1) != 0)
            {
                (width, height) = (height, width);
            }
        }

        return width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue
            ? new PixelSize((int)width, (int)height)
            : throw new CorruptSourceException(FormattableString.Invariant($"is no HEIF: its header says {width}x{height}"));
    }

    private long? Fraction(long at) => Source.ReadUInt32BigEndian(at + 4) is > 0 and var below ? Source.ReadUInt32BigEndian(at) / below : null;

    /// <summary>The largest of what is decoded for an image, by what its compressed pixels say, and not what is said of them.</summary>
    private CodedSize CodedOf(HeifItem image)
    {
        var size = SizeOf(image);
        var largest = new CodedSize(size, 8);
        var pixels = 0.0;
        foreach (var part in PartsOf(image).Concat(AlphaOf(image)))
        {
            var coded = part.IsCoded ? _pixels.Read(part) : new CodedSize(CanvasOf(part), 8);
            largest = new CodedSize(Larger(largest.Size, coded.Size), Math.Max(largest.BitDepth, coded.BitDepth));
            pixels += part.IsCoded ? coded.Size.Pixels : 0;
        }

        return pixels <= Math.Max(FewPixels, MostOverlap * size.Pixels)
            ? largest
            : throw new CorruptSourceException(FormattableString.Invariant($"is no HEIF: the parts of its {size} have {pixels:N0} pixels together"));
    }

    /// <summary>The parts of what is decoded along with an image: its transparency.</summary>
    private IEnumerable<HeifItem> AlphaOf(HeifItem image) => _meta.Items.Values
        .Where(item => item != image && item.IsAside && item.IsImage && item.Describes.Contains(image.Id) && IsAlpha(item))
        .SelectMany(PartsOf);

    private bool IsAlpha(HeifItem item)
    {
        if (item.Property("auxC") is not { LengthBytes: > 4 } kind)
        {
            return false;
        }

        var name = System.Text.Encoding.Latin1.GetString(Source.ReadBytes(kind.DataAt + 4, Math.Min(kind.LengthBytes - 4, MostBrandBytes)));
        return name.Contains("alpha", StringComparison.Ordinal) || name.Contains("auxid:1", StringComparison.Ordinal);
    }

    /// <summary>The size of what is decoded of a track.</summary>
    private PixelSize? SizeOf(HeifTrack? track) => track is null ? null : Larger(track.Size, _pixels.Read(track.Samples).Size);

    /// <summary>The size that an item made of others gives itself: a number of 16 or 32 bits at the end of its data, twice.</summary>
    private PixelSize CanvasOf(HeifItem derived)
    {
        if (derived.Type == "iden")
        {
            return default;
        }

        using var stream = Source.Open(derived.Data);
        var data = new byte[Math.Min(stream.Length, 20)];
        stream.ReadExactly(data);
        var isWide = data.Length > 1 && (data[1] & 1) != 0;
        var at = derived.Type == "grid" ? 4 : 10;
        if (data.Length < at + (isWide ? 8 : 4))
        {
            throw new CorruptSourceException("is no HEIF: what its image is made of is cut off");
        }

        long width = isWide ? BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(at)) : BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(at));
        long height = isWide ? BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(at + 4)) : BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(at + 2));
        return new PixelSize((int)Math.Min(width, int.MaxValue), (int)Math.Min(height, int.MaxValue));
    }

    /// <summary>The items that an image is made of, coded and derived, itself among them.</summary>
    private List<HeifItem> PartsOf(HeifItem image)
    {
        var (found, open, steps) = (new List<HeifItem>(), new Stack<HeifItem>([image]), 0);
        while (open.TryPop(out var item))
        {
            if (++steps > MostParts)
            {
                throw new CorruptSourceException(FormattableString.Invariant($"is no HEIF: an image of it is made of more than {MostParts:N0} parts"));
            }

            found.Add(item);
            if (!item.IsImage)
            {
                throw new UnsupportedImageException($"is a HEIF with '{item.Type}' in it, but only HEVC and AV1 are read");
            }

            foreach (var part in item.IsCoded ? [] : item.Parts)
            {
                open.Push(_meta.Items.GetValueOrDefault(part) ?? throw new CorruptSourceException("is no HEIF: a part of its image is missing"));
            }
        }

        return found.Exists(item => item.IsCoded) ? found : throw new CorruptSourceException("is no HEIF: its image is made of nothing");
    }

    private ImageFormat CodecOf(HeifItem image) => PartsOf(image).Exists(item => item.Type == "av01") ? ImageFormat.Avif : ImageFormat.Heic;

    /// <summary>Makes the wanted image the one that a decoder takes for the file's.</summary>
    private void PatchPrimary(SortedDictionary<long, byte[]> patches, HeifItem image)
    {
        if (image.Id == _meta.Primary || _meta.PrimaryAt is not { } place)
        {
            return;
        }

        var number = new byte[place.Bytes];
        if (place.Bytes == 2)
        {
            BinaryPrimitives.WriteUInt16BigEndian(number, (ushort)image.Id);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(number, image.Id);
        }

        patches[place.At] = number;
    }

    /// <summary>A brand of sequences promises a track.</summary>
    private void PatchBrands(SortedDictionary<long, byte[]> patches)
    {
        var length = Math.Min(Source.ReadUInt32BigEndian(0), MostBrandBytes);
        for (var at = 8L; at <= length - 4; at += at == 8 ? 8 : 4)
        {
            var brand = System.Text.Encoding.Latin1.GetString(Source.ReadBytes(at, 4));
            if (StillBrands.TryGetValue(brand, out var still))
            {
                patches[at] = System.Text.Encoding.Latin1.GetBytes(still);
            }
        }
    }

    private List<StreamPiece> Patched(SortedDictionary<long, byte[]> patches)
    {
        var pieces = new List<StreamPiece>();
        var at = 0L;
        foreach (var (position, bytes) in patches)
        {
            pieces.Add(StreamPiece.Of(at, position - at));
            pieces.Add(StreamPiece.Of(bytes));
            at = position + bytes.Length;
        }

        pieces.Add(StreamPiece.Of(at, Source.LengthBytes - at));
        return pieces;
    }
}
