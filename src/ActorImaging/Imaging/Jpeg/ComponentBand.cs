using ActorImaging.Imaging.Kernels;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>
/// One component of an image within one row of MCUs (the units that repeat in a scan: some blocks of each component): its samples, and what the transform
/// makes of them.
/// </summary>
/// <remarks>Native memory, the size of which follows from that of the image alone. Used by one thread at a time.</remarks>
internal sealed unsafe class ComponentBand : IDisposable
{
    /// <summary>Rows and columns of a block.</summary>
    public const int BlockSide = 8;

    private const int BlockWords = BlockSide * BlockSide;

    private readonly RowScratch _samples;
    private readonly RowScratch _coefficients;
    private readonly RowScratch _nonZero;

    /// <summary>Blocks that have samples: the others fill up MCUs.</summary>
    private readonly int _blocksAcross, _blocksDown;

    /// <summary>Takes memory for a component.</summary>
    /// <param name="image">The size of the image.</param>
    /// <param name="sampling">How many of its samples stand for how many pixels.</param>
    /// <param name="quantisation">By what its coefficients are divided.</param>
    public ComponentBand(PixelSize image, ComponentSampling sampling, QuantisationTable quantisation)
    {
        (Sampling, Quantisation) = (sampling, quantisation);
        _blocksAcross = JpegFrameHeader.DivideUp(image.WidthPixels, BlockSide * sampling.PixelsAcross);
        _blocksDown = JpegFrameHeader.DivideUp(image.HeightPixels, BlockSide * sampling.PixelsDown);
        CodedBlocksAcross = JpegFrameHeader.DivideUp(image.WidthPixels, BlockSide * sampling.PixelsAcross * sampling.BlocksAcross) * sampling.BlocksAcross;
        var transformed = JpegFrameHeader.DivideUp(CodedBlocksAcross, ForwardTransform.Blocks) * ForwardTransform.Blocks;
        _samples = new RowScratch(BlockSide * sampling.BlocksDown, transformed * BlockSide);
        try
        {
            _coefficients = new RowScratch(sampling.BlocksDown, (long)transformed * BlockWords * sizeof(short));
            _nonZero = new RowScratch(sampling.BlocksDown, (long)transformed * sizeof(ulong));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The component of an image without colours.</summary>
    /// <param name="image">Its size.</param>
    /// <param name="qualityPercent">1 to 100.</param>
    public static ComponentBand Gray(PixelSize image, int qualityPercent) =>
        new(image, new ComponentSampling(1, 1, 1, 1), QuantisationTable.ForLuma(qualityPercent));

    /// <summary>The components of an image with colours.</summary>
    /// <param name="image">Its size.</param>
    /// <param name="chroma">How finely chroma is sampled.</param>
    /// <param name="qualityPercent">1 to 100.</param>
    public static ComponentBand[] LumaAndChroma(PixelSize image, ChromaSubsampling chroma, int qualityPercent)
    {
        var (across, down) = (chroma == ChromaSubsampling.Full ? 1 : 2, chroma == ChromaSubsampling.Quarter ? 2 : 1);
        var coarse = new ComponentSampling(1, 1, across, down);
        var quantisation = QuantisationTable.ForChroma(qualityPercent);
        var made = new List<ComponentBand>();
        try
        {
            made.Add(new ComponentBand(image, new ComponentSampling(across, down, 1, 1), QuantisationTable.ForLuma(qualityPercent)));
            made.Add(new ComponentBand(image, coarse, quantisation));
            made.Add(new ComponentBand(image, coarse, quantisation));
            return [.. made];
        }
        catch
        {
            made.ForEach(band => band.Dispose());
            throw;
        }
    }

    /// <summary>How many of its samples stand for how many pixels.</summary>
    public ComponentSampling Sampling { get; }

    /// <summary>By what its coefficients are divided.</summary>
    public QuantisationTable Quantisation { get; }

    /// <summary>Blocks side by side, those that fill up the last MCU included.</summary>
    public int CodedBlocksAcross { get; }

    /// <summary>Samples of a row that have to be there.</summary>
    public int SamplesAcross => _blocksAcross * BlockSide;

    /// <summary>Rows of samples.</summary>
    public int Rows => BlockSide * Sampling.BlocksDown;

    /// <summary>A row of samples.</summary>
    public byte* Row(int y) => _samples[y];

    /// <summary>Repeats the last sample of a row to the end of the last block.</summary>
    public void RepeatLastSample(int y, int samples) => Repeat(_samples[y], samples, SamplesAcross);

    /// <summary>Repeats the last of the rows that are there.</summary>
    public void RepeatLastRow(int rows)
    {
        for (var y = rows; y < Rows; y++)
        {
            Buffer.MemoryCopy(_samples[rows - 1], _samples[y], SamplesAcross, SamplesAcross);
        }
    }

    /// <summary>Transforms and quantises all blocks.</summary>
    /// <param name="mcuRow">Which row of MCUs it is.</param>
    /// <param name="width">How many blocks at once.</param>
    public void Transform(int mcuRow, LaneWidth width)
    {
        var rows = Math.Min(Sampling.BlocksDown, _blocksDown - (mcuRow * Sampling.BlocksDown));
        fixed (short* divisors = Quantisation.Divisors)
        {
            for (var row = 0; row < rows; row++)
            {
                TransformRow(row, divisors, width);
                FillUpRow(row);
            }
        }

        for (var row = rows; row < Sampling.BlocksDown; row++)
        {
            FillUpBelow(row);
        }
    }

    /// <summary>The coefficients of a block, row by row.</summary>
    public ReadOnlySpan<short> Block(int row, int column) => new(BlockAt(row, column), BlockWords);

    /// <summary>Which of them may not be 0, a bit each in the same order; the bit of the first says nothing.</summary>
    public ulong NonZero(int row, int column) => ((ulong*)_nonZero[row])[column];

    /// <inheritdoc/>
    public void Dispose()
    {
        _samples.Dispose();
        _coefficients?.Dispose();
        _nonZero?.Dispose();
    }

    /// <summary>Repeats the last of some samples.</summary>
    public static void Repeat(byte* row, int samples, int upTo)
    {
        if (upTo > samples)
        {
            new Span<byte>(row + samples, upTo - samples).Fill(row[samples - 1]);
        }
    }

    private short* BlockAt(int row, int column) => (short*)_coefficients[row] + ((long)column * BlockWords);

    private void TransformRow(int row, short* divisors, LaneWidth width)
    {
        var samples = _samples[row * BlockSide];
        var strideBytes = _samples.RowBytes;
        for (var column = 0; column < _blocksAcross; column += ForwardTransform.Blocks)
        {
            ForwardTransform.Run(
                samples + (column * BlockSide), strideBytes, divisors, BlockAt(row, column), (ulong*)_nonZero[row] + column, width);
        }
    }

    /// <summary>Blocks right of the image are as gray as the last one of it, which costs least.</summary>
    private void FillUpRow(int row)
    {
        for (var column = _blocksAcross; column < CodedBlocksAcross; column++)
        {
            FillUp(row, column, *BlockAt(row, column - 1));
        }
    }

    /// <summary>Blocks below the image are as gray as the one that is coded before them.</summary>
    private void FillUpBelow(int row)
    {
        for (var column = 0; column < CodedBlocksAcross; column++)
        {
            var lastOfMcu = (column / Sampling.BlocksAcross * Sampling.BlocksAcross) + Sampling.BlocksAcross - 1;
            FillUp(row, column, *BlockAt(row - 1, lastOfMcu));
        }
    }

    private void FillUp(int row, int column, short gray)
    {
        var block = BlockAt(row, column);
        new Span<short>(block, BlockWords).Clear();
        *block = gray;
        ((ulong*)_nonZero[row])[column] = 0;
    }
}
