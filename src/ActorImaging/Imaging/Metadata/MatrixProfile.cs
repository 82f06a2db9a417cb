using System.Buffers.Binary;
using System.Text;

namespace ActorImaging.Imaging.Metadata;

/// <summary>
/// Writes ICC profiles (ICC.1:2022) for colours that a file describes otherwise, by chromaticities and gamma or by code points: what formats without
/// those can hold, and what a conversion to sRGB goes by.
/// </summary>
internal static class MatrixProfile
{
    private const int HeaderBytes = 128;
    private const double FixedPoint = 65536;

    /// <summary>The white that profiles are beside, D50 (ICC.1:2022, 7.2.16).</summary>
    private static readonly double[] D50 = [0.9642, 1.0, 0.8249];

    /// <summary>Bradford's matrix, by which whites are adapted (ICC.1:2022, annex E).</summary>
    private static readonly double[] Bradford = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296];

    /// <summary>The profile of what metadata say of colours otherwise than by a profile.</summary>
    /// <returns>The profile; null where they say nothing, or what no profile can say.</returns>
    public static IccProfile? For(ImageMetadata metadata)
    {
        if (metadata.CodePoints is { IsSrgb: false } points)
        {
            return PrimariesOf(points.Primaries) is { } primaries && CurveOf(points.Transfer) is { } curve ? Create(primaries, curve) : null;
        }

        if (metadata.CodePoints is not null || (metadata.Gamma is null && metadata.Chromaticities is null))
        {
            return null;
        }

        byte[] gamma = metadata.Gamma is { } exponent ? Gamma(1 / exponent) : SrgbCurve();
        return Create(metadata.Chromaticities ?? Chromaticities.Srgb, gamma);
    }

    /// <summary>The primaries of ITU-T H.273, table 2.</summary>
    private static Chromaticities? PrimariesOf(byte code) => code switch
    {
        1 or 2 => Chromaticities.Srgb,
        4 => new(0.310, 0.316, 0.67, 0.33, 0.21, 0.71, 0.14, 0.08),
        5 => new(0.3127, 0.3290, 0.64, 0.33, 0.29, 0.60, 0.15, 0.06),
        6 or 7 => new(0.3127, 0.3290, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070),
        9 => new(0.3127, 0.3290, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046),
        11 => new(0.314, 0.351, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
        12 => new(0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
        22 => new(0.3127, 0.3290, 0.630, 0.340, 0.295, 0.605, 0.155, 0.077),
        _ => null,
    };

    /// <summary>The curves of ITU-T H.273, table 3, as far as a profile can have them; those of video are shown as sRGB's.</summary>
    private static byte[]? CurveOf(byte code) => code switch
    {
        1 or 2 or 6 or 13 or 14 or 15 => SrgbCurve(),
        4 => Gamma(2.2),
        5 => Gamma(2.8),
        8 => Gamma(1),
        _ => null,
    };

    private static IccProfile? Create(Chromaticities primaries, byte[] curve)
    {
        if (TryAdapt(primaries) is not { } columns)
        {
            return null; // whites or primaries that are none
        }

        (string Signature, byte[] Data)[] tags =
        [
            ("desc", Text("as the file describes its colours")),
            ("cprt", Text("no copyright")),
            ("wtpt", Xyz(D50)),
            ("rXYZ", Xyz(columns[..3])),
            ("gXYZ", Xyz(columns[3..6])),
            ("bXYZ", Xyz(columns[6..])),
            ("rTRC", curve),
            ("gTRC", curve),
            ("bTRC", curve),
        ];
        return IccProfile.TryRead(Assemble(tags));
    }

    /// <summary>X, Y, Z of each primary, such that all together are white, beside the white of D50.</summary>
    private static double[]? TryAdapt(Chromaticities colors)
    {
        double[] matrix =
        [
            colors.RedX / colors.RedY, colors.GreenX / colors.GreenY, colors.BlueX / colors.BlueY,
            1, 1, 1,
            (1 - colors.RedX - colors.RedY) / colors.RedY, (1 - colors.GreenX - colors.GreenY) / colors.GreenY, (1 - colors.BlueX - colors.BlueY) / colors.BlueY,
        ];
        double[] white = [colors.WhiteX / colors.WhiteY, 1, (1 - colors.WhiteX - colors.WhiteY) / colors.WhiteY];
        if (Matrix3.TryInvert(matrix) is not { } inverse || Matrix3.TryInvert(Bradford) is not { } back)
        {
            return null;
        }

        var scale = Matrix3.Multiply(inverse, white);
        var (from, to) = (Matrix3.Multiply(Bradford, white), Matrix3.Multiply(Bradford, D50));
        var columns = new double[9];
        for (var primary = 0; primary < 3; primary++)
        {
            double[] color = [matrix[primary] * scale[primary], matrix[3 + primary] * scale[primary], matrix[6 + primary] * scale[primary]];
            var cone = Matrix3.Multiply(Bradford, color);
            double[] adapted = [cone[0] * to[0] / from[0], cone[1] * to[1] / from[1], cone[2] * to[2] / from[2]];
            Matrix3.Multiply(back, adapted).CopyTo(columns, 3 * primary);
        }

        return columns.All(number => double.IsFinite(number) && Math.Abs(number) < 16) ? columns : null;
    }

    private static byte[] Assemble((string Signature, byte[] Data)[] tags)
    {
        var table = 4 + (12 * tags.Length);
        using var body = new MemoryStream();
        var profile = new byte[HeaderBytes + table];
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(HeaderBytes), tags.Length);
        for (var index = 0; index < tags.Length; index++)
        {
            var entry = profile.AsSpan(HeaderBytes + 4 + (12 * index), 12);
            Encoding.ASCII.GetBytes(tags[index].Signature, entry);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], profile.Length + (int)body.Length);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], tags[index].Data.Length);
            body.Write(tags[index].Data);
            body.Write(new byte[-body.Length & 3]);
        }

        byte[] whole = [.. profile, .. body.ToArray()];
        BinaryPrimitives.WriteInt32BigEndian(whole, whole.Length);
        BinaryPrimitives.WriteInt32BigEndian(whole.AsSpan(8), 0x04300000); // version 4.3
        "mntrRGB XYZ "u8.CopyTo(whole.AsSpan(12));
        "acsp"u8.CopyTo(whole.AsSpan(36));
        Xyz(D50)[8..].CopyTo(whole, 68);
        return whole;
    }

    private static byte[] Xyz(double[] color)
    {
        var tag = new byte[20];
        "XYZ "u8.CopyTo(tag);
        for (var index = 0; index < 3; index++)
        {
            BinaryPrimitives.WriteInt32BigEndian(tag.AsSpan(8 + (4 * index)), (int)Math.Round(color[index] * FixedPoint));
        }

        return tag;
    }

    private static byte[] Gamma(double exponent) => Formula(0, Math.Clamp(exponent, 0.05, 20));

    private static byte[] SrgbCurve() => Formula(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);

    private static byte[] Formula(short kind, params ReadOnlySpan<double> parameters)
    {
        var tag = new byte[12 + (4 * parameters.Length)];
        "para"u8.CopyTo(tag);
        BinaryPrimitives.WriteInt16BigEndian(tag.AsSpan(8), kind);
        for (var index = 0; index < parameters.Length; index++)
        {
            BinaryPrimitives.WriteInt32BigEndian(tag.AsSpan(12 + (4 * index)), (int)Math.Round(parameters[index] * FixedPoint));
        }

        return tag;
    }

    private static byte[] Text(string text)
    {
        byte[] tag = [.. "mluc"u8, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 12, .. "enUS"u8, 0, 0, 0, 0, 0, 0, 0, 28, .. Encoding.BigEndianUnicode.GetBytes(text)];
        BinaryPrimitives.WriteInt32BigEndian(tag.AsSpan(20), 2 * text.Length);
        return tag;
    }
}
