using ActorImaging.Imaging.Kernels;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Luma and chroma that were never anything else, as the JPEG writer wants them.</summary>
/// <remarks>Used by one thread at a time. The planes must outlive it.</remarks>
internal sealed unsafe class PlaneBands : JpegBands
{
    private readonly ComponentBand[] _components;
    private readonly List<RowsAhead> _rows = [];

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
            _rows.Add(new RowsAhead(planes.LumaRows()));
            if (_components.Length > 1)
            {
                var coarse = _components[1].Sampling;
                _rows.Add(new RowsAhead(planes.BluenessRows(coarse.PixelsAcross, coarse.PixelsDown)));
                _rows.Add(new RowsAhead(planes.RednessRows(coarse.PixelsAcross, coarse.PixelsDown)));
            }
        }
        catch
        {
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
    }

    private static void Fill(ComponentBand component, RowsAhead rows, int row)
    {
        var first = row * component.Rows;
        var count = Math.Min(component.Rows, rows.HeightPixels - first);
        for (var y = 0; y < count; y++)
        {
            rows.Row(first + y).CopyTo(new Span<byte>(component.Row(y), rows.WidthPixels));
            component.RepeatLastSample(y, rows.WidthPixels);
        }

        component.RepeatLastRow(count);
    }
}
