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

        var codes = scan.Components.Select(component => new ComponentCodes(component, scan, tables, _frame.IsProgressive)).ToArray();
        reader.Begin(tables.RestartInterval);
        ReadBlocks(scan, codes, reader);
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
    public void Dispose() => _stores.ForEach(store => store.Dispose());

    private void ReadBlocks(ScanHeader scan, ComponentCodes[] components, ScanReader reader)
    {
        var blocks = new ProgressiveReader(scan, reader);
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
                        ReadMcu(component, isAlone, blocks, reader, y, x);
                    }

                    reader.EndMcu();
                }
            }
        }
    }

    /// <summary>The blocks of a component in an MCU: one, where it is in the scan alone.</summary>
    private void ReadMcu(ComponentCodes codes, bool isAlone, ProgressiveReader blocks, ScanReader reader, int y, int x)
    {
        var (component, store) = (_frame.Components[codes.Index], _stores[codes.Index]);
        var (across, down) = isAlone ? (1, 1) : (component.Across, component.Down);
        for (var block = 0; block < across * down; block++)
        {
            var to = store.Block((y * down) + (block / across), (x * across) + (block % across));
            ref var prediction = ref reader.Predictions[codes.Index];
            if (_frame.IsProgressive)
            {
                blocks.Read(codes.Progressive, ref prediction, to);
            }
            else
            {
                BlockReader.Read(ref reader.State, reader.Data, codes.Dc!, codes.Ac!, ref prediction, _block);
                _block.AsSpan(0, BlockReader.BlockWords).CopyTo(to);
            }
        }
    }

    private static void TransformBand(int band, ComponentPlane plane, CoefficientStore store, short* steps, LaneWidth width)
    {
        var samples = plane.Scaled.Samples;
        var unused = stackalloc byte[BlockReader.BlockWords];
        for (var row = 0; row < plane.Scaled.Component.Down; row++)
        {
            short* coefficients = store.Row((band * plane.Scaled.Component.Down) + row);
            byte* to = plane[row * samples];
            for (var column = 0; column < store.BlocksAcross; column += InverseTransform.Blocks)
            {
                var first = to + ((long)column * samples);
                var isPair = column + 1 < store.BlocksAcross;
                var places = new BlockPlaces(first, plane.Stride, isPair ? first + samples : unused, isPair ? plane.Stride : JpegFrameHeader.BlockSamples);
                InverseTransform.Run(coefficients + ((long)column * BlockReader.BlockWords), steps, samples, places, width);
            }
        }
    }

    /// <summary>The codes of a component in a scan, those that it needs.</summary>
    private sealed class ComponentCodes(ScanComponent component, ScanHeader scan, DecodingTables tables, bool isProgressive)
    {
        public int Index { get; } = component.Index;

        public CodeTable? Dc { get; } = isProgressive ? null : tables.DcCodes(component.DcTable);

        public CodeTable? Ac { get; } = isProgressive ? null : tables.AcCodes(component.AcTable);

        public CodeTable? Progressive { get; } = !isProgressive || (scan.First == 0 && scan.BitsBefore > 0) ? null
            : scan.First == 0 ? tables.DcCodes(component.DcTable)
            : tables.AcCodes(component.AcTable);
    }
}
