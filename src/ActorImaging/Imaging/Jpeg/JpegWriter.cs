using System.Buffers.Binary;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Metadata;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>
/// Writes images as baseline JPEG (ITU-T T.81; JFIF 1.02) with the shortest Huffman codes: what libjpeg writes with its accurate transform, byte for byte.
/// </summary>
/// <remarks>
/// Synchronous, on the calling thread, without state of its own: any number of threads may write different images. It holds a row of MCUs, and the
/// symbols of all of them, some four times the size of the file. The same pixels and settings give the same bytes on every processor.
/// </remarks>
internal static class JpegWriter
{
    private const int BitDepth = 8;

    /// <summary>Writes an image.</summary>
    /// <param name="bands">The image; each row of MCUs is taken once.</param>
    /// <param name="metadata">What is said beside the pixels.</param>
    /// <param name="output">Receives the JPEG; it is neither flushed nor closed.</param>
    /// <param name="width">How much at once; the processor's best if not given.</param>
    /// <exception cref="IOException">From <paramref name="output"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The image has more columns or rows than a JPEG can say.</exception>
    public static void Write(JpegBands bands, ImageMetadata metadata, Stream output, LaneWidth? width = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bands.Size.WidthPixels, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bands.Size.HeightPixels, ushort.MaxValue);
        using var symbols = new SymbolList();
        Collect(bands, symbols, width ?? LaneWidths.Native);
        JpegMetadataWriter.WriteBeginning(output, metadata, isJfif: true);
        WriteQuantisation(bands.Components, output);
        WriteFrame(bands, output);
        var codes = WriteCodes(symbols.Count(), bands.Components.Count, output);
        WriteScan(bands.Components.Count, output);
        using var entropy = new EntropyWriter(output);
        foreach (var part in symbols.Parts)
        {
            entropy.Write(part.Span, codes);
        }

        entropy.Finish();
        output.Write([0xFF, JpegMarker.EndOfImage]);
    }

    /// <summary>Transforms one row of MCUs after the other, and puts its blocks in the order in which they are coded.</summary>
    private static void Collect(JpegBands bands, SymbolList symbols, LaneWidth width)
    {
        Span<int> previous = stackalloc int[bands.Components.Count];
        var components = bands.Components.ToArray();
        var across = components[0].CodedBlocksAcross / components[0].Sampling.BlocksAcross;
        for (var row = 0; row < bands.Rows; row++)
        {
            bands.Fill(row);
            foreach (var component in components)
            {
                component.Transform(row, width);
            }

            for (var mcu = 0; mcu < across; mcu++)
            {
                for (var index = 0; index < components.Length; index++)
                {
                    AddBlocks(components[index], mcu, symbols, index == 0 ? 0 : 2, ref previous[index]);
                }
            }
        }
    }

    private static void AddBlocks(ComponentBand component, int mcu, SymbolList symbols, int tables, ref int previous)
    {
        var sampling = component.Sampling;
        for (var y = 0; y < sampling.BlocksDown; y++)
        {
            for (var x = mcu * sampling.BlocksAcross; x < (mcu + 1) * sampling.BlocksAcross; x++)
            {
                var block = component.Block(y, x);
                symbols.Add(block, ZigZag.Reorder(component.NonZero(y, x)), block[0] - previous, tables);
                previous = block[0];
            }
        }
    }

    /// <summary>A table for luma, and one for chroma.</summary>
    private static void WriteQuantisation(IReadOnlyList<ComponentBand> components, Stream output)
    {
        Span<byte> table = stackalloc byte[1 + ZigZag.Natural.Length];
        for (byte index = 0; index < Math.Min(2, components.Count); index++)
        {
            table[0] = index;
            for (var place = 0; place < ZigZag.Natural.Length; place++)
            {
                table[1 + place] = components[index].Quantisation.Steps[ZigZag.Natural[place]];
            }

            WriteSegment(output, JpegMarker.QuantisationTables, table);
        }
    }

    private static void WriteFrame(JpegBands bands, Stream output)
    {
        var components = bands.Components;
        var frame = new byte[6 + (3 * components.Count)];
        frame[0] = BitDepth;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), (ushort)bands.Size.HeightPixels);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(3), (ushort)bands.Size.WidthPixels);
        frame[5] = (byte)components.Count;
        for (var index = 0; index < components.Count; index++)
        {
            var sampling = components[index].Sampling;
            frame[6 + (3 * index)] = (byte)(index + 1);
            frame[7 + (3 * index)] = (byte)((sampling.BlocksAcross << 4) | sampling.BlocksDown);
            frame[8 + (3 * index)] = (byte)Math.Min(1, index);
        }

        WriteSegment(output, JpegMarker.BaselineFrame, frame);
    }

    /// <returns>The entries of all tables, for <see cref="EntropyWriter"/>.</returns>
    private static uint[] WriteCodes(ReadOnlySpan<uint> counts, int components, Stream output)
    {
        var entries = new uint[SymbolList.Symbols];
        for (var table = 0; table < (components == 1 ? SymbolList.Tables / 2 : SymbolList.Tables); table++)
        {
            var of = new Range(table * SymbolList.SymbolsOfTable, (table + 1) * SymbolList.SymbolsOfTable);
            var code = new OptimalHuffmanCode(counts[of]);
            code.FillEntries(entries.AsSpan(of));
            var (kind, number) = (table % 2, table / 2);
            WriteSegment(output, JpegMarker.HuffmanTables, [(byte)((kind << 4) | number), .. code.Counts, .. code.Symbols]);
        }

        return entries;
    }

    private static void WriteScan(int components, Stream output)
    {
        const byte FirstCoefficient = 0, LastCoefficient = 63, NoApproximation = 0;
        byte[] scan = [(byte)components, .. Enumerable.Range(0, components).SelectMany(index => new[] { (byte)(index + 1), (byte)(index == 0 ? 0x00 : 0x11) }), FirstCoefficient, LastCoefficient, NoApproximation];
        WriteSegment(output, JpegMarker.StartOfScan, scan);
    }

    private static void WriteSegment(Stream output, byte marker, ReadOnlySpan<byte> data)
    {
        Span<byte> prefix = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(prefix[2..], (ushort)(2 + data.Length));
        output.Write(prefix);
        output.Write(data);
    }
}
