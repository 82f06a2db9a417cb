using ImageMagick;

namespace ActorImaging.Peers;

/// <summary>Icons with soft edges and transparency, and pieces of screenshots with text: what interfaces are made of. The same on every machine.</summary>
internal static class SmallGraphics
{
    private const int Samples = 3;
    private const int GlyphWidth = 6;
    private const int LineHeight = 14;

    private static readonly int[] IconEdges = [192, 256, 320, 512];

    /// <summary>Writes as many PNGs as asked, half of each kind.</summary>
    public static void Write(string folder, int count) => Parallel.For(0, count, number =>
    {
        var path = Path.Combine(folder, FormattableString.Invariant($"{(number % 2 == 0 ? "icon" : "screen")}-{number:D4}.png"));
        if (File.Exists(path))
        {
            return;
        }

        using var image = number % 2 == 0 ? DrawIcon(new Random(number)) : DrawScreen(new Random(number));
        image.Write(path, MagickFormat.Png);
    });

    /// <summary>A rounded square in two colours with discs on it.</summary>
    private static MagickImage DrawIcon(Random random)
    {
        var edge = IconEdges[random.Next(IconEdges.Length)];
        var (top, bottom) = (Color(random), Color(random));
        var discs = Enumerable.Range(0, random.Next(1, 5)).Select(_ => (
            X: random.Next(edge), Y: random.Next(edge), Radius: random.Next(edge / 8, edge / 3), Color: Color(random))).ToList();
        return Draw(edge, edge, PixelMapping.RGBA, (pixels, x, y) =>
        {
            var (red, green, blue, covered) = (0.0, 0.0, 0.0, 0);
            for (var sample = 0; sample < Samples * Samples; sample++)
            {
                var (atX, atY) = (x + (((sample % Samples) + 0.5) / Samples), y + (((sample / Samples) + 0.5) / Samples));
                if (!IsInRoundedSquare(atX, atY, edge))
                {
                    continue;
                }

                covered++;
                var color = Mix(top, bottom, atY / edge);
                foreach (var disc in discs)
                {
                    color = Square(atX - disc.X) + Square(atY - disc.Y) < Square(disc.Radius) ? disc.Color : color;
                }

                (red, green, blue) = (red + color.Red, green + color.Green, blue + color.Blue);
            }

            var count = Math.Max(covered, 1);
            pixels[0] = (byte)(red / count);
            pixels[1] = (byte)(green / count);
            pixels[2] = (byte)(blue / count);
            pixels[3] = (byte)(covered * 255 / (Samples * Samples));
        });
    }

    /// <summary>A window: a bar above, a list beside, lines of glyphs.</summary>
    private static MagickImage DrawScreen(Random random)
    {
        var (width, height) = (random.Next(300, 640), random.Next(200, 480));
        var (bar, side, page) = (Color(random), (Red: 236.0, Green: 238.0, Blue: 240.0), (Red: 255.0, Green: 255.0, Blue: 255.0));
        var ink = (Red: 30.0, Green: 32.0, Blue: 36.0);
        var text = Enumerable.Range(0, (width / GlyphWidth * (height / LineHeight)) + width).Select(_ => random.Next(4) == 0 ? 0 : random.Next(1 << 15)).ToArray();
        return Draw(width, height, PixelMapping.RGB, (pixels, x, y) =>
        {
            var background = y < 28 ? bar : x < width / 4 ? side : page;
            var (column, dx) = Math.DivRem(x, GlyphWidth);
            var (line, dy) = Math.DivRem(y, LineHeight);
            var isInk = y >= 28 && dx < 5 && dy is >= 3 and < 12
                && (text[(line * (width / GlyphWidth)) + column] >> ((dx / 2 * 5) + ((dy - 3) / 2)) & 1) != 0;
            var color = isInk ? Mix(background, ink, dx % 2 == 0 ? 1 : 0.6) : background;
            (pixels[0], pixels[1], pixels[2]) = ((byte)color.Red, (byte)color.Green, (byte)color.Blue);
        });
    }

    private delegate void Pixel(Span<byte> pixel, int x, int y);

    private static MagickImage Draw(int width, int height, PixelMapping mapping, Pixel draw)
    {
        var channels = mapping == PixelMapping.RGBA ? 4 : 3;
        var bytes = new byte[width * height * channels];
        for (var at = 0; at < width * height; at++)
        {
            draw(bytes.AsSpan(at * channels, channels), at % width, at / width);
        }

        var image = new MagickImage();
        image.ReadPixels(bytes, new PixelReadSettings((uint)width, (uint)height, StorageType.Char, mapping));
        return image;
    }

    private static bool IsInRoundedSquare(double x, double y, int edge)
    {
        var radius = edge * 0.2;
        var (outX, outY) = (Math.Max(Math.Abs(x - (edge / 2.0)) - ((edge / 2.0) - radius), 0), Math.Max(Math.Abs(y - (edge / 2.0)) - ((edge / 2.0) - radius), 0));
        return Square(outX) + Square(outY) < Square(radius);
    }

    private static (double Red, double Green, double Blue) Color(Random random) => (random.Next(256), random.Next(256), random.Next(256));

    private static (double Red, double Green, double Blue) Mix((double Red, double Green, double Blue) a, (double Red, double Green, double Blue) b, double share) =>
        (a.Red + ((b.Red - a.Red) * share), a.Green + ((b.Green - a.Green) * share), a.Blue + ((b.Blue - a.Blue) * share));

    private static double Square(double value) => value * value;
}
