using ActorImaging.Imaging.Kernels;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>
/// Decodes JPEG as libjpeg-turbo does, to the same pixels (ITU-T T.81; JFIF 1.02): baseline and progressive, of one or three components, at its size or a
/// fraction of it.
/// </summary>
/// <param name="frame">The header of the frame; its size was looked at before.</param>
/// <param name="shrinkBy">1, 2, 4 or 8: so many pixels become one in either direction.</param>
/// <param name="width">How many blocks and pixels at once; the processor's best if not given.</param>
/// <remarks>
/// Whatever the data say is checked where it is used. Memory that is reached by pointers is counted from <paramref name="frame"/> alone, and so is every
/// place in it.
/// </remarks>
internal sealed class JpegReader(JpegFrameHeader frame, int shrinkBy, LaneWidth? width = null)
{
    private readonly LaneWidth _width = width ?? LaneWidths.Native;
    private readonly int _blockPixels = JpegFrameHeader.BlockSamples / shrinkBy;
    private readonly DecodingTables _tables = new();
    private readonly ColourMarks _marks = new();
    private int _frames;

    /// <summary>The size of the pixels.</summary>
    public PixelSize Size { get; } = new(JpegFrameHeader.DivideUp(frame.Size.WidthPixels, shrinkBy), JpegFrameHeader.DivideUp(frame.Size.HeightPixels, shrinkBy));

    /// <summary>Decodes to gray or to colours.</summary>
    /// <param name="source">The file.</param>
    /// <param name="damages">Are told what is missing from the pixels.</param>
    /// <returns>The pixels, the caller's own.</returns>
    /// <exception cref="CorruptSourceException">There are none.</exception>
    public PixelBuffer Read(Stream source, ICollection<string> damages)
    {
        var pixels = PixelBuffer.Allocate(Size.WidthPixels, Size.HeightPixels, frame.Components.Length);
        try
        {
            Decode(source, ScaledComponent.ForPixels(frame, _blockPixels), new JpegDamages(damages), pixels);
            return pixels;
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    /// <summary>Decodes to luma and chroma, as they are coded.</summary>
    /// <param name="source">The file, which has them.</param>
    /// <param name="damages">Are told what is missing from the pixels.</param>
    /// <returns>The planes, the caller's own.</returns>
    /// <exception cref="CorruptSourceException">There are none.</exception>
    public PlanarPixels ReadPlanes(Stream source, ICollection<string> damages)
    {
        var components = ScaledComponent.ForPlanes(frame, _blockPixels);
        using var stream = new JpegStream(source);
        var scan = FindFirstScan(stream);
        var buffers = new List<PixelBuffer>();
        try
        {
            buffers.AddRange(components.Select(component => PixelBuffer.Allocate(component.Width, component.Height, channels: 1)));
            using var planes = new Planes(components);
            Decode(stream, scan, planes, new JpegDamages(damages), new PlaneTarget(planes.All, buffers));
            return new PlanarPixels(PlaneOf(components[0], buffers[0]), PlaneOf(components[1], buffers[1]), PlaneOf(components[2], buffers[2]));
        }
        catch
        {
            buffers.ForEach(buffer => buffer.Dispose());
            throw;
        }
    }

    /// <summary>A plane whose last samples stand for less than the others, where the size of the image is no whole number of them.</summary>
    private Plane PlaneOf(ScaledComponent component, PixelBuffer samples)
    {
        double across = shrinkBy * component.PixelsAcross, down = shrinkBy * component.PixelsDown;
        return new Plane(samples, new SampleRange(0, frame.Size.WidthPixels / across), new SampleRange(0, frame.Size.HeightPixels / down));
    }

    private void Decode(Stream source, ScaledComponent[] components, JpegDamages damages, PixelBuffer pixels)
    {
        using var stream = new JpegStream(source);
        var scan = FindFirstScan(stream);
        using var planes = new Planes(components);
        using var target = new PixelTarget(planes.All, pixels, _blockPixels, _marks.AreRgb(frame), _width);
        Decode(stream, scan, planes, damages, target);
    }

    private void Decode(JpegStream stream, ScanHeader scan, Planes planes, JpegDamages damages, IBandTarget target)
    {
        using var reader = new ScanReader(stream, damages);
        if (!frame.IsProgressive && scan.Components.Count == frame.Components.Length)
        {
            using var image = new SequentialImage(frame, scan, _tables, planes.All, _width);
            reader.Begin(_tables.RestartInterval);
            image.Read(reader, target);
            reader.End();
        }
        else
        {
            using var image = new StoredImage(frame, planes.All);
            for (var next = scan; next is not null; next = FindScan(stream))
            {
                image.ReadScan(next, _tables, reader);
            }

            if (image.LacksComponent)
            {
                damages.LacksComponent();
            }
            else if (stream.FindMarker() != JpegMarker.EndOfImage)
            {
                damages.EndsEarly(); // there may have been more scans
            }

            image.Transform(target, _width);
        }
    }

    private ScanHeader FindFirstScan(JpegStream stream) =>
        FindScan(stream) ?? throw new CorruptSourceException("is no whole JPEG: there are no pixels where they are expected");

    /// <summary>Takes segments until one begins a scan.</summary>
    /// <returns>Its header; null at the end of the image.</returns>
    private ScanHeader? FindScan(JpegStream stream)
    {
        while (stream.FindMarker() is { } marker && marker != JpegMarker.EndOfImage)
        {
            if (JpegMarker.IsAlone(marker) || marker == JpegMarker.StartOfImage)
            {
                stream.Skip(2);
                continue;
            }

            var data = stream.TakeSegment();
            if (marker == JpegMarker.StartOfScan)
            {
                return ScanHeader.Read(data, frame);
            }

            if (JpegMarker.IsStartOfFrame(marker) && _frames++ > 0)
            {
                throw new CorruptSourceException("can't be decoded: it has more than one frame");
            }

            _tables.Take(marker, data);
            _marks.Take(marker, data);
        }

        return null;
    }

    private sealed class Planes : IDisposable
    {
        private readonly List<ComponentPlane> _planes = [];

        public Planes(ScaledComponent[] components)
        {
            try
            {
                foreach (var component in components)
                {
                    _planes.Add(new ComponentPlane(component));
                }
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public IReadOnlyList<ComponentPlane> All => _planes;

        public void Dispose() => _planes.ForEach(plane => plane.Dispose());
    }
}
