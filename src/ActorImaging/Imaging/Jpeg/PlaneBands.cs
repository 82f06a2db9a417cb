using ActorImaging.Imaging.Kernels;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Luma and chroma that were never anything else, as the JPEG writer wants them.</summary>
/// <remarks>Used by one thread at a time. The planes must outlive it.</remarks>
internal sealed unsafe class PlaneBands : JpegBands
{
    private readonly ComponentBand[] _components;
    private readonly List<RowSource> _rows = [];
    private readonly RowScratch _packed;

    /// <summary>Prepares for an image.</summary>
    /// <param name="planes">The image.</param>
    /// <param name="wantsColours">Whether chroma is written also where nothing has a colour.</param>
    /// <param name="chroma">How finely chroma is sampled.</param>
    /// <param name="qualityPercent">1 to 100.</param>
    public PlaneBands(PlanarPixels planes, bool wantsColours, ChromaSubsampling chroma, int qualityPercent)
    {
        Size = planes.Size;
        _components = wantsColours || planes.HasColours ? ComponentBand.LumaAndChroma(Size, chroma, qualityPercent) : [ComponentBand.Gray(Size, qualityPercent)];
        try
        {
            _rows.Add(planes.LumaRows());
            if (_components.Length > 1)
            {
                var (blueness, redness) = planes.ChromaRows(_components[1].Sampling.PixelsAcross, _components[1].Sampling.PixelsDown);
                _rows.AddRange(blueness, redness);
            }

            _packed = new RowScratch(1, (long)_rows[0].StrideBytes * RowPixels);
        }
        catch
        {
            _packed?.Dispose();
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override PixelSize Size { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ComponentBand> Components => _components;

    /// <inheritdoc/>
    public override void Fill(int row)
    {
        for (var index = 0; index < _components.Length; index++)
        {
            Fill(_components[index], _rows[index], row);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _rows.ForEach(rows => rows.Dispose());
        _packed?.Dispose();
    }

    private void Fill(ComponentBand component, RowSource rows, int row)
    {
        var first = row * component.Rows;
        var count = Math.Min(component.Rows, rows.HeightPixels - first);
        var packed = new Span<byte>(_packed[0], count * rows.StrideBytes);
        rows.ReadRows(first, packed);
        for (var y = 0; y < count; y++)
        {
            packed.Slice(y * rows.StrideBytes, rows.StrideBytes).CopyTo(new Span<byte>(component.Row(y), rows.StrideBytes));
            component.RepeatLastSample(y, rows.WidthPixels);
        }

        component.RepeatLastRow(count);
    }
}
