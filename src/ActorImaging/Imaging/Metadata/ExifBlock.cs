using System.Buffers.Binary;
using System.Text;
using ActorImaging.Imaging.Containers;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Metadata;

/// <summary>
/// EXIF data, changed without being written anew: values are set where they stand, so that what is only found by its place, as makers' notes are,
/// stays where it is.
/// </summary>
internal sealed class ExifBlock
{
    private static readonly byte[] Prefix = [.. "Exif\0\0"u8];

    private readonly byte[] _bytes;
    private readonly TiffReader? _tiff;
    private readonly List<TiffEntry> _first = [];
    private readonly long _thumbnailDirectoryAt;

    /// <summary>Reads EXIF data, of which damaged ones have nothing in them.</summary>
    /// <param name="exif">The data, of which a copy is taken.</param>
    public ExifBlock(ReadOnlyMemory<byte> exif)
    {
        _bytes = exif.ToArray();
        try
        {
            _tiff = TiffReader.TryOpen(new SourceReader(new MemoryStream(_bytes, writable: false)));
            if (_tiff is not null)
            {
                _first = _tiff.ReadDirectory(_tiff.FirstDirectoryAt, out _thumbnailDirectoryAt);
            }
        }
        catch (CorruptSourceException)
        {
            _tiff = null;
        }
    }

    /// <summary>Whether there are EXIF data that can be read.</summary>
    public bool IsReadable => _tiff is not null;

    /// <summary>How the rows of the image are stored, if it is said.</summary>
    public ImageOrientation? Orientation =>
        NumberOf(_first, TiffTag.Orientation) is { } number and >= 1 and <= 8 ? (ImageOrientation)number : null;

    /// <summary>The density that is said, if any.</summary>
    public ImageDensity? Density
    {
        get
        {
            var unit = NumberOf(_first, TiffTag.ResolutionUnit) switch
            {
                null or 2 => DensityUnit.Inch,
                3 => DensityUnit.Centimetre,
                _ => DensityUnit.None,
            };
            return FractionOf(TiffTag.HorizontalResolution) is { } horizontal && FractionOf(TiffTag.VerticalResolution) is { } vertical
                ? ImageDensity.Of(horizontal, vertical, unit)
                : null;
        }
    }

    /// <summary>
    /// Whether there is more in them than how the image is stored and how large it is meant to be, which outputs say in their own way: also of damaged ones.
    /// </summary>
    public bool IsTelling => _tiff is null ? _bytes.Length > 0
        : _first.Exists(entry => !IsOfStorage(entry.Tag)) || (Within(TiffTag.ExifDirectory) ?? []).Exists(entry => !IsOfStorage(entry.Tag));

    /// <summary>What it is now.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>EXIF data from their byte order mark on, without the mark that JPEG and some others put before it.</summary>
    public static ReadOnlyMemory<byte> WithoutPrefix(ReadOnlyMemory<byte> exif) => exif.Span.StartsWith(Prefix) ? exif[Prefix.Length..] : exif;

    /// <summary>Only whose the image is: artist and copyright.</summary>
    public static ReadOnlyMemory<byte> RightsOf(ReadOnlyMemory<byte> exif)
    {
        var rights = TiffDirectory.ReadFirst(exif, TiffDirectory.ReadingOf(exif));
        rights.Directories.Clear();
        foreach (var tag in rights.Fields.Keys.Where(tag => tag is not (TiffTag.Artist or TiffTag.Copyright)).ToList())
        {
            rights.Fields.Remove(tag);
        }

        return rights.IsEmpty ? default(ReadOnlyMemory<byte>) : rights.ToExif();
    }

    /// <summary>EXIF data without the thumbnail and what only the camera's maker can read.</summary>
    public static ReadOnlyMemory<byte> Shortened(ReadOnlyMemory<byte> exif)
    {
        var directory = TiffDirectory.ReadFirst(exif, TiffDirectory.ReadingOf(exif));
        directory.Directories.GetValueOrDefault(TiffTag.ExifDirectory)?.Fields.Remove(TiffTag.MakerNote);
        return directory.ToExif();
    }

    /// <summary>EXIF data that say whose the image is, where they don't yet and texts do.</summary>
    /// <param name="exif">The data; empty for none.</param>
    /// <param name="texts">Texts by the keywords Author and Copyright.</param>
    /// <param name="isAllSaid">Whether they say all of that now: not where they say something else already.</param>
    public static ReadOnlyMemory<byte> WithRights(ReadOnlyMemory<byte> exif, IReadOnlyCollection<ImageText> texts, out bool isAllSaid)
    {
        isAllSaid = true;
        if (texts.Count == 0)
        {
            return exif;
        }

        const ushort AsciiType = 2;
        var directory = TiffDirectory.ReadFirst(exif, TiffDirectory.ReadingOf(exif));
        var isNew = false;
        foreach (var text in texts)
        {
            byte[] value = [.. Encoding.UTF8.GetBytes(text.Text), 0];
            var tag = text.Is(ImageText.Copyright) ? TiffTag.Copyright : TiffTag.Artist;
            isNew |= directory.Fields.TryAdd(tag, new TiffField(AsciiType, value.Length, value));
            isAllSaid &= directory.Fields[tag].Data.Span.TrimEnd((byte)0).SequenceEqual(value.AsSpan(..^1));
        }

        return isNew ? directory.ToExif() : exif;
    }

    /// <summary>Says another orientation, where one is said.</summary>
    public void SetOrientation(ImageOrientation orientation) => SetNumber(_first, TiffTag.Orientation, (int)orientation);

    /// <summary>Says another size, where one is said.</summary>
    public void SetSize(PixelSize size)
    {
        if (Within(TiffTag.ExifDirectory) is { } exif)
        {
            SetNumber(exif, TiffTag.PixelWidth, size.WidthPixels);
            SetNumber(exif, TiffTag.PixelHeight, size.HeightPixels);
        }
    }

    /// <summary>Leaves the thumbnail away and blanks it: it shows the image as it was, also what was cut off since.</summary>
    public void RemoveThumbnail()
    {
        if (_thumbnailDirectoryAt == 0 || TryReadDirectory(_thumbnailDirectoryAt) is not { } directory)
        {
            return;
        }

        Blank(directory, TiffTag.ThumbnailAt, TiffTag.ThumbnailBytes);
        Blank(directory, TiffTag.StripOffsets, TiffTag.StripByteCounts);
        var link = _tiff!.FirstDirectoryAt + 2 + (12L * _first.Count);
        _bytes.AsSpan((int)link, 4).Clear();
    }

    /// <summary>Blanks the pieces that two tags name: where each is, and how long.</summary>
    private void Blank(List<TiffEntry> directory, ushort places, ushort lengths)
    {
        if (directory.FindIndex(entry => entry.Tag == places) is var place and >= 0 && directory.FindIndex(entry => entry.Tag == lengths) is var bytes and >= 0)
        {
            for (var index = 0; _tiff!.TryReadNumber(directory[place], index) is { } at && _tiff.TryReadNumber(directory[bytes], index) is { } length; index++)
            {
                if (at >= 0 && length >= 0 && at <= _bytes.Length - length)
                {
                    _bytes.AsSpan((int)at, (int)length).Clear();
                }
            }
        }
    }

    private static bool IsOfStorage(ushort tag) => tag is TiffTag.Orientation or TiffTag.HorizontalResolution or TiffTag.VerticalResolution or TiffTag.ResolutionUnit
        or TiffTag.ChromaPosition or TiffTag.ExifDirectory or TiffTag.ExifVersion or TiffTag.ComponentsConfiguration or TiffTag.FlashpixVersion or TiffTag.ExifColorSpace
        or TiffTag.PixelWidth or TiffTag.PixelHeight or TiffTag.InteroperabilityDirectory;

    private List<TiffEntry>? Within(ushort tag) => NumberOf(_first, tag) is { } at ? TryReadDirectory(at) : null;

    private List<TiffEntry>? TryReadDirectory(long position)
    {
        try
        {
            return _tiff?.ReadDirectory(position, out _);
        }
        catch (CorruptSourceException)
        {
            return null;
        }
    }

    private long? NumberOf(List<TiffEntry> directory, ushort tag) =>
        directory.FindIndex(entry => entry.Tag == tag) is var index and >= 0 ? _tiff!.TryReadNumber(directory[index]) : null;

    private double? FractionOf(ushort tag) =>
        _first.FindIndex(entry => entry.Tag == tag) is var index and >= 0 ? _tiff!.TryReadFraction(_first[index]) : null;

    private void SetNumber(List<TiffEntry> directory, ushort tag, int number)
    {
        foreach (var entry in directory.Where(entry => entry.Tag == tag && _tiff!.TryReadNumber(entry) is not null))
        {
            var at = _bytes.AsSpan((int)entry.ValueAt);
            switch (entry.Type, _tiff!.IsLittleEndian)
            {
                case (3, true):
                    BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)Math.Min(number, ushort.MaxValue));
                    break;
                case (3, false):
                    BinaryPrimitives.WriteUInt16BigEndian(at, (ushort)Math.Min(number, ushort.MaxValue));
                    break;
                case (4, true):
                    BinaryPrimitives.WriteInt32LittleEndian(at, number);
                    break;
                case (4, false):
                    BinaryPrimitives.WriteInt32BigEndian(at, number);
                    break;
            }
        }
    }
}
