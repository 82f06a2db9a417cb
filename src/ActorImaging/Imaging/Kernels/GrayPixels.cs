namespace ActorImaging.Imaging.Kernels;

/// <summary>Questions about pixels that could have colours.</summary>
internal static class GrayPixels
{
    /// <summary>Whether pixels are gray, all of them.</summary>
    /// <param name="pixels">The pixels, packed.</param>
    /// <param name="channels">3 red-green-blue, 4 red-green-blue-alpha.</param>
    internal static bool AreAll(ReadOnlySpan<byte> pixels, int channels)
    {
        for (var at = 0; at <= pixels.Length - channels; at += channels)
        {
            if (pixels[at] != pixels[at + 1] || pixels[at] != pixels[at + 2])
            {
                return false;
            }
        }

        return true;
    }
}
