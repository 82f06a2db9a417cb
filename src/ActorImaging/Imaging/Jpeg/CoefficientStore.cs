using System.Runtime.CompilerServices;
using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>The coefficients of a whole component, for images whose blocks come in several scans: in the order of coding, all 0 at first.</summary>
internal sealed unsafe class CoefficientStore : IDisposable
{
    private const int BlockWords = BlockReader.BlockWords;

    private readonly RowScratch _rows;

    /// <summary>Takes memory for the blocks of a component, those that fill up MCUs among them.</summary>
    /// <param name="component">The component.</param>
    /// <param name="frame">Its frame.</param>
    public CoefficientStore(JpegComponent component, JpegFrameHeader frame)
    {
        (BlocksAcross, BlocksDown) = (frame.McusAcross * component.Across, frame.McusDown * component.Down);
        _rows = new RowScratch(BlocksDown, (long)BlocksAcross * BlockWords * sizeof(short));
        for (var row = 0; row < BlocksDown; row++)
        {
            new Span<short>(_rows[row], BlocksAcross * BlockWords).Clear();
        }
    }

    /// <summary>Blocks side by side.</summary>
    public int BlocksAcross { get; }

    /// <summary>Rows of blocks.</summary>
    public int BlocksDown { get; }

    /// <summary>The coefficients of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<short> Block(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)BlocksDown);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)BlocksAcross);
        return new Span<short>((short*)_rows[row] + ((long)column * BlockWords), BlockWords);
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();
}
