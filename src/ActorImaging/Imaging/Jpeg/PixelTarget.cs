using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Makes pixels of the components, gray or in colours.</summary>
internal sealed unsafe class PixelTarget : IBandTarget, IDisposable
{
    private readonly IReadOnlyList<ComponentPlane> _planes;
    private readonly List<Upsampling> _rows = [];
    private readonly PixelBuffer _pixels;
    private readonly int _bandRows;
    private readonly bool _isRgb;
    private readonly LaneWidth _width;

    /// <summary>Prepares for an image.</summary>
    /// <param name="planes">Its components.</param>
    /// <param name="pixels">Receives the pixels; stays the caller's.</param>
    /// <param name="blockPixels">Rows and columns of pixels that become of a block.</param>
    /// <param name="isRgb">Whether the components are the colours themselves.</param>
    /// <param name="width">How many pixels at once.</param>
    public PixelTarget(IReadOnlyList<ComponentPlane> planes, PixelBuffer pixels, int blockPixels, bool isRgb, LaneWidth width)
    {
        (_planes, _pixels, _isRgb, _width) = (planes, pixels, isRgb, width);
        _bandRows = planes[0].Scaled.BandRows * planes[0].Scaled.PixelsDown;
        try
        {
            foreach (var plane in planes)
            {
                _rows.Add(new Upsampling(plane, blockPixels > 1, width));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Take(int band)
    {
        // Where a row needs samples of the one below, the last row waits for the next MCUs
        var (top, waits) = (band * _bandRows, _rows.Exists(rows => rows.LooksDown));
        var left = _pixels.HeightPixels - top;
        var end = left <= _bandRows ? left : waits ? _bandRows - 1 : _bandRows;
        for (var y = waits && band > 0 ? -1 : 0; y < end; y++)
        {
            Make(y, top);
        }

        foreach (var plane in waits ? _planes : [])
        {
            plane.KeepLast();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.ForEach(rows => rows.Dispose());

    private void Make(int y, int top)
    {
        var to = _pixels.Pixels + ((long)(top + y) * _pixels.StrideBytes);
        var first = _rows[0].Row(y, top);
        if (_rows.Count == 1)
        {
            Buffer.MemoryCopy(first, to, _pixels.StrideBytes, _pixels.StrideBytes);
        }
        else
        {
            RgbRows.Make(first, _rows[1].Row(y, top), _rows[2].Row(y, top), _isRgb, to, _pixels.WidthPixels, _width);
        }
    }
}
