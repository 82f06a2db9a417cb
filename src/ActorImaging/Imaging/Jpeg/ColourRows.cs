using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Puts luma and chroma that lie apart together to colours.</summary>
internal static unsafe class ColourRows
{
    private const int Channels = 3;

    /// <summary>Makes pixels.</summary>
    /// <param name="luma">How bright they are.</param>
    /// <param name="blueness">By how much blue differs from that, for each pixel.</param>
    /// <param name="redness">By how much red does.</param>
    /// <param name="width">How many pixels at once; the processor's best if not given.</param>
    /// <returns>The pixels, the caller's own.</returns>
    public static PixelBuffer Make(RowSource luma, RowSource blueness, RowSource redness, LaneWidth? width = null)
    {
        var pixels = PixelBuffer.Allocate(luma.WidthPixels, luma.HeightPixels, Channels);
        try
        {
            using var rows = new RowScratch(Channels, luma.WidthPixels);
            for (var y = 0; y < pixels.HeightPixels; y++)
            {
                luma.ReadRows(y, new Span<byte>(rows[0], luma.WidthPixels));
                blueness.ReadRows(y, new Span<byte>(rows[1], luma.WidthPixels));
                redness.ReadRows(y, new Span<byte>(rows[2], luma.WidthPixels));
                RgbRows.Make(rows[0], rows[1], rows[2], isRgb: false, pixels.Pixels + ((long)y * pixels.StrideBytes), pixels.WidthPixels, width ?? LaneWidths.Native);
            }

            return pixels;
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }
}
