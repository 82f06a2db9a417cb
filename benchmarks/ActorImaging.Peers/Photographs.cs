using ImageMagick;

namespace ActorImaging.Peers;

/// <summary>
/// Pictures that are to a codec what photographs are: soft gradients of every size, as clouds and walls have them, edges, and a sensor's noise.
/// The same on every machine.
/// </summary>
internal static class Photographs
{
    private const int Width = 4000;
    private const int Height = 3000;
    private const int Margin = 200;
    private const int Scenes = 20;
    private const int Shapes = 40;
    private const int NoiseLevels = 5;
    private const int Quality = 92;

    /// <summary>Writes as many JPEGs as asked: views of twenty scenes.</summary>
    public static void Write(string folder, int count) => Parallel.For(0, Scenes, scene =>
    {
        var views = Enumerable.Range(0, count).Where(view => view % Scenes == scene).ToList();
        if (views.Count == 0 || views.TrueForAll(view => File.Exists(PathOf(folder, view))))
        {
            return;
        }

        using var picture = Paint(new Random(scene));
        foreach (var view in views)
        {
            var random = new Random(1000 + view);
            using var crop = (MagickImage)picture.CloneArea(random.Next(Margin), random.Next(Margin), Width, Height);
            crop.ResetPage();
            crop.Quality = Quality;
            crop.Settings.SetDefine("jpeg:sampling-factor", "4:2:0");
            crop.Write(PathOf(folder, view), MagickFormat.Jpeg);
        }
    });

    private static string PathOf(string folder, int view) => Path.Combine(folder, FormattableString.Invariant($"photo-{view:D3}.jpg"));

    private static MagickImage Paint(Random random)
    {
        var (width, height) = (Width + Margin, Height + Margin);
        var light = Clouds(width, height, random, middle: 128, octaves: 9, strength: 70);
        var (warm, cold) = (Clouds(width, height, random, middle: 0, octaves: 4, strength: 30), Clouds(width, height, random, middle: 0, octaves: 4, strength: 30));
        for (var shape = 0; shape < Shapes; shape++)
        {
            AddEllipse(light, width, height, random);
        }

        var pixels = new byte[width * height * 3];
        for (var at = 0; at < light.Length; at++)
        {
            var noise = random.Next(NoiseLevels) + random.Next(NoiseLevels) - (NoiseLevels - 1);
            pixels[at * 3] = ToByte(light[at] + warm[at] + noise);
            pixels[(at * 3) + 1] = ToByte(light[at] + noise);
            pixels[(at * 3) + 2] = ToByte(light[at] + cold[at] + noise);
        }

        var image = new MagickImage();
        image.ReadPixels(pixels, new PixelReadSettings((uint)width, (uint)height, StorageType.Char, PixelMapping.RGB));
        return image;
    }

    /// <summary>Grids of random values, each twice as fine and half as strong as the one before, added up.</summary>
    private static float[] Clouds(int width, int height, Random random, float middle, int octaves, float strength)
    {
        var sum = new float[width * height];
        Array.Fill(sum, middle);
        for (var octave = 1; octave <= octaves; octave++, strength /= 1.7f)
        {
            AddGrid(sum, width, height, random, 1 << octave, strength);
        }

        return sum;
    }

    private static void AddGrid(float[] sum, int width, int height, Random random, int cells, float strength)
    {
        var edge = cells + 2;
        var grid = new float[edge * edge];
        for (var at = 0; at < grid.Length; at++)
        {
            grid[at] = ((float)random.NextDouble() - 0.5f) * strength;
        }

        var row = new float[edge];
        for (var y = 0; y < height; y++)
        {
            var (top, down) = Math.DivRem(y * cells, height);
            var weight = down / (float)height;
            for (var x = 0; x < edge; x++)
            {
                row[x] = (grid[(top * edge) + x] * (1 - weight)) + (grid[((top + 1) * edge) + x] * weight);
            }

            for (var x = 0; x < width; x++)
            {
                var position = x * (cells / (float)width);
                var left = (int)position;
                sum[(y * width) + x] += row[left] + ((row[left + 1] - row[left]) * (position - left));
            }
        }
    }

    private static void AddEllipse(float[] light, int width, int height, Random random)
    {
        var (centerX, centerY) = (random.Next(width), random.Next(height));
        var (radiusX, radiusY) = (random.Next(20, 500), random.Next(20, 500));
        var change = random.Next(-60, 60);
        for (var y = Math.Max(0, centerY - radiusY); y < Math.Min(height, centerY + radiusY); y++)
        {
            var up = (y - centerY) / (float)radiusY;
            var half = (int)(radiusX * MathF.Sqrt(MathF.Max(0, 1 - (up * up))));
            for (var x = Math.Max(0, centerX - half); x < Math.Min(width, centerX + half); x++)
            {
                light[(y * width) + x] += change;
            }
        }
    }

    private static byte ToByte(float value) => (byte)Math.Clamp(value, 0, 255);
}
