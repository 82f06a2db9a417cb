namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// One row with its outermost pixels repeated on both sides: shifted by a tap it is still readable, so the horizontal pass is the same
/// sum as the vertical one.
/// </summary>
internal static unsafe class PaddedRow
{
    /// <summary>Pixels that a padded row takes.</summary>
    internal static long Pixels(int widthPixels, int radius) => widthPixels + (2L * radius);

    /// <summary>
    /// Repeats the outermost of <paramref name="widthPixels"/> pixels, which begin <paramref name="radius"/> pixels after <paramref
    /// name="row"/>.
    /// </summary>
    internal static void RepeatEdges(byte* row, int widthPixels, int radius, int pixelBytes)
    {
        var left = row + ((long)radius * pixelBytes);
        var right = left + ((long)(widthPixels - 1) * pixelBytes);
        for (var pixel = 1; pixel <= radius; pixel++)
        {
            Buffer.MemoryCopy(left, left - ((long)pixel * pixelBytes), pixelBytes, pixelBytes);
            Buffer.MemoryCopy(right, right + ((long)pixel * pixelBytes), pixelBytes, pixelBytes);
        }
    }
}
