using ActorImaging.Imaging.Kernels;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>The rows of a kernel as the JPEG writer wants them: laid on white, as luma and chroma, chroma sampled more coarsely.</summary>
/// <remarks>Used by one thread at a time. The kernel must outlive it.</remarks>
internal sealed unsafe class PixelBands : JpegBands
{
    private const byte NoChroma = 128;

    private readonly RowSource _rows;
    private readonly LaneWidth _width;
    private readonly ComponentBand[] _components;
    private readonly ComponentSampling _chroma;
    private readonly RowScratch _packed;
    private readonly RowScratch _channels;
    private int _packedChannels;

    /// <summary>Two rows of each chroma, before they become one.</summary>
    private readonly RowScratch _fineChroma;

    private PixelBands(RowSource rows, ComponentBand[] components, LaneWidth width)
    {
        (_rows, _components, _width) = (rows, components, width);
        _chroma = components[^1].Sampling;
        var widest = (components[0].CodedBlocksAcross + 1) * ComponentBand.BlockSide;
        try
        {
            _packed = new RowScratch(1, (long)rows.StrideBytes * RowPixels);
            _channels = new RowScratch(3, widest);
            _fineChroma = new RowScratch(4, widest);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override PixelSize Size => new(_rows.WidthPixels, _rows.HeightPixels);

    /// <inheritdoc/>
    public override IReadOnlyList<ComponentBand> Components => _components;

    /// <summary>Luma alone, of pixels that are gray.</summary>
    /// <param name="rows">The pixels, of 1 or 2 channels.</param>
    /// <param name="qualityPercent">1 to 100.</param>
    /// <param name="width">How many pixels at once; the processor's best if not given.</param>
    public static PixelBands Gray(RowSource rows, int qualityPercent, LaneWidth? width = null)
    {
        var size = new PixelSize(rows.WidthPixels, rows.HeightPixels);
        return new PixelBands(rows, [ComponentBand.Gray(size, qualityPercent)], width ?? LaneWidths.Native);
    }

    /// <summary>Luma and chroma.</summary>
    /// <param name="rows">The pixels, of 1 to 4 channels.</param>
    /// <param name="chroma">How finely chroma is sampled.</param>
    /// <param name="qualityPercent">1 to 100.</param>
    /// <param name="width">How many pixels at once; the processor's best if not given.</param>
    public static PixelBands Colour(RowSource rows, ChromaSubsampling chroma, int qualityPercent, LaneWidth? width = null)
    {
        var size = new PixelSize(rows.WidthPixels, rows.HeightPixels);
        return new PixelBands(rows, ComponentBand.LumaAndChroma(size, chroma, qualityPercent), width ?? LaneWidths.Native);
    }

    /// <inheritdoc/>
    public override void Fill(int row)
    {
        var firstRow = row * RowPixels;
        var count = Math.Min(RowPixels, Size.HeightPixels - firstRow);
        _rows.ReadRows(firstRow, new Span<byte>(_packed[0], checked(count * _rows.StrideBytes)));
        _packedChannels = OnWhite.Lay(_packed[0], _rows.Channels, count * _rows.WidthPixels);
        var luma = _components[0];
        var coarseRows = 0;
        for (var y = 0; y < count; y += _chroma.PixelsDown, coarseRows++)
        {
            for (var fine = 0; fine < _chroma.PixelsDown; fine++)
            {
                FillLuma(Math.Min(y + fine, count - 1), y + fine, fine);
            }

            if (_components.Length > 1)
            {
                FillChroma(_components[1], coarseRows, 0);
                FillChroma(_components[2], coarseRows, _chroma.PixelsDown);
            }
        }

        luma.RepeatLastRow(coarseRows * _chroma.PixelsDown);
        foreach (var chroma in _components.Skip(1))
        {
            chroma.RepeatLastRow(coarseRows);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _packed?.Dispose();
        _channels?.Dispose();
        _fineChroma?.Dispose();
    }

    /// <summary>Makes a row of luma, and one of each chroma at full width.</summary>
    private void FillLuma(int fromRow, int row, int fine)
    {
        var count = Size.WidthPixels;
        var packed = _packed[0] + ((long)fromRow * count * _packedChannels);
        byte* luma = _components[0].Row(row), blueness = _fineChroma[fine], redness = _fineChroma[_chroma.PixelsDown + fine];
        if (_packedChannels == 1)
        {
            Buffer.MemoryCopy(packed, luma, count, count);
            new Span<byte>(blueness, count).Fill(NoChroma);
            new Span<byte>(redness, count).Fill(NoChroma);
        }
        else
        {
            ChannelSplit.Run(packed, _channels[0], _channels[1], _channels[2], count, _width);
            YccConversion.Run(_channels[0], _channels[1], _channels[2], luma, blueness, redness, count, _width);
        }

        _components[0].RepeatLastSample(row, count);
    }

    private void FillChroma(ComponentBand chroma, int row, int firstFine)
    {
        byte* fine = _fineChroma[firstFine], next = _fineChroma[firstFine + _chroma.PixelsDown - 1];
        var finePixels = chroma.SamplesAcross * _chroma.PixelsAcross;
        ComponentBand.Repeat(fine, Size.WidthPixels, finePixels);
        if (_chroma.PixelsAcross == 1)
        {
            Buffer.MemoryCopy(fine, chroma.Row(row), chroma.SamplesAcross, chroma.SamplesAcross);
        }
        else if (_chroma.PixelsDown == 1)
        {
            ChromaDownsampling.Halve(fine, chroma.Row(row), chroma.SamplesAcross, _width);
        }
        else
        {
            ComponentBand.Repeat(next, Size.WidthPixels, finePixels);
            ChromaDownsampling.Quarter(fine, next, chroma.Row(row), chroma.SamplesAcross, _width);
        }
    }
}
