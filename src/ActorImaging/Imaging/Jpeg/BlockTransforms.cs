using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Transforms blocks into the planes of their components, two at a time where two that lie side by side become of one size.</summary>
internal sealed unsafe class BlockTransforms : IDisposable
{
    private const int BlockWords = BlockReader.BlockWords;

    private readonly LaneWidth _width;
    private readonly RowScratch _memory = new(1, ((2 * JpegFrameHeader.MostBlocks) + 1) * BlockWords * sizeof(short));
    private readonly byte[] _unused = GC.AllocateArray<byte>(BlockWords, pinned: true);
    private readonly List<Job> _jobs = [];

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

        for (var block = 0; block < blocks.Count;)
        {
            var isPair = block + 1 < blocks.Count && blocks[block].Samples == blocks[block + 1].Samples;
            _jobs.Add(new Job(block, blocks[block], isPair ? blocks[block + 1] : null));
            block += isPair ? 2 : 1;
        }
    }

    /// <summary>Transforms the blocks of an MCU.</summary>
    /// <param name="coefficients">Its blocks one behind the other, and a block more.</param>
    /// <param name="ends">For each block what <see cref="BlockReader.Read"/> returned.</param>
    /// <param name="mcu">Which of its row.</param>
    public void Run(short* coefficients, ReadOnlySpan<uint> ends, int mcu)
    {
        fixed (byte* unused = _unused) // pinned for good: no cost
        {
            foreach (var job in _jobs)
            {
                var to = new BlockPlaces(
                    job.First.At(mcu), job.First.Stride, job.Second is { } second ? second.At(mcu) : unused, job.Second?.Stride ?? JpegFrameHeader.BlockSamples);
                var isDcOnly = job.First.Samples == JpegFrameHeader.BlockSamples
                    && ends[job.Block] == BlockReader.DcOnly && (job.Second is null || ends[job.Block + 1] == BlockReader.DcOnly);
                if (isDcOnly)
                {
                    InverseTransform.RunDcOnly(coefficients + (job.Block * BlockWords), Steps(job.Block), to);
                }
                else
                {
                    InverseTransform.Run(coefficients + (job.Block * BlockWords), Steps(job.Block), job.First.Samples, to, _width);
                }
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

    /// <summary>A block of an MCU.</summary>
    private sealed class Block(ComponentPlane plane, int column, int row, short[] steps)
    {
        private readonly byte* _first = plane[row * plane.Scaled.Samples] + (column * plane.Scaled.Samples);
        private readonly int _mcuColumns = plane.Scaled.Component.Across * plane.Scaled.Samples;

        public short[] Steps { get; } = steps;

        public int Samples { get; } = plane.Scaled.Samples;

        public long Stride { get; } = plane.Stride;

        public byte* At(int mcu) => _first + ((long)mcu * _mcuColumns);
    }

    private sealed record Job(int Block, Block First, Block? Second);
}
