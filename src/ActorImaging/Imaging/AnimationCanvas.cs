using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging;

/// <summary>Lays the frames of an animation over each other, as a viewer does, so that each is all that is shown while it is.</summary>
/// <remarks>Used by one thread at a time.</remarks>
internal sealed class AnimationCanvas : IDisposable
{
    private const int Channels = 4;

    private readonly Animation _animation;
    private readonly PixelBuffer _canvas;
    private PixelBuffer? _before;
    private AnimationFrame? _last;

    /// <summary>Starts with an empty canvas.</summary>
    public AnimationCanvas(Animation animation)
    {
        _animation = animation;
        _canvas = PixelBuffer.Allocate(animation.Canvas.WidthPixels, animation.Canvas.HeightPixels, Channels);
        Clear(_canvas, new AnimationFrame(0, 0, animation.Canvas, default, default, Blends: false));
    }

    /// <summary>Lays a frame.</summary>
    /// <param name="index">Which one: one after the other, from the first on.</param>
    /// <param name="frame">Its pixels as they were decoded; taken over.</param>
    /// <returns>What is shown while it is, the caller's own.</returns>
    public Frame Lay(int index, Frame frame)
    {
        using (frame)
        {
            DisposeOfLast();
            var placed = _animation.Frames[index];
            if (placed.Disposal == FrameDisposal.Restore)
            {
                _before?.Dispose();
                _before = Copy(_canvas);
            }

            if (!frame.TryMoveToBuffer())
            {
                throw new CorruptSourceException("is no animation: a frame of it has no colours");
            }

            Draw(frame.FinishPixels(), placed);
            _last = placed;
            return new Frame(Shown()) { Delay = frame.Delay };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _canvas.Dispose();
        _before?.Dispose();
    }

    private void DisposeOfLast()
    {
        if (_last?.Disposal == FrameDisposal.Clear)
        {
            Clear(_canvas, _last);
        }
        else if (_last?.Disposal == FrameDisposal.Restore)
        {
            for (var y = 0; y < _canvas.HeightPixels; y++)
            {
                _before!.Row(y).CopyTo(_canvas.Row(y));
            }
        }
    }

    private void Draw(PixelBuffer pixels, AnimationFrame placed)
    {
        var rows = Math.Min(pixels.HeightPixels, _canvas.HeightPixels - placed.TopPixels);
        var columns = Math.Min(pixels.WidthPixels, _canvas.WidthPixels - placed.LeftPixels);
        for (var y = 0; y < rows && columns > 0; y++)
        {
            var below = _canvas.Row(placed.TopPixels + y).Slice(placed.LeftPixels * Channels, columns * Channels);
            DrawRow(pixels.Row(y), pixels.Channels, below, placed.Blends);
        }
    }

    private static void DrawRow(ReadOnlySpan<byte> row, int channels, Span<byte> below, bool blends)
    {
        for (int from = 0, to = 0; to < below.Length; from += channels, to += Channels)
        {
            var color = row.Slice(from, channels);
            var alpha = AlphaChannel.IsIn(channels) ? color[^1] : byte.MaxValue;
            var (green, blue) = channels >= 3 ? (color[1], color[2]) : (color[0], color[0]);
            if (!blends || alpha == byte.MaxValue || below[to + 3] == 0)
            {
                (below[to], below[to + 1], below[to + 2], below[to + 3]) = (color[0], green, blue, alpha);
            }
            else if (alpha > 0)
            {
                Blend(below.Slice(to, Channels), color[0], green, blue, alpha);
            }
        }
    }

    /// <summary>The upper over the lower (PNG specification, third edition, 13.16), rounded to the nearest level.</summary>
    private static void Blend(Span<byte> below, byte red, byte green, byte blue, byte alpha)
    {
        const int Whole = byte.MaxValue;
        int upper = alpha * Whole, lower = below[3] * (Whole - alpha), sum = upper + lower;
        below[0] = (byte)(((red * upper) + (below[0] * lower) + (sum / 2)) / sum);
        below[1] = (byte)(((green * upper) + (below[1] * lower) + (sum / 2)) / sum);
        below[2] = (byte)(((blue * upper) + (below[2] * lower) + (sum / 2)) / sum);
        below[3] = (byte)((sum + (Whole / 2)) / Whole);
    }

    private static void Clear(PixelBuffer canvas, AnimationFrame area)
    {
        var rows = Math.Min(area.Size.HeightPixels, canvas.HeightPixels - area.TopPixels);
        var columns = Math.Min(area.Size.WidthPixels, canvas.WidthPixels - area.LeftPixels);
        for (var y = 0; y < rows && columns > 0; y++)
        {
            canvas.Row(area.TopPixels + y).Slice(area.LeftPixels * Channels, columns * Channels).Clear();
        }
    }

    private static PixelBuffer Copy(PixelBuffer pixels)
    {
        using var whole = new Crop(pixels, 0, 0, pixels.WidthPixels, pixels.HeightPixels);
        return whole.ToPixelBuffer();
    }

    /// <summary>The canvas as it is now; without alpha where nothing shows through.</summary>
    private PixelBuffer Shown()
    {
        if (!AlphaChannel.IsOpaque(_canvas))
        {
            return Copy(_canvas);
        }

        using var opaque = new WithoutAlpha(_canvas);
        return opaque.ToPixelBuffer();
    }
}
