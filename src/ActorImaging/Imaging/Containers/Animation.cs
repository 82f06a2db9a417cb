using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>An animation: frames that are laid over each other on a canvas.</summary>
/// <param name="Canvas">The size of what is shown.</param>
/// <param name="Frames">Where and how each frame is laid.</param>
/// <param name="Loops">How often it is shown; 0 for ever.</param>
internal sealed record Animation(PixelSize Canvas, IReadOnlyList<AnimationFrame> Frames, int Loops);

/// <summary>One frame of an animation.</summary>
/// <param name="LeftPixels">Columns of the canvas left of it.</param>
/// <param name="TopPixels">Rows of the canvas above it.</param>
/// <param name="Size">Its size.</param>
/// <param name="Delay">How long it is shown.</param>
/// <param name="Disposal">What becomes of it before the next one is laid.</param>
/// <param name="Blends">Whether what is transparent in it shows what is below; if not, it replaces that.</param>
internal sealed record AnimationFrame(int LeftPixels, int TopPixels, PixelSize Size, FrameDelay Delay, FrameDisposal Disposal, bool Blends);

/// <summary>How long a frame is shown.</summary>
/// <param name="Ticks">How many ticks.</param>
/// <param name="TicksPerSecond">How long a tick is, at least 1.</param>
internal readonly record struct FrameDelay(int Ticks, int TicksPerSecond);

/// <summary>What becomes of a frame before the next one is laid.</summary>
internal enum FrameDisposal
{
    /// <summary>It stays.</summary>
    Keep,

    /// <summary>Its rectangle becomes transparent.</summary>
    Clear,

    /// <summary>Its rectangle becomes what it was before.</summary>
    Restore,
}
