using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ActorImaging.Tests.Imaging.Png;

/// <summary>
/// A second decoder beside ImageMagick's: plain, slow, and unforgiving about what the PNG specification asks of a writer. Reads what ours
/// writes: 8 bits a channel or a palette, not interlaced.
/// </summary>
internal sealed class StrictPngReader
{
    private static readonly string[] BeforePalette = ["cHRM", "gAMA", "iCCP", "sRGB"];
    private static readonly string[] BeforeData = ["pHYs", "eXIf", "tRNS", "PLTE"];

    private StrictPngReader(ReadOnlySpan<byte> png)
    {
        Assert.True(png.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), "signature");
        for (var at = 8; at < png.Length;)
        {
            at += ReadChunk(png[at..]);
        }
        CheckOrder();
        ReadHeader();
        Scanlines = Inflate();
        Pixels = Unfilter();
    }

    /// <summary>Types and data of the chunks in their order.</summary>
    public List<(string Type, byte[] Data)> Chunks { get; } = [];

    public int Width { get; private set; }

    public int Height { get; private set; }

    public int BitDepth { get; private set; }

    public int ColourType { get; private set; }

    /// <summary>The filtered rows, each behind its filter byte.</summary>
    public byte[] Scanlines { get; }

    /// <summary>The rows without filters.</summary>
    public byte[] Pixels { get; }

    private int SamplesPerPixel => ColourType switch
    {
        0 or 3 => 1,
        4 => 2,
        2 => 3,
        6 => 4,
        _ => throw new InvalidDataException("colour type"),
    };

    private int RowBytes => ((Width * SamplesPerPixel * BitDepth) + 7) / 8;

    public static StrictPngReader Read(ReadOnlySpan<byte> png) => new(png);

    public byte[] Data(string type) => Chunks.Single(chunk => chunk.Type == type).Data;

    public bool Has(string type) => Chunks.Exists(chunk => chunk.Type == type);

    /// <summary>Red, green, blue, alpha of every pixel.</summary>
    public byte[] Rgba()
    {
        var rgba = new byte[Width * Height * 4];
        for (var pixel = 0; pixel < Width * Height; pixel++)
        {
            Colour(pixel % Width, pixel / Width).CopyTo(rgba.AsSpan(4 * pixel));
        }
        return rgba;
    }

    private byte[] Colour(int x, int y)
    {
        var row = Pixels.AsSpan(y * RowBytes, RowBytes);
        return ColourType switch
        {
            0 => [row[x], row[x], row[x], 255],
            2 => [row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2], 255],
            3 => FromPalette(Index(row, x)),
            4 => [row[2 * x], row[2 * x], row[2 * x], row[(2 * x) + 1]],
            _ => row.Slice(4 * x, 4).ToArray(),
        };
    }

    private int Index(ReadOnlySpan<byte> row, int x)
    {
        var bit = x * BitDepth;
        return (row[bit / 8] >> (8 - BitDepth - (bit % 8))) & ((1 << BitDepth) - 1);
    }

    private byte[] FromPalette(int index)
    {
        var colours = Data("PLTE").AsSpan(3 * index, 3);
        var alphas = Has("tRNS") ? Data("tRNS") : [];
        return [.. colours, index < alphas.Length ? alphas[index] : (byte)255];
    }

    private int ReadChunk(ReadOnlySpan<byte> png)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(png);
        var typeAndData = png.Slice(4, 4 + length);
        Assert.Equal(NaiveChecksums.Crc32(typeAndData), BinaryPrimitives.ReadUInt32BigEndian(png[(8 + length)..]));
        Chunks.Add((Encoding.ASCII.GetString(typeAndData[..4]), typeAndData[4..].ToArray()));
        return length + 12;
    }

    private void CheckOrder()
    {
        var types = Chunks.ConvertAll(chunk => chunk.Type);
        Assert.Equal("IHDR", types[0]);
        Assert.Equal("IEND", types[^1]);
        Assert.Empty(Chunks[^1].Data);
        var firstData = types.IndexOf("IDAT");
        Assert.True(types[firstData..^1].TrueForAll(type => type == "IDAT"), "IDAT chunks stand together at the end");
        var before = types[1..firstData];
        var single = before.FindAll(type => type is not ("tEXt" or "iTXt"));
        Assert.Equal(single.Count, single.Distinct().Count());
        Assert.All(single, type => Assert.Contains(type, BeforePalette.Concat(BeforeData)));
        if (Has("PLTE"))
            Assert.All(BeforePalette.Where(Has), type => Assert.True(types.IndexOf(type) < types.IndexOf("PLTE")));
        if (Has("tRNS"))
            Assert.True(types.IndexOf("PLTE") < types.IndexOf("tRNS"));
    }

    private void ReadHeader()
    {
        var header = Data("IHDR");
        Assert.Equal(13, header.Length);
        Width = BinaryPrimitives.ReadInt32BigEndian(header);
        Height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        (BitDepth, ColourType) = (header[8], header[9]);
        Assert.Equal(new byte[3], header[10..]);
        Assert.Equal(ColourType == 3, Has("PLTE"));
        Assert.True(BitDepth == 8 || ColourType == 3);
        if (ColourType == 3)
            Assert.InRange(Data("PLTE").Length, 3, 3 << BitDepth);
    }

    private byte[] Inflate()
    {
        var data = Chunks.Where(chunk => chunk.Type == "IDAT").SelectMany(chunk => chunk.Data).ToArray();
        Assert.Equal(0, BinaryPrimitives.ReadUInt16BigEndian(data) % 31);
        using var stream = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        using var scanlines = new MemoryStream();
        stream.CopyTo(scanlines);
        Assert.Equal((RowBytes + 1) * Height, scanlines.Length);
        Assert.Equal(NaiveChecksums.Adler32(scanlines.ToArray()), BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(data.Length - 4)));
        return scanlines.ToArray();
    }

    private byte[] Unfilter()
    {
        var pixels = new byte[RowBytes * Height];
        var above = new byte[RowBytes];
        for (var y = 0; y < Height; y++)
        {
            var line = Scanlines.AsSpan(y * (RowBytes + 1), RowBytes + 1);
            var row = pixels.AsSpan(y * RowBytes, RowBytes);
            NaiveUnfilter.Undo(line[0], line[1..], above, Math.Max(1, SamplesPerPixel * BitDepth / 8), row);
            row.CopyTo(above);
        }
        return pixels;
    }
}
