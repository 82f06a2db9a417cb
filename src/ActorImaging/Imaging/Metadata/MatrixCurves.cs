using System.Buffers.Binary;

namespace ActorImaging.Imaging.Metadata;

/// <summary>A profile of three primaries and their curves, or of one curve of gray, read as far as it takes to tell sRGB.</summary>
/// <param name="Primaries">X, Y, Z of red, green and blue beside the white of D50; null for gray.</param>
/// <param name="Curves">From samples of 0 to 1 to linear light.</param>
internal sealed record MatrixCurves(double[]? Primaries, Func<double, double>[] Curves)
{
    private const double FixedPoint = 65536;
    private const double PrimariesTolerance = 0.003;
    private const double CurveTolerance = 0.006; // programs write sRGB's curve as a table, a formula, or a gamma of 2.2 at times: that one is not it
    private const int CurveProbes = 16;

    /// <summary>sRGB's primaries as its profiles have them (IEC 61966-2-1, adapted to D50).</summary>
    private static readonly double[] SrgbPrimaries = [0.4361, 0.2225, 0.0139, 0.3851, 0.7169, 0.0971, 0.1431, 0.0606, 0.7141];

    /// <summary>Whether this is sRGB, or the gray of it.</summary>
    public bool IsSrgb => (Primaries is null || Primaries.Zip(SrgbPrimaries).All(pair => Math.Abs(pair.First - pair.Second) < PrimariesTolerance))
        && Curves.All(IsSrgbCurve);

    /// <summary>sRGB's curve (IEC 61966-2-1), from samples of 0 to 1 to linear light.</summary>
    public static double SrgbCurve(double sample) => sample <= 0.04045 ? sample / 12.92 : Math.Pow((sample + 0.055) / 1.055, 2.4);

    /// <summary>Reads a profile; null where it is of another make.</summary>
    public static MatrixCurves? Read(IccProfile profile)
    {
        if (!profile.Tag("A2B0").IsEmpty)
        {
            return null; // tables win over the matrix
        }

        if (profile.ColorSpace == IccColorSpace.Gray)
        {
            return TryReadCurve(profile.Tag("kTRC")) is { } gray ? new MatrixCurves(null, [gray]) : null;
        }

        Func<double, double>?[] curves = [TryReadCurve(profile.Tag("rTRC")), TryReadCurve(profile.Tag("gTRC")), TryReadCurve(profile.Tag("bTRC"))];
        double[] primaries = [.. ReadXyz(profile.Tag("rXYZ")), .. ReadXyz(profile.Tag("gXYZ")), .. ReadXyz(profile.Tag("bXYZ"))];
        return curves.Contains(null) || primaries.Length != 9 ? null : new MatrixCurves(primaries, curves!);
    }

    private static bool IsSrgbCurve(Func<double, double> curve) => Enumerable.Range(0, CurveProbes + 1)
        .Select(probe => (double)probe / CurveProbes)
        .All(sample => Math.Abs(curve(sample) - SrgbCurve(sample)) < CurveTolerance);

    private static double[] ReadXyz(ReadOnlySpan<byte> tag) =>
        tag.Length >= 20 && tag.StartsWith("XYZ "u8) ? [Number(tag, 8), Number(tag, 12), Number(tag, 16)] : [];

    private static double Number(ReadOnlySpan<byte> tag, int at) => BinaryPrimitives.ReadInt32BigEndian(tag[at..]) / FixedPoint;

    private static Func<double, double>? TryReadCurve(ReadOnlySpan<byte> tag)
    {
        if (tag.Length < 12)
        {
            return null;
        }

        return tag.StartsWith("curv"u8) ? TryReadTable(tag) : tag.StartsWith("para"u8) ? TryReadFormula(tag) : null;
    }

    private static Func<double, double>? TryReadTable(ReadOnlySpan<byte> tag)
    {
        var count = BinaryPrimitives.ReadUInt32BigEndian(tag[8..]);
        if (count > (uint)(tag.Length - 12) / 2)
        {
            return null;
        }

        if (count < 2)
        {
            var gamma = count == 0 ? 1 : BinaryPrimitives.ReadUInt16BigEndian(tag[12..]) / 256.0;
            return sample => Math.Pow(sample, gamma);
        }

        var table = new double[count];
        for (var index = 0; index < table.Length; index++)
        {
            table[index] = BinaryPrimitives.ReadUInt16BigEndian(tag[(12 + (2 * index))..]) / (double)ushort.MaxValue;
        }

        return sample =>
        {
            var place = sample * (table.Length - 1);
            var below = Math.Min((int)place, table.Length - 2);
            return table[below] + ((place - below) * (table[below + 1] - table[below]));
        };
    }

    /// <summary>The formulas of ICC.1:2022, 10.18.</summary>
    private static Func<double, double>? TryReadFormula(ReadOnlySpan<byte> tag)
    {
        var kind = BinaryPrimitives.ReadUInt16BigEndian(tag[8..]);
        ReadOnlySpan<int> parameters = [1, 3, 4, 5, 7];
        if (kind >= parameters.Length || tag.Length < 12 + (4 * parameters[kind]))
        {
            return null;
        }

        var given = new double[7];
        for (var index = 0; index < parameters[kind]; index++)
        {
            given[index] = Number(tag, 12 + (4 * index));
        }

        var (g, a, b, c, d, e, f) = (given[0], given[1], given[2], given[3], given[4], given[5], given[6]);
        return kind switch
        {
            0 => sample => Math.Pow(sample, g),
            1 => sample => sample >= -b / a ? Math.Pow((a * sample) + b, g) : 0,
            2 => sample => sample >= -b / a ? Math.Pow((a * sample) + b, g) + c : c,
            3 => sample => sample >= d ? Math.Pow((a * sample) + b, g) : c * sample,
            _ => sample => sample >= d ? Math.Pow((a * sample) + b, g) + e : (c * sample) + f,
        };
    }
}
