using System.Runtime.CompilerServices;
using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>An image whose blocks all come in one scan: they are transformed as they are decoded, and no more than one MCU is kept.</summary>
internal sealed unsafe class SequentialImage : IDisposable
{
    private readonly JpegFrameHeader _frame;
    private readonly Block[] _blocks;
    private readonly RowScratch _coefficients;
    private readonly uint[] _ends = new uint[JpegFrameHeader.MostBlocks];
    private readonly BlockTransforms _transforms;

    /// <summary>Prepares for a scan.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="scan">The scan, in which all components are.</param>
    /// <param name="tables">The tables as they are at its beginning.</param>
    /// <param name="planes">Receive the samples of the components.</param>
    /// <param name="width">How many blocks at once.</param>
    public SequentialImage(JpegFrameHeader frame, ScanHeader scan, DecodingTables tables, IReadOnlyList<ComponentPlane> planes, LaneWidth width)
    {
        _frame = frame;
        var steps = scan.Components.Select(component => tables.Steps(frame.Components[component.Index].Table).ToArray()).ToList();
        _blocks = [.. scan.Components.SelectMany(component => Enumerable.Repeat(
            new Block(component.Index, tables.DcCodes(component.DcTable), tables.AcCodes(component.AcTable), planes[component.Index].Scaled.Samples == 1),
            frame.Components[component.Index].Blocks))];
        _transforms = new BlockTransforms([.. scan.Components.Select(component => planes[component.Index])], steps, width);
        try
        {
            _coefficients = new RowScratch(1, (JpegFrameHeader.MostBlocks + 1) * BlockReader.BlockWords * sizeof(short));
        }
        catch
        {
            _transforms.Dispose();
            throw;
        }

        Coefficients.Clear();
    }

    private Span<short> Coefficients => new(_coefficients[0], (JpegFrameHeader.MostBlocks + 1) * BlockReader.BlockWords);

    /// <summary>Decodes the scan.</summary>
    /// <param name="reader">Its data.</param>
    /// <param name="target">Takes the image.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(ScanReader reader, IBandTarget target)
    {
        for (var band = 0; band < _frame.McusDown; band++)
        {
            for (var mcu = 0; mcu < _frame.McusAcross; mcu++)
            {
                reader.BeginMcu();
                if (reader.HasEnded)
                {
                    Coefficients.Clear();
                    Array.Fill(_ends, BlockReader.DcOnly);
                }
                else
                {
                    ReadMcu(reader);
                    reader.EndMcu();
                }

                _transforms.Run((short*)_coefficients[0], _ends, mcu);
            }

            target.Take(band);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _transforms.Dispose();
        _coefficients.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadMcu(ScanReader reader)
    {
        var coefficients = Coefficients;
        var data = reader.Data;
        var predictions = reader.Predictions;
        var blocks = _blocks;
        ref var state = ref reader.State;
        for (var index = 0; index < blocks.Length; index++)
        {
            var block = blocks[index];
            ref var prediction = ref predictions[block.Component];
            if (block.IsDcOnly)
            {
                BlockReader.ReadDcOnly(ref state, data, block.Dc, block.Ac, ref prediction);
                coefficients[index * BlockReader.BlockWords] = (short)prediction;
            }
            else
            {
                var to = coefficients.Slice(index * BlockReader.BlockWords, BlockReader.SpanWords);
                _ends[index] = BlockReader.Read(ref state, data, block.Dc, block.Ac, ref prediction, to);
            }
        }
    }

    private sealed record Block(int Component, CodeTable Dc, CodeTable Ac, bool IsDcOnly);
}
