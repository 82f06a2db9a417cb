using ActorImaging.Imaging.Containers;

namespace ActorImaging.Imaging.Magick;

/// <summary>How long frames are shown in a GIF, which counts hundredths of a second in 16 bits: what is rounded off one frame is added to the next.</summary>
internal sealed class GifClock
{
    /// <summary>Ticks of a GIF.</summary>
    public const int TicksPerSecond = 100;

    /// <summary>The most that a GIF can say of how often it is shown.</summary>
    public const int MostLoops = ushort.MaxValue;

    private double _wanted;
    private long _said;

    /// <summary>The hundredths for the next frame: one at least where it is shown for a time, since programs take none for a tenth of a second.</summary>
    public uint HundredthsOf(FrameDelay delay)
    {
        _wanted += delay.Ticks * (double)TicksPerSecond / Math.Max(1, delay.TicksPerSecond);
        var hundredths = (uint)Math.Clamp(Math.Round(_wanted) - _said, delay.Ticks > 0 ? 1 : 0, ushort.MaxValue);
        _said += hundredths;
        return hundredths;
    }
}
