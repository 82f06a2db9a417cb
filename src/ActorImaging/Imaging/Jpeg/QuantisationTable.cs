using System.Numerics;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>By what the coefficients of a component are divided.</summary>
internal sealed class QuantisationTable
{
    private const int Coefficients = 64;

    /// <summary>The transform gives this many times the coefficients.</summary>
    private const int TransformScale = 8;

    private readonly byte[] _steps;

    private QuantisationTable(ReadOnlySpan<byte> at50Percent, int qualityPercent)
    {
        var scale = qualityPercent < 50 ? 5000 / qualityPercent : 200 - (2 * qualityPercent);
        _steps = new byte[Coefficients];
        for (var index = 0; index < Coefficients; index++)
        {
            _steps[index] = (byte)Math.Clamp(((at50Percent[index] * scale) + 50) / 100, 1, byte.MaxValue);
        }

        Divisors = MakeDivisors(_steps);
    }

    /// <summary>The steps, row by row.</summary>
    public ReadOnlySpan<byte> Steps => _steps;

    /// <summary>
    /// Three tables row by row, by which <see cref="ForwardTransform"/> divides without dividing: half of the divisor, and two factors whose products'
    /// upper halves are the quotient.
    /// </summary>
    /// <remarks>
    /// For a divisor d that is no power of two, and k = floor(log2 d), the factors are m = ceil(2^(16+k) / d) and 2^(16-k): m is too large by less than
    /// one, hence the quotient of x by x / 2^(16+k), less than 1/d for every x below 2^15, and rounds down to the same number.
    /// </remarks>
    public short[] Divisors { get; }

    // ITU-T T.81, tables K.1 and K.2, row by row
    private static ReadOnlySpan<byte> Luma =>
    [
        16, 11, 10, 16, 24, 40, 51, 61,
        12, 12, 14, 19, 26, 58, 60, 55,
        14, 13, 16, 24, 40, 57, 69, 56,
        14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77,
        24, 35, 55, 64, 81, 104, 113, 92,
        49, 64, 78, 87, 103, 121, 120, 101,
        72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static ReadOnlySpan<byte> Chroma =>
    [
        17, 18, 24, 47, 99, 99, 99, 99,
        18, 21, 26, 66, 99, 99, 99, 99,
        24, 26, 56, 99, 99, 99, 99, 99,
        47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
    ];

    /// <summary>For luma, at a quality as libjpeg understands it.</summary>
    /// <param name="qualityPercent">1 to 100.</param>
    public static QuantisationTable ForLuma(int qualityPercent) => new(Luma, qualityPercent);

    /// <summary>For chroma, at a quality as libjpeg understands it.</summary>
    /// <param name="qualityPercent">1 to 100.</param>
    public static QuantisationTable ForChroma(int qualityPercent) => new(Chroma, qualityPercent);

    private static short[] MakeDivisors(ReadOnlySpan<byte> steps)
    {
        var made = new short[3 * Coefficients];
        for (var index = 0; index < Coefficients; index++)
        {
            var divisor = steps[index] * TransformScale;
            var bits = BitOperations.Log2((uint)divisor);
            var (factor, scale) = BitOperations.IsPow2(divisor)
                ? (1 << 15, 1 << (17 - bits))
                : (((1 << (16 + bits)) + divisor - 1) / divisor, 1 << (16 - bits));
            made[index] = (short)(divisor / 2);
            made[Coefficients + index] = (short)factor;
            made[(2 * Coefficients) + index] = (short)scale;
        }

        return made;
    }
}
