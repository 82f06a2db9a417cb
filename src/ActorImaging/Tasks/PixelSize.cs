using System.Globalization;

namespace ActorImaging.Tasks;

/// <summary>A width and a height.</summary>
/// <param name="WidthPixels">Columns.</param>
/// <param name="HeightPixels">Rows.</param>
public readonly record struct PixelSize(int WidthPixels, int HeightPixels)
{
    /// <summary>Pixels in all.</summary>
    public long Pixels => (long)WidthPixels * HeightPixels;

    /// <summary>The size after a turn by a quarter.</summary>
    public PixelSize Turned => new(HeightPixels, WidthPixels);

    /// <summary>The size as <c>800x600</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{WidthPixels}x{HeightPixels}");
}
