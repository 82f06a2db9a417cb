using ActorImaging.Imaging;
using CsCheck;

namespace ActorImaging.Tests.Imaging.Kernels;

/// <summary>What a test picture shows: what filters find hard.</summary>
public enum Pattern
{
    /// <summary>Random bytes: every rounding is exercised.</summary>
    Noise,

    /// <summary>One colour: must survive every normalised filter.</summary>
    Flat,

    /// <summary>Random 0 and 255: the steepest edges, the greatest overshoot.</summary>
    Extremes,

    /// <summary>Equal columns: a rounding error in one pass is the same in every row and cannot average out.</summary>
    Columns,

    /// <summary>Equal rows, likewise.</summary>
    Rows,

    /// <summary>A slope: smooth, with every level.</summary>
    Gradient,
}

/// <summary>A test picture, told by a few numbers so that a failing one can be read and made again.</summary>
public sealed record Picture(int Width, int Height, int Channels, Pattern Colours, Pattern Alpha, int Seed)
{
    private static readonly int[] LengthsAroundVectors = [1, 2, 3, 4, 5, 7, 8, 11, 15, 16, 17, 23, 31, 32, 33, 37, 47, 64, 65, 67, 97, 131];

    private static readonly Gen<int> Lengths = Gen.Int[0, LengthsAroundVectors.Length - 1].Select(index => LengthsAroundVectors[index]);

    private static readonly Gen<Pattern> Patterns = Gen.Enum<Pattern>();

    /// <summary>Pictures of 1 to 4 channels with at least one channel transparent here and there.</summary>
    public static Gen<Picture> Any { get; } = Of(Gen.Int[1, 4]);

    /// <summary>Pictures of so many channels.</summary>
    public static Gen<Picture> Of(Gen<int> channels) => Gen.Select(
        Lengths, Lengths, channels, Patterns, Patterns, Gen.Int[0, 9999],
        (w, h, c, colours, alpha, seed) => new Picture(w, h, c, colours, alpha, seed));

    internal PixelBuffer ToPixelBuffer()
    {
        var random = new Random(Seed);
        var buffer = PixelBuffer.Allocate(Width, Height, Channels);
        for (var channel = 0; channel < Channels; channel++)
        {
            var isAlpha = Channels is 2 or 4 && channel == Channels - 1;
            Fill(buffer, channel, isAlpha ? Alpha : Colours, random);
        }

        return buffer;
    }

    private void Fill(PixelBuffer buffer, int channel, Pattern pattern, Random random)
    {
        var line = new byte[Math.Max(Width, Height)];
        random.NextBytes(line);
        for (var y = 0; y < Height; y++)
        {
            var row = buffer.Row(y);
            for (var x = 0; x < Width; x++)
            {
                row[(x * Channels) + channel] = pattern switch
                {
                    Pattern.Noise => (byte)random.Next(256),
                    Pattern.Flat => line[0],
                    Pattern.Extremes => (byte)(random.Next(2) * 255),
                    Pattern.Columns => line[x],
                    Pattern.Rows => line[y],
                    _ => (byte)((line[0] + (x * 3) + y) & 255),
                };
            }
        }
    }
}
