using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging;

/// <summary>One kernel that is run for an operation.</summary>
/// <param name="Start">Starts it on pixels, of which it is said whether they came with a palette.</param>
/// <param name="KeepsPalette">Whether ImageMagick would still have the palette after it, which decides how it resizes later.</param>
internal sealed record KernelStep(Func<PixelBuffer, bool, RowSource> Start, bool KeepsPalette = false);
