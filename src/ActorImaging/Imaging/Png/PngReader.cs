using System.IO.Compression;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// Decodes the compressed pixels of a PNG, or of one frame of an animated one, to 8 bits a channel (PNG specification, third edition): all colour types
/// and depths, interlaced or not. No pointers, and every place is checked: the bytes are other people's.
/// </summary>
/// <param name="size">Columns and rows.</param>
/// <param name="format">How samples lie.</param>
/// <param name="isInterlaced">Whether rows come in the seven passes of Adam7.</param>
/// <param name="samples">Makes pixels of samples.</param>
internal sealed class PngReader(PixelSize size, PngPixelFormat format, bool isInterlaced, PngSamples samples)
{
    private const int BandBytes = 128 * 1024;

    private byte[] _band = [];
    private int _bandLength;
    private int _bandAt;

    /// <summary>Decodes.</summary>
    /// <param name="data">The compressed pixels.</param>
    /// <param name="damage">What is missing from the pixels, which are 0 there; null for nothing.</param>
    /// <returns>The pixels, the caller's own.</returns>
    public PixelBuffer Read(PngImageData data, out string? damage)
    {
        var pixels = PixelBuffer.Allocate(size.WidthPixels, size.HeightPixels, samples.Channels);
        try
        {
            using (var inflater = new ZLibStream(data, CompressionMode.Decompress, leaveOpen: true))
            {
                damage = ReadPasses(inflater, pixels) ?? ReadEnd(inflater);
            }

            damage ??= ReadRest(data);
            damage ??= data.Damage;
            return pixels;
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    private string? ReadPasses(ZLibStream inflater, PixelBuffer pixels)
    {
        var widest = (int)format.RowBytes(size.WidthPixels);
        _band = new byte[Math.Max(BandBytes, widest + 1)];
        var (row, above) = (new byte[widest], new byte[widest]);
        var line = isInterlaced ? new byte[size.WidthPixels * samples.Channels] : [];
        try
        {
            foreach (var pass in PngPass.Of(size, isInterlaced))
            {
                Array.Clear(above);
                if (isInterlaced || !samples.ArePixels)
                {
                    ReadExpanding(inflater, pixels, pass, ref row, ref above, line);
                }
                else
                {
                    ReadDirectly(inflater, pixels, above);
                }
            }

            return null;
        }
        catch (InvalidDataException fault)
        {
            return $"its pixels can't be decompressed: {fault.Message}";
        }
    }

    /// <summary>Rows whose samples are pixels.</summary>
    private void ReadDirectly(ZLibStream inflater, PixelBuffer pixels, byte[] above)
    {
        ReadOnlySpan<byte> upper = above;
        for (var y = 0; y < size.HeightPixels; y++)
        {
            var row = pixels.Row(y);
            try
            {
                var next = Next(inflater, row.Length);
                RowUnfilter.Apply(next.Filter, next.Differences, upper, format.PixelBytes, row);
            }
            catch (InvalidDataException)
            {
                ClearFrom(pixels, y);
                throw;
            }

            upper = row;
        }
    }

    /// <summary>Rows whose samples are made into pixels, and laid where they belong.</summary>
    private void ReadExpanding(ZLibStream inflater, PixelBuffer pixels, PngPass pass, ref byte[] row, ref byte[] above, byte[] line)
    {
        if (isInterlaced && pass is { Left: 0, Top: 0, RowStep: 8 })
        {
            ClearFrom(pixels, 0); // should the passes not all be there
        }

        var bytes = (int)format.RowBytes(pass.Size.WidthPixels);
        for (var y = 0; y < pass.Size.HeightPixels; y++)
        {
            try
            {
                var next = Next(inflater, bytes);
                RowUnfilter.Apply(next.Filter, next.Differences, above, format.PixelBytes, row);
            }
            catch (InvalidDataException) when (!isInterlaced)
            {
                ClearFrom(pixels, y);
                throw;
            }

            Lay(row.AsSpan(0, bytes), pixels.Row(pass.Top + (y * pass.RowStep)), pass, line);
            (row, above) = (above, row);
        }
    }

    private void Lay(ReadOnlySpan<byte> row, Span<byte> destination, PngPass pass, byte[] line)
    {
        if (pass.ColumnStep == 1)
        {
            samples.Expand(row, destination);
            return;
        }

        var made = line.AsSpan(0, pass.Size.WidthPixels * samples.Channels);
        samples.Expand(row, made);
        for (int from = 0, to = pass.Left * samples.Channels; from < made.Length; from += samples.Channels, to += pass.ColumnStep * samples.Channels)
        {
            made.Slice(from, samples.Channels).CopyTo(destination[to..]);
        }
    }

    /// <summary>The next row: its filter and its differences.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    private RowDifferences Next(ZLibStream inflater, int rowBytes)
    {
        if (_bandLength - _bandAt < rowBytes + 1)
        {
            _band.AsSpan(_bandAt, _bandLength - _bandAt).CopyTo(_band);
            (_bandLength, _bandAt) = (_bandLength - _bandAt, 0);
            _bandLength += Inflate(inflater, _band.AsSpan(_bandLength), rowBytes + 1 - _bandLength);
            if (_bandLength < rowBytes + 1)
            {
                throw new InvalidDataException("they end early");
            }
        }

        var filter = _band[_bandAt] <= (byte)PngFilter.Paeth ? (PngFilter)_band[_bandAt] : throw new InvalidDataException("a row of them has no filter that there is");
        var differences = _band.AsSpan(_bandAt + 1, rowBytes);
        _bandAt += rowBytes + 1;
        return new RowDifferences(filter, differences);
    }

    /// <summary>Inflates as many bytes as there are, up to what is wanted at least.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    private static int Inflate(ZLibStream inflater, Span<byte> bytes, int least)
    {
        try
        {
            return inflater.ReadAtLeast(bytes, least, throwOnEndOfStream: false);
        }
        catch (Exception fault) when (Decompression.IsDamage(fault))
        {
            throw new InvalidDataException("they are damaged", fault); // the library speaks of archives
        }
    }

    /// <summary>The checksum is behind the last row.</summary>
    private static string? ReadEnd(ZLibStream inflater)
    {
        try
        {
            Span<byte> more = stackalloc byte[1];
            _ = Inflate(inflater, more, least: 1);
            return null;
        }
        catch (InvalidDataException)
        {
            return "the checksum of its pixels is wrong";
        }
    }

    /// <summary>To where the chunks of the pixels end, whose own checksums count, too.</summary>
    private string? ReadRest(PngImageData data)
    {
        while (data.Read(_band) > 0)
        {
            // Nothing of it is pixels.
        }

        return data.Damage;
    }

    private static void ClearFrom(PixelBuffer pixels, int row)
    {
        for (; row < pixels.HeightPixels; row++)
        {
            pixels.Row(row).Clear();
        }
    }

    private readonly ref struct RowDifferences(PngFilter filter, ReadOnlySpan<byte> differences)
    {
        public PngFilter Filter { get; } = filter;

        public ReadOnlySpan<byte> Differences { get; } = differences;
    }
}
