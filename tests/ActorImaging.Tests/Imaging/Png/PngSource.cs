using System.Buffers.Binary;
using ActorImaging.Tests.Imaging.Containers;

namespace ActorImaging.Tests.Imaging.Png;

/// <summary>PNG files of any kind, written by the definition, and what they show.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Depth">Bits a sample.</param>
/// <param name="Colour">The colour type's number.</param>
/// <param name="IsInterlaced">Whether rows come in seven passes.</param>
/// <param name="Seed">Of samples and filters.</param>
internal sealed record PngSource(int Width, int Height, int Depth, int Colour, bool IsInterlaced, int Seed)
{
    private static readonly (int Left, int Top, int ColumnStep, int RowStep)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private readonly int[] _samples = MakeSamples(Width * Height * ChannelsOf(Colour), Depth, Seed);

    /// <summary>Each kind that there is, small and not.</summary>
    public static IEnumerable<(int Depth, int Colour)> Kinds =>
        [(1, 0), (2, 0), (4, 0), (8, 0), (16, 0), (8, 2), (16, 2), (1, 3), (2, 3), (4, 3), (8, 3), (8, 4), (16, 4), (8, 6), (16, 6)];

    private int Channels => ChannelsOf(Colour);

    /// <summary>The file.</summary>
    /// <param name="transparency">What tRNS says; null for none.</param>
    public byte[] ToFile(byte[]? transparency = null)
    {
        var header = Crafted.PngHeader(Width, Height, Depth, Colour);
        header[12] = IsInterlaced ? (byte)1 : (byte)0;
        var pixels = Crafted.Deflate(Rows());
        var half = pixels.Length / 2;
        return Crafted.Png(
            header,
            Colour == 3 ? Crafted.PngChunk("PLTE", Palette()) : [],
            transparency is null ? [] : Crafted.PngChunk("tRNS", transparency),
            Crafted.PngChunk("IDAT", pixels[..half]),
            Crafted.PngChunk("IDAT", []),
            Crafted.PngChunk("IDAT", pixels[half..]));
    }

    /// <summary>Pixels of 8 bits a channel, as the specification makes them of the samples.</summary>
    public byte[] ToPixels(byte[]? transparency = null)
    {
        var pixels = new List<byte>();
        for (var at = 0; at < Width * Height; at++)
        {
            var samples = _samples.AsSpan(at * Channels, Channels);
            if (Colour == 3)
            {
                pixels.AddRange(Palette().AsSpan(3 * samples[0], 3));
                AddAlpha(pixels, transparency, samples[0] < transparency?.Length ? transparency[samples[0]] : (byte)255);
                continue;
            }

            foreach (var sample in samples)
            {
                pixels.Add((byte)Math.Round(sample * 255.0 / ((1 << Depth) - 1)));
            }

            AddAlpha(pixels, transparency, transparency is not null && IsKey(samples, transparency) ? (byte)0 : (byte)255);
        }

        return [.. pixels];
    }

    /// <summary>A tRNS chunk that names the first pixel's colour, or makes palette entries fade.</summary>
    public byte[] KeyOfFirstPixel() => Colour == 3
        ? [.. Enumerable.Range(0, Math.Min(9, 1 << Depth)).Select(index => (byte)(index * 28))]
        : [.. _samples.Take(Channels).SelectMany(sample => Crafted.UInt16((ushort)sample, isLittle: false))];

    private static int ChannelsOf(int colour) => colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    private static int[] MakeSamples(int count, int depth, int seed)
    {
        var (samples, random) = (new int[count], new Random(seed));
        for (var index = 0; index < count; index++)
        {
            samples[index] = index > 6 && random.Next(3) > 0 ? samples[index - 1] : random.Next(1 << depth);
        }

        return samples;
    }

    private byte[] Palette() => [.. Enumerable.Range(0, 3 << Depth).Select(index => (byte)((index * 37) + (index >> 3)))];

    private static void AddAlpha(List<byte> pixels, byte[]? transparency, byte alpha)
    {
        if (transparency is not null)
        {
            pixels.Add(alpha);
        }
    }

    private static bool IsKey(ReadOnlySpan<int> samples, byte[] key)
    {
        for (var channel = 0; channel < samples.Length; channel++)
        {
            if (samples[channel] != BinaryPrimitives.ReadUInt16BigEndian(key.AsSpan(2 * channel)))
            {
                return false;
            }
        }

        return true;
    }

    private byte[] Rows()
    {
        using var rows = new MemoryStream();
        var random = new Random(Seed + 1);
        foreach (var pass in IsInterlaced ? Adam7 : [(0, 0, 1, 1)])
        {
            var columns = (Width - pass.Left + pass.ColumnStep - 1) / pass.ColumnStep;
            var above = new byte[((columns * Channels * Depth) + 7) / 8];
            for (var y = pass.Top; y < Height && columns > 0; y += pass.RowStep)
            {
                var row = Pack(Enumerable.Range(0, columns).Select(x => pass.Left + (x * pass.ColumnStep)), y, above.Length);
                var filter = random.Next(5);
                rows.WriteByte((byte)filter);
                rows.Write(Filtered(filter, row, above));
                above = row;
            }
        }

        return rows.ToArray();
    }

    private byte[] Pack(IEnumerable<int> columns, int y, int bytes)
    {
        var (row, bit) = (new byte[bytes], 0);
        foreach (var sample in columns.SelectMany(x => _samples.Skip(((y * Width) + x) * Channels).Take(Channels)))
        {
            for (var left = Depth - 1; left >= 0; left--, bit++)
            {
                row[bit / 8] |= (byte)(((sample >> left) & 1) << (7 - (bit % 8)));
            }
        }

        return row;
    }

    /// <summary>By searching: the byte that the definition of undoing makes the wanted one of.</summary>
    private byte[] Filtered(int filter, byte[] row, byte[] above)
    {
        var pixelBytes = Math.Max(1, Channels * Depth / 8);
        var (filtered, made) = (new byte[row.Length], new byte[row.Length]);
        for (var at = 0; at < row.Length; at++)
        {
            NaiveUnfilter.Undo(filter, filtered.AsSpan(0, at + 1), above, pixelBytes, made);
            filtered[at] = (byte)(row[at] - made[at]);
        }

        return filtered;
    }
}
