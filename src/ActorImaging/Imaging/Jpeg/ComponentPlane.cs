using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>The samples of a component for one row of MCUs, with the last row of the one above. Its size follows from the frame header alone.</summary>
internal sealed unsafe class ComponentPlane : IDisposable
{
    private readonly RowScratch _rows;

    /// <summary>Takes memory for a component.</summary>
    public ComponentPlane(ScaledComponent component)
    {
        Scaled = component;
        _rows = new RowScratch(component.BandRows + 1, component.BandColumns);
        for (var row = 0; row <= component.BandRows; row++)
        {
            new Span<byte>(_rows[row], component.BandColumns).Clear();
        }
    }

    /// <summary>The component.</summary>
    public ScaledComponent Scaled { get; }

    /// <summary>Bytes from row to row.</summary>
    public long Stride => _rows.RowBytes;

    /// <summary>The memory of a row, from -1, the last one of the MCUs above, on. 64 bytes more may be read.</summary>
    public byte* this[int row] => _rows[row + 1];

    /// <summary>Keeps the last row for the next row of MCUs.</summary>
    public void KeepLast() => Buffer.MemoryCopy(this[Scaled.BandRows - 1], this[-1], Scaled.BandColumns, Scaled.BandColumns);

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();
}
