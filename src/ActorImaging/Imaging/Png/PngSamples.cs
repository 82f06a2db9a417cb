using System.Buffers.Binary;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// Makes pixels of 8 bits a channel of samples as a PNG stores them: of fewer bits, of 16, by a palette, with one colour that is transparent.
/// </summary>
internal sealed class PngSamples
{
    private const int PaletteEntries = 256;

    private readonly PngPixelFormat _format;
    private readonly uint[] _palette = [];

    /// <summary>The colour that is transparent, by its samples; empty for none.</summary>
    private readonly ushort[] _transparent = [];

    /// <summary>Prepares for an image.</summary>
    /// <param name="format">How its samples lie.</param>
    /// <param name="palette">Its palette, three bytes a colour; empty for none.</param>
    /// <param name="transparency">What tRNS says; empty for nothing.</param>
    /// <exception cref="CorruptSourceException">There is no palette where one is needed.</exception>
    public PngSamples(PngPixelFormat format, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> transparency)
    {
        _format = format;
        if (format.Colour == PngColourType.Indexed)
        {
            _palette = ReadPalette(palette, transparency);
            Channels = transparency.IsEmpty ? 3 : 4;
            return;
        }

        var samples = format.Colour switch { PngColourType.Gray => 1, PngColourType.Truecolour => 3, _ => 0 };
        if (samples > 0 && transparency.Length >= 2 * samples)
        {
            _transparent = new ushort[samples];
            for (var sample = 0; sample < samples; sample++)
            {
                _transparent[sample] = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(transparency[(2 * sample)..]) & ((1 << format.BitDepth) - 1));
            }
        }

        Channels = format.Channels + (_transparent.Length > 0 ? 1 : 0);
    }

    /// <summary>Bytes of a pixel that is made.</summary>
    public int Channels { get; }

    /// <summary>Whether samples are pixels already.</summary>
    public bool ArePixels => _format is { BitDepth: 8, Colour: not PngColourType.Indexed } && _transparent.Length == 0;

    /// <summary>Makes pixels of a row.</summary>
    /// <param name="row">The samples.</param>
    /// <param name="pixels">Whole pixels, as many as are wanted.</param>
    public void Expand(ReadOnlySpan<byte> row, Span<byte> pixels)
    {
        if (ArePixels)
        {
            row[..pixels.Length].CopyTo(pixels);
        }
        else if (_format.Colour == PngColourType.Indexed)
        {
            ExpandIndices(row, pixels);
        }
        else
        {
            ExpandSamples(row, pixels);
        }
    }

    private static uint[] ReadPalette(ReadOnlySpan<byte> palette, ReadOnlySpan<byte> transparency)
    {
        if (palette.Length < 3)
        {
            throw new CorruptSourceException("is no PNG that can be read: it has no palette, but pixels that point into one");
        }

        var colours = new uint[PaletteEntries]; // what points behind the palette's end is black
        Array.Fill(colours, 0xFF000000);
        for (var index = 0; index < palette.Length / 3; index++)
        {
            var alpha = index < transparency.Length ? transparency[index] : byte.MaxValue;
            colours[index] = ((uint)alpha << 24) | ((uint)palette[(3 * index) + 2] << 16) | ((uint)palette[(3 * index) + 1] << 8) | palette[3 * index];
        }

        return colours;
    }

    private void ExpandIndices(ReadOnlySpan<byte> row, Span<byte> pixels)
    {
        var channels = Channels;
        for (int x = 0, at = 0; at < pixels.Length; x++, at += channels)
        {
            var colour = _palette[SampleAt(row, x)];
            pixels[at] = (byte)colour;
            pixels[at + 1] = (byte)(colour >> 8);
            pixels[at + 2] = (byte)(colour >> 16);
            if (channels == 4)
            {
                pixels[at + 3] = (byte)(colour >> 24);
            }
        }
    }

    private void ExpandSamples(ReadOnlySpan<byte> row, Span<byte> pixels)
    {
        var samples = _format.Channels;
        for (int x = 0, at = 0; at < pixels.Length; x++)
        {
            var isTransparent = _transparent.Length > 0;
            for (var channel = 0; channel < samples; channel++, at++)
            {
                var sample = SampleAt(row, (x * samples) + channel);
                isTransparent = isTransparent && sample == _transparent[channel];
                pixels[at] = ToByte(sample);
            }

            if (_transparent.Length > 0)
            {
                pixels[at++] = isTransparent ? (byte)0 : byte.MaxValue;
            }
        }
    }

    private int SampleAt(ReadOnlySpan<byte> row, int index) => _format.BitDepth switch
    {
        8 => row[index],
        16 => (row[2 * index] << 8) | row[(2 * index) + 1],
        var depth => (row[index * depth >> 3] >> (8 - depth - (index * depth & 7))) & ((1 << depth) - 1),
    };

    /// <summary>The nearest of 256 levels: of 16 bits a 257th, of fewer bits as many times more.</summary>
    private byte ToByte(int sample) => (byte)(_format.BitDepth switch
    {
        8 => sample,
        16 => ((sample * 255) + 32895) >> 16,
        var depth => sample * (byte.MaxValue / ((1 << depth) - 1)),
    });
}
