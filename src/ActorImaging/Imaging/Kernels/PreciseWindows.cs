namespace ActorImaging.Imaging.Kernels;

/// <summary>When a first pass is worth double precision.</summary>
/// <remarks>
/// Few weights give exact halves often (the middle between 0 and 255, say), in many rows or columns at once; rounded unlike ImageMagick
/// they would all be off by one to the same side, and the second pass would make two of it. More weights are too irregular for that.
/// </remarks>
internal static class PreciseWindows
{
    private const int FewWeights = 10;

    /// <summary>Whether no window has many weights.</summary>
    internal static bool AreFew(ResampleWindow[] windows) => windows.Max(window => window.Weights.Length) < FewWeights;
}
