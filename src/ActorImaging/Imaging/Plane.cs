using ActorImaging.Imaging.Kernels;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>One component of an image, kept apart from the others: samples of its own size.</summary>
/// <param name="Samples">The samples, of one channel.</param>
/// <param name="Columns">The part of their columns that the image is, which need not end where a sample ends.</param>
/// <param name="Rows">The part of their rows that it is.</param>
internal sealed record Plane(PixelBuffer Samples, SampleRange Columns, SampleRange Rows)
{
    /// <summary>The same samples for another owner.</summary>
    public Plane AddReference() => this with { Samples = Samples.AddReference() };

    /// <summary>A rectangle of it; the same samples for another owner.</summary>
    /// <param name="columns">Which pixels of the image's columns.</param>
    /// <param name="rows">Which of its rows.</param>
    /// <param name="size">The size of the image.</param>
    public Plane Cut(SampleRange columns, SampleRange rows, PixelSize size) =>
        new(Samples.AddReference(), Part(Columns, columns, size.WidthPixels), Part(Rows, rows, size.HeightPixels));

    /// <summary>Flipped upside down.</summary>
    public Plane Flip() => new(Run(new Flip(Samples)), Columns, Mirror(Rows, Samples.HeightPixels));

    /// <summary>Mirrored left to right.</summary>
    public Plane Flop() => new(Run(new Flop(Samples)), Mirror(Columns, Samples.WidthPixels), Rows);

    /// <summary>Turned clockwise.</summary>
    /// <param name="degrees">A multiple of 90.</param>
    public Plane Turn(double degrees)
    {
        var turned = Run(RightAngleRotation.Of(Samples, degrees));
        var (columns, rows) = ((((int)(degrees / 90) % 4) + 4) % 4) switch
        {
            0 => (Columns, Rows),
            1 => (Mirror(Rows, Samples.HeightPixels), Columns),
            2 => (Mirror(Columns, Samples.WidthPixels), Mirror(Rows, Samples.HeightPixels)),
            _ => (Rows, Mirror(Columns, Samples.WidthPixels)),
        };
        return new Plane(turned, columns, rows);
    }

    private static PixelBuffer Run(RowSource kernel)
    {
        using (kernel)
        {
            return kernel.ToPixelBuffer();
        }
    }

    private static SampleRange Mirror(SampleRange range, int samples) => new(samples - range.End, samples - range.Start);

    /// <summary>Multiplied before it is divided: pixels become whole samples, or halves and quarters of them, and nothing beside.</summary>
    private static SampleRange Part(SampleRange range, SampleRange part, int pixels) =>
        new(range.Start + (part.Start * range.Length / pixels), range.Start + (part.End * range.Length / pixels));
}
