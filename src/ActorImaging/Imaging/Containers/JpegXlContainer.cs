using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>A JPEG XL, bare or in boxes (ISO/IEC 18181-1 and 18181-2).</summary>
internal sealed class JpegXlContainer : ImageContainer
{
    private const int MostHeaderBytes = 512;

    /// <summary>How many an animation has is not said before its frames are decoded.</summary>
    private const int FewestFrames = 2;

    /// <summary>More than any program writes: a file that has more is made to be walked through.</summary>
    private const int MostBoxes = 100_000;

    private readonly List<IsoBox> _boxes = [];
    private readonly List<StreamPiece> _codestream = [];

    /// <summary>Looks into a JPEG XL.</summary>
    /// <param name="source">The file.</param>
    /// <param name="countedFrames">How many frames count.</param>
    /// <param name="mostPixels">How many pixels all frames may have together: one frame more than that is decoded, and no others.</param>
    public JpegXlContainer(SourceReader source, int countedFrames, long mostPixels)
        : base(source)
    {
        if (source.LengthBytes > Signature.Length && source.ReadBytes(0, Signature.Length).AsSpan().SequenceEqual(Signature))
        {
            ReadBoxes();
        }
        else
        {
            _codestream.Add(StreamPiece.Of(0, source.LengthBytes));
        }

        using var codestream = source.Open(_codestream);
        var start = new byte[Math.Min(MostHeaderBytes, codestream.Length)];
        codestream.ReadExactly(start);
        Codestream = JpegXlHeader.Read(start);
        var isSeveral = Codestream.IsAnimated && countedFrames > 1;
        var pixels = Math.Min(Codestream.Size.Pixels, long.MaxValue / countedFrames);
        Header = new ImageHeader(ImageFormat.JpegXl, Codestream.Size, isSeveral ? FewestFrames : 1)
        {
            BitDepth = Codestream.BitDepth,
            Orientation = Codestream.Orientation,
            Pixels = isSeveral ? Math.Clamp(mostPixels, FewestFrames * pixels, countedFrames * pixels) : Codestream.Size.Pixels, // at the most
        };
        MostFrames = isSeveral ? (int)Math.Min(countedFrames, FewestFrames + (mostPixels / Codestream.Size.Pixels)) : 1;
    }

    /// <summary>What a file in boxes begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [0, 0, 0, 0x0C, (byte)'J', (byte)'X', (byte)'L', (byte)' ', 0x0D, 0x0A, 0x87, 0x0A];

    /// <inheritdoc/>
    public override ImageHeader Header { get; }

    /// <inheritdoc/>
    public override bool IsOneStream => Codestream.IsAnimated;

    /// <inheritdoc/>
    public override int MostFrames { get; }

    private JpegXlHeader Codestream { get; }

    /// <inheritdoc/>
    public override ImageMetadata ReadMetadata(MetadataReading reading)
    {
        var metadata = new ImageMetadata { Orientation = Header.Orientation };
        foreach (var box in _boxes)
        {
            if (box.Type is "jhgm" or "jumb")
            {
                NoteLeftOut(box, reading);
                continue;
            }

            var (type, data) = ReadMetadataBox(box, reading);
            if (type == "Exif" && data.Length > 4 && reading.IsFirstExif(metadata))
            {
                metadata = metadata with { Exif = IsoBox.ExifOf(data) };
            }
            else if (type == "xml " && data.Length > 0 && reading.IsFirstXmp(metadata))
            {
                metadata = metadata with { Xmp = data };
            }
        }

        return metadata with { Density = new ExifBlock(metadata.Exif).Density };
    }

    /// <inheritdoc/>
    public override Stream OpenFrame(int index) => Source.Open(_codestream);

    private static void NoteLeftOut(IsoBox box, MetadataReading reading)
    {
        if (box.Type == "jhgm")
        {
            reading.WarnOfAttachment(Attachments.GainMap);
        }
        else
        {
            reading.Omit(Attachments.Credentials);
        }
    }

    private void ReadBoxes()
    {
        foreach (var box in IsoBox.In(Source, 0, Source.LengthBytes).Take(MostBoxes))
        {
            if (box.Type == "jxlc")
            {
                _codestream.Add(StreamPiece.Of(box.DataAt, box.LengthBytes));
            }
            else if (box.Type == "jxlp" && box.LengthBytes > 4)
            {
                _codestream.Add(StreamPiece.Of(box.DataAt + 4, box.LengthBytes - 4)); // behind its number: they come in order
            }
            else if (box.Type is "Exif" or "xml " or "brob" or "jhgm" or "jumb")
            {
                _boxes.Add(box);
            }
        }

        if (_codestream.Count == 0)
        {
            throw new CorruptSourceException("is no whole JPEG XL: there are no pixels in it");
        }
    }

    /// <summary>A box of metadata, as it is or compressed by Brotli.</summary>
    private (string Type, ReadOnlyMemory<byte> Data) ReadMetadataBox(IsoBox box, MetadataReading reading)
    {
        if (!reading.TryTake(box.LengthBytes))
        {
            return (box.Type, default);
        }

        var data = Source.ReadBytes(box.DataAt, box.LengthBytes);
        if (box.Type != "brob" || data.Length < 4)
        {
            return (box.Type, data);
        }

        using var decompressor = new System.IO.Compression.BrotliStream(new MemoryStream(data, 4, data.Length - 4), System.IO.Compression.CompressionMode.Decompress);
        return (System.Text.Encoding.Latin1.GetString(data, 0, 4), reading.TryDecompress(decompressor, "a compressed box") ?? default);
    }
}
