using System.Numerics;
using System.Runtime.CompilerServices;
using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>An image whose blocks come in several scans: its coefficients are kept until the last of these is read, then transformed.</summary>
internal sealed unsafe class StoredImage : IDisposable
{
    private readonly JpegFrameHeader _frame;
    private readonly IReadOnlyList<ComponentPlane> _planes;
    private readonly List<CoefficientStore> _stores = [];
    private readonly short[]?[] _steps;
    private readonly short[] _block = new short[BlockReader.SpanWords];
    private readonly RowScratch _pair = new(1, InverseTransform.Blocks * BlockReader.BlockWords * sizeof(short));

    /// <summary>Takes memory for an image.</summary>
    /// <param name="frame">Its frame.</param>
    /// <param name="planes">Its components.</param>
    public StoredImage(JpegFrameHeader frame, IReadOnlyList<ComponentPlane> planes)
    {
        (_frame, _planes, _steps) = (frame, planes, new short[planes.Count][]);
        try
        {
            foreach (var component in frame.Components)
            {
                _stores.Add(new CoefficientStore(component, frame));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether some component was in no scan.</summary>
    public bool LacksComponent => Array.Exists(_steps, steps => steps is null);

    /// <summary>Decodes a scan.</summary>
    /// <param name="scan">Its header.</param>
    /// <param name="tables">The tables as they are now: those of quantisation are a component's own with its first scan.</param>
    /// <param name="reader">Its data, which end there.</param>
    public void ReadScan(ScanHeader scan, DecodingTables tables, ScanReader reader)
    {
        foreach (var component in scan.Components)
        {
            _steps[component.Index] ??= tables.Steps(_frame.Components[component.Index].Table).ToArray();
        }

        if (scan.First > 0 && _planes[scan.Components[0].Index].Scaled.Samples == 1)
        {
            return; // one sample is made of the DC coefficient alone
        }

        var components = scan.Components.Select(component => new ComponentCodes(component, scan, tables, _frame.IsProgressive)).ToArray();
        reader.Begin(tables.RestartInterval);
        if (_frame.IsProgressive && scan.First > 0)
        {
            ReadOthers(scan, components[0], reader);
        }
        else
        {
            ReadMcus(scan, components, reader);
        }

        reader.End();
    }

    /// <summary>Transforms what was read.</summary>
    /// <param name="target">Takes it.</param>
    /// <param name="width">How many blocks at once.</param>
    public void Transform(IBandTarget target, LaneWidth width)
    {
        using var steps = new RowScratch(_planes.Count, InverseTransform.Blocks * BlockReader.BlockWords * sizeof(short));
        for (var index = 0; index < _planes.Count; index++)
        {
            for (var block = 0; block < InverseTransform.Blocks; block++)
            {
                (_steps[index] ?? new short[BlockReader.BlockWords]).CopyTo(
                    new Span<short>(steps[index] + (block * BlockReader.BlockWords * sizeof(short)), BlockReader.BlockWords));
            }
        }

        for (var band = 0; band < _frame.McusDown; band++)
        {
            for (var index = 0; index < _planes.Count; index++)
            {
                TransformBand(band, _planes[index], _stores[index], (short*)steps[index], width);
            }

            target.Take(band);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pair.Dispose();
        _stores.ForEach(store => store.Dispose());
    }

    /// <summary>AC coefficients of one component.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadOthers(ScanHeader scan, ComponentCodes codes, ScanReader reader)
    {
        var (component, store) = (_frame.Components[codes.Index], _stores[codes.Index]);
        var (across, down) = (_frame.BlocksAcross(component), _frame.BlocksDown(component));
        for (var y = 0; y < down; y++)
        {
            for (var x = 0; x < across; x++)
            {
                reader.BeginMcu();
                if (reader.HasEnded)
                {
                    continue;
                }

                if (scan.BitsBefore > 0)
                {
                    reader.EmptyBlocks = ProgressiveBlocks.Refine(ref reader.State, reader.Data, codes.Ac!, scan, reader.EmptyBlocks, store.Block(y, x));
                }
                else if (reader.EmptyBlocks > 0)
                {
                    reader.EmptyBlocks--;
                }
                else
                {
                    reader.EmptyBlocks = ProgressiveBlocks.ReadFirst(ref reader.State, reader.Data, codes.Ac!, scan, store.Block(y, x));
                }

                reader.EndMcu();
            }
        }
    }

    /// <summary>DC coefficients, or whole blocks, of one component or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadMcus(ScanHeader scan, ComponentCodes[] components, ScanReader reader)
    {
        var isAlone = components.Length == 1;
        var (first, frame) = (_frame.Components[scan.Components[0].Index], _frame);
        var (across, down) = isAlone ? (frame.BlocksAcross(first), frame.BlocksDown(first)) : (frame.McusAcross, frame.McusDown);
        for (var y = 0; y < down; y++)
        {
            for (var x = 0; x < across; x++)
            {
                reader.BeginMcu();
                if (!reader.HasEnded)
                {
                    foreach (var component in components)
                    {
                        ReadMcu(component, isAlone, scan, reader, y, x);
                    }

                    reader.EndMcu();
                }
            }
        }
    }

    /// <summary>The blocks of a component in an MCU: one, where it is in the scan alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadMcu(ComponentCodes codes, bool isAlone, ScanHeader scan, ScanReader reader, int y, int x)
    {
        var (component, store) = (_frame.Components[codes.Index], _stores[codes.Index]);
        var (across, down) = isAlone ? (1, 1) : (component.Across, component.Down);
        for (var row = 0; row < down; row++)
        {
            for (var column = 0; column < across; column++)
            {
                ReadBlock(codes, scan, reader, store.Block((y * down) + row, (x * across) + column));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReadBlock(ComponentCodes codes, ScanHeader scan, ScanReader reader, Span<short> to)
    {
        ref var prediction = ref reader.Predictions[codes.Index];
        if (codes.Dc is null)
        {
            to[0] |= (short)(BlockReader.ReadBit(ref reader.State, reader.Data) << scan.BitsLeft);
        }
        else if (codes.Ac is null)
        {
            BlockReader.ReadDc(ref reader.State, reader.Data, codes.Dc, ref prediction);
            to[0] = (short)(prediction << scan.BitsLeft);
        }
        else
        {
            BlockReader.Read(ref reader.State, reader.Data, codes.Dc, codes.Ac, ref prediction, _block);
            for (var place = 0; place < BlockReader.BlockWords; place++)
            {
                to[place] = _block[ZigZag.Natural[place]];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformBand(int band, ComponentPlane plane, CoefficientStore store, short* steps, LaneWidth width)
    {
        var samples = plane.Scaled.Samples;
        var unused = stackalloc byte[BlockReader.BlockWords];
        for (var row = 0; row < plane.Scaled.Component.Down; row++)
        {
            var blockRow = (band * plane.Scaled.Component.Down) + row;
            byte* to = plane[row * samples];
            for (var column = 0; column < store.BlocksAcross; column += InverseTransform.Blocks)
            {
                var first = to + ((long)column * samples);
                var isPair = column + 1 < store.BlocksAcross;
                var places = new BlockPlaces(first, plane.Stride, isPair ? first + samples : unused, isPair ? plane.Stride : JpegFrameHeader.BlockSamples);
                var isDcOnly = Order(store.Block(blockRow, column), 0) & (!isPair || Order(store.Block(blockRow, column + 1), BlockReader.BlockWords));
                if (isDcOnly)
                {
                    InverseTransform.RunDcOnly((short*)_pair[0], steps, samples, places);
                }
                else
                {
                    InverseTransform.Run((short*)_pair[0], steps, samples, places, width);
                }
            }
        }
    }

    /// <summary>Puts the coefficients of a block, which are in the order of coding, row by row.</summary>
    /// <returns>Whether there is none but the DC coefficient.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Order(ReadOnlySpan<short> block, int at)
    {
        var ordered = new Span<short>((short*)_pair[0] + at, BlockReader.BlockWords);
        ordered.Clear();
        var places = ProgressiveBlocks.NonZero(block);
        for (var left = places; left != 0; left &= left - 1)
        {
            var place = BitOperations.TrailingZeroCount(left);
            ordered[ZigZag.Natural[place]] = block[place];
        }

        return places <= 1;
    }

    /// <summary>The codes of a component in a scan, those that it needs: the next bits of DC coefficients need none.</summary>
    private sealed class ComponentCodes(ScanComponent component, ScanHeader scan, DecodingTables tables, bool isProgressive)
    {
        public int Index { get; } = component.Index;

        public CodeTable? Dc { get; } = scan.First == 0 && scan.BitsBefore == 0 ? tables.DcCodes(component.DcTable) : null;

        public CodeTable? Ac { get; } = !isProgressive || scan.First > 0 ? tables.AcCodes(component.AcTable) : null;
    }
}
