using System.Runtime.CompilerServices;
using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Transforms blocks into the planes of their components, two at a time where two that lie side by side become of one size.</summary>
internal sealed unsafe class BlockTransforms : IDisposable
{
    private const int BlockWords = BlockReader.BlockWords;

    private readonly LaneWidth _width;

    /// <summary>Where the samples of a block go that there isn't: behind the steps of all blocks and one more.</summary>
    private const int UnusedAt = (JpegFrameHeader.MostBlocks + 1) * BlockWords * sizeof(short);

    private readonly RowScratch _memory = new(1, UnusedAt + BlockWords);
    private readonly Job[] _jobs;

    /// <summary>Prepares for the MCUs of a scan, or for the blocks of one component.</summary>
    /// <param name="planes">The planes of the components, in the order of the scan.</param>
    /// <param name="steps">What their coefficients are multiplied by.</param>
    /// <param name="width">How many blocks at once.</param>
    public BlockTransforms(IReadOnlyList<ComponentPlane> planes, IReadOnlyList<short[]> steps, LaneWidth width)
    {
        _width = width;
        var blocks = Enumerable.Range(0, planes.Count).SelectMany(index => BlocksOf(planes[index], steps[index])).ToList();
        for (var block = 0; block < blocks.Count; block++)
        {
            blocks[block].Steps.CopyTo(new Span<short>(Steps(block), BlockWords));
        }

        _jobs = [.. Pair(blocks)];
    }

    /// <summary>Transforms the blocks of an MCU.</summary>
    /// <param name="coefficients">Its blocks one behind the other, and a block more.</param>
    /// <param name="ends">For each block what <see cref="BlockReader.Read"/> returned.</param>
    /// <param name="mcu">Which of its row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(short* coefficients, ReadOnlySpan<uint> ends, int mcu)
    {
        var steps = (short*)_memory[0];
        foreach (ref readonly var job in _jobs.AsSpan())
        {
            var to = new BlockPlaces(
                job.First + ((long)mcu * job.FirstColumns), job.FirstStride, job.Second + ((long)mcu * job.SecondColumns), job.SecondStride);
            var at = job.Block * BlockWords;
            if (ends[job.Block] == BlockReader.DcOnly && ends[job.LastBlock] == BlockReader.DcOnly)
            {
                InverseTransform.RunDcOnly(coefficients + at, steps + at, job.Samples, to);
            }
            else
            {
                InverseTransform.Run(coefficients + at, steps + at, job.Samples, to, _width);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private short* Steps(int block) => (short*)_memory[0] + (block * BlockWords);

    private static IEnumerable<Block> BlocksOf(ComponentPlane plane, short[] steps)
    {
        var component = plane.Scaled.Component;
        return Enumerable.Range(0, component.Blocks).Select(index => new Block(plane, index % component.Across, index / component.Across, steps));
    }

    private List<Job> Pair(List<Block> blocks)
    {
        var jobs = new List<Job>();
        for (var block = 0; block < blocks.Count; block++)
        {
            var (first, next) = (blocks[block], block + 1 < blocks.Count ? blocks[block + 1] : null);
            var isPair = next?.Samples == first.Samples;
            jobs.Add(new Job
            {
                Block = block,
                LastBlock = isPair ? block + 1 : block,
                Samples = first.Samples,
                First = first.At,
                FirstStride = first.Stride,
                FirstColumns = first.McuColumns,
                Second = isPair ? next!.At : _memory[0] + UnusedAt,
                SecondStride = isPair ? next!.Stride : JpegFrameHeader.BlockSamples,
                SecondColumns = isPair ? next!.McuColumns : 0,
            });
            block += isPair ? 1 : 0;
        }

        return jobs;
    }

    /// <summary>Blocks that are transformed together, and where their samples go.</summary>
    private readonly struct Job
    {
        public int Block { get; init; }

        public int LastBlock { get; init; }

        public int Samples { get; init; }

        public byte* First { get; init; }

        public long FirstStride { get; init; }

        public int FirstColumns { get; init; }

        public byte* Second { get; init; }

        public long SecondStride { get; init; }

        public int SecondColumns { get; init; }
    }

    /// <summary>A block of an MCU.</summary>
    private sealed class Block(ComponentPlane plane, int column, int row, short[] steps)
    {
        public short[] Steps { get; } = steps;

        public int Samples { get; } = plane.Scaled.Samples;

        public long Stride { get; } = plane.Stride;

        public byte* At { get; } = plane[row * plane.Scaled.Samples] + (column * plane.Scaled.Samples);

        public int McuColumns { get; } = plane.Scaled.Component.Across * plane.Scaled.Samples;
    }
}
