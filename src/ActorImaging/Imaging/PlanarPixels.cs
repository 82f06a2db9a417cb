using ActorImaging.Imaging.Jpeg;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// An image whose luma and chroma are kept apart, each plane as it was decoded, and what it is to be resampled to. Chroma has fewer samples than luma, and
/// none of them is made into colours and back: that is half the work, and loses less.
/// </summary>
/// <param name="luma">How bright it is; taken over, as the others.</param>
/// <param name="blueness">By how much blue differs from that.</param>
/// <param name="redness">By how much red does.</param>
/// <param name="target">What of luma is to be resampled to what; null for all of it, as it is.</param>
/// <remarks>Immutable but for <see cref="Dispose"/>; the samples may be shared.</remarks>
internal sealed class PlanarPixels(Plane luma, Plane blueness, Plane redness, ResampleTarget? target = null) : IDisposable
{
    private const byte NoChroma = 128;

    /// <summary>What becomes of luma; of chroma, a fraction of that.</summary>
    private readonly ResampleTarget _target = target ?? new ResampleTarget(
        luma.Columns, luma.Rows, luma.Columns.Length, luma.Rows.Length, 0, 0, (int)Math.Ceiling(luma.Columns.Length), (int)Math.Ceiling(luma.Rows.Length));

    /// <summary>How bright it is.</summary>
    public Plane Luma => luma;

    /// <summary>By how much blue differs from that.</summary>
    public Plane Blueness => blueness;

    /// <summary>By how much red does.</summary>
    public Plane Redness => redness;

    /// <summary>The size of the image.</summary>
    public PixelSize Size => new(_target.WidthPixels, _target.HeightPixels);

    /// <summary>Whether any of it has a colour.</summary>
    public bool HasColours => HasChroma(blueness.Samples) || HasChroma(redness.Samples);

    /// <summary>The same image for another owner.</summary>
    public PlanarPixels AddReference() => With(plane => plane.AddReference(), target);

    /// <summary>The rows of luma.</summary>
    public RowSource LumaRows() => Resample.Of(luma.Samples, _target, _target.Filter, isPrecise: false);

    /// <summary>The rows of the blue chroma plane.</summary>
    /// <param name="across">Pixels side by side that a sample is to stand for.</param>
    /// <param name="down">Pixels below each other that it is to stand for.</param>
    public RowSource BluenessRows(int across, int down) => ChromaRows(blueness, across, down);

    /// <summary>The rows of the red chroma plane.</summary>
    /// <inheritdoc cref="BluenessRows"/>
    public RowSource RednessRows(int across, int down) => ChromaRows(redness, across, down);

    /// <summary>The image at another size.</summary>
    /// <param name="resize">How it is resized, which adds no margin.</param>
    /// <param name="size">The size that counts, of which this one may be a fraction.</param>
    public PlanarPixels Resized(ResizeOperation resize, PixelSize size)
    {
        if (target is not null)
        {
            using var resampled = Resampled();
            return resampled.Resized(resize, size);
        }

        var (scaled, kept) = (resize.ScaledSizeOf(size), resize.SizeOf(size));
        var (left, top, _) = new CropOperation(kept.WidthPixels, kept.HeightPixels).RectangleIn(scaled);
        var resized = new ResampleTarget(luma.Columns, luma.Rows, scaled.WidthPixels, scaled.HeightPixels, left, top, kept.WidthPixels, kept.HeightPixels);
        return With(plane => plane.AddReference(), resized);
    }

    /// <summary>A rectangle of the image.</summary>
    public PlanarPixels Cropped(int left, int top, PixelSize size)
    {
        if (target is { } resized)
        {
            return With(
                plane => plane.AddReference(),
                resized with { LeftPixels = resized.LeftPixels + left, TopPixels = resized.TopPixels + top, WidthPixels = size.WidthPixels, HeightPixels = size.HeightPixels });
        }

        SampleRange columns = new(left, left + size.WidthPixels), rows = new(top, top + size.HeightPixels);
        return With(plane => plane.Cut(columns, rows, Size), target: null);
    }

    /// <summary>The image with its samples in another order.</summary>
    /// <param name="reorder">What is done to each plane.</param>
    public PlanarPixels Reordered(Func<Plane, Plane> reorder)
    {
        if (target is null)
        {
            return With(reorder, target: null);
        }

        using var resampled = Resampled();
        return resampled.Reordered(reorder);
    }

    /// <summary>The image as colours.</summary>
    public PixelBuffer ToColours()
    {
        using var lumaRows = LumaRows();
        using var bluenessRows = BluenessRows(1, 1);
        using var rednessRows = RednessRows(1, 1);
        return ColourRows.Make(lumaRows, bluenessRows, rednessRows);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        luma.Samples.Dispose();
        blueness.Samples.Dispose();
        redness.Samples.Dispose();
    }

    private static bool HasChroma(PixelBuffer samples)
    {
        for (var y = 0; y < samples.HeightPixels; y++)
        {
            if (samples.Row(y).ContainsAnyExcept(NoChroma))
            {
                return true;
            }
        }

        return false;
    }

    private static Plane Keep(RowSource rows, double columns, double lines)
    {
        using (rows)
        {
            return new Plane(rows.ToPixelBuffer(), new SampleRange(0, columns), new SampleRange(0, lines));
        }
    }

    /// <summary>The image as it is to be, with chroma for two by two pixels.</summary>
    private PlanarPixels Resampled()
    {
        const int Coarse = 2;
        var (width, height) = ((double)Size.WidthPixels, (double)Size.HeightPixels);
        var made = new List<Plane>();
        try
        {
            made.Add(Keep(LumaRows(), width, height));
            made.Add(Keep(ChromaRows(blueness, Coarse, Coarse), width / Coarse, height / Coarse));
            made.Add(Keep(ChromaRows(redness, Coarse, Coarse), width / Coarse, height / Coarse));
            return new PlanarPixels(made[0], made[1], made[2]);
        }
        catch
        {
            made.ForEach(plane => plane.Samples.Dispose());
            throw;
        }
    }

    private RowSource ChromaRows(Plane chroma, int across, int down)
    {
        var wanted = new ResampleTarget(
            chroma.Columns,
            chroma.Rows,
            _target.ScaledWidthPixels / across,
            _target.ScaledHeightPixels / down,
            _target.LeftPixels / across,
            _target.TopPixels / down,
            (_target.WidthPixels + across - 1) / across,
            (_target.HeightPixels + down - 1) / down);
        return Resample.Of(chroma.Samples, wanted, wanted.Filter, isPrecise: false);
    }

    private PlanarPixels With(Func<Plane, Plane> make, ResampleTarget? target)
    {
        var made = new List<Plane>();
        try
        {
            made.Add(make(luma));
            made.Add(make(blueness));
            made.Add(make(redness));
            return new PlanarPixels(made[0], made[1], made[2], target);
        }
        catch
        {
            made.ForEach(plane => plane.Samples.Dispose());
            throw;
        }
    }
}
