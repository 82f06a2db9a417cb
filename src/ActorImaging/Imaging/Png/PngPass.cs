using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Png;

/// <summary>The pixels of an image that come together: all of them, or every so many of an interlaced one (PNG specification, third edition, 8.1).</summary>
/// <param name="Left">The first column of them.</param>
/// <param name="Top">The first row.</param>
/// <param name="ColumnStep">From one column to the next.</param>
/// <param name="RowStep">From one row to the next.</param>
/// <param name="Size">How many columns and rows there are.</param>
internal readonly record struct PngPass(int Left, int Top, int ColumnStep, int RowStep, PixelSize Size)
{
    private static readonly (int Left, int Top, int ColumnStep, int RowStep)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>The passes of an image, those without pixels left out.</summary>
    public static IEnumerable<PngPass> Of(PixelSize size, bool isInterlaced) => isInterlaced
        ? Adam7.Select(pass => new PngPass(
            pass.Left,
            pass.Top,
            pass.ColumnStep,
            pass.RowStep,
            new PixelSize((size.WidthPixels - pass.Left + pass.ColumnStep - 1) / pass.ColumnStep, (size.HeightPixels - pass.Top + pass.RowStep - 1) / pass.RowStep)))
            .Where(pass => pass.Size is { WidthPixels: > 0, HeightPixels: > 0 })
        : [new PngPass(0, 0, 1, 1, size)];
}
