using System.Runtime.CompilerServices;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Tint: what Magick.NET's Tint(new MagickGeometry("percent"), colour) computes.</summary>
/// <remarks>
/// A sample v of 0 to 1 becomes v + c (1 - 4 (v - 1/2)^2) with c = colour x percent - luma(colour): midtones are moved, black and white
/// stay (MagickCore/visual-effects.c). So each channel is a table of 256 levels. Alpha stays. Gray pixels under a colour become 3 or 4
/// channels, as ImageMagick makes them sRGB; under a gray they stay gray.
/// </remarks>
internal sealed unsafe class Tint : RowSource
{
    private readonly byte[] _levels;

    /// <summary>Tints <paramref name="source"/>.</summary>
    /// <param name="source">Pixels of 1 to 4 channels.</param>
    /// <param name="colour">Red, green and blue of the tint; ImageMagick ignores its alpha here.</param>
    /// <param name="percent">How strongly, for red, green and blue; "100" in ImageMagick is 100 for each.</param>
    internal Tint(PixelBuffer source, (byte Red, byte Green, byte Blue) colour, (double Red, double Green, double Blue) percent)
        : base(source, source.WidthPixels, source.HeightPixels, ChannelsOf(source.Channels, colour))
    {
        var luma = (0.212656 * colour.Red) + (0.715158 * colour.Green) + (0.072186 * colour.Blue);
        _levels =
        [
            .. Levels((colour.Red * percent.Red / 100) - luma),
            .. Levels((colour.Green * percent.Green / 100) - luma),
            .. Levels((colour.Blue * percent.Blue / 100) - luma),
        ];
    }

    /// <inheritdoc/>
    protected override void Compute(int firstRow, int count, byte* to)
    {
        var pixels = (long)WidthPixels * count;
        var from = SourceRow(firstRow);
        fixed (byte* levels = _levels)
        {
            switch (Source.Channels)
            {
                case 1 when Channels == 1:
                    Grays(from, to, pixels, levels);
                    break;
                case >= 3:
                    Colours(from, Channels, to, pixels, levels);
                    break;
                default:
                    ColouredGrays(from, Source.Channels, to, Channels, pixels, levels);
                    break;
            }
        }
    }

    private static int ChannelsOf(int channels, (byte Red, byte Green, byte Blue) colour) =>
        channels >= 3 || (colour.Red == colour.Green && colour.Green == colour.Blue) ? channels : channels + 2;

    private static IEnumerable<byte> Levels(double strength) => Enumerable.Range(0, 256).Select(level =>
    {
        var fromMiddle = (level / 255.0) - 0.5;
        return (byte)Math.Clamp(level + (strength * (1 - (4 * fromMiddle * fromMiddle))) + 0.5, 0, 255);
    });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Grays(byte* from, byte* to, long pixels, byte* levels)
    {
        for (long x = 0; x < pixels; x++)
        {
            to[x] = levels[from[x]];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Colours(byte* from, int channels, byte* to, long pixels, byte* levels)
    {
        byte* green = levels + 256, blue = levels + 512;
        for (; pixels > 0; pixels--, from += channels, to += channels)
        {
            to[0] = levels[from[0]];
            to[1] = green[from[1]];
            to[2] = blue[from[2]];
            if (channels == 4)
            {
                to[3] = from[3];
            }
        }
    }

    /// <summary>Gray, with or without alpha, to one or three channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ColouredGrays(byte* from, int sourceChannels, byte* to, int channels, long pixels, byte* levels)
    {
        var colours = channels >= 3 ? 3 : 1;
        for (; pixels > 0; pixels--, from += sourceChannels, to += channels)
        {
            for (var colour = 0; colour < colours; colour++)
            {
                to[colour] = levels[(256 * colour) + from[0]];
            }

            if (channels > colours)
            {
                to[colours] = from[1];
            }
        }
    }
}
